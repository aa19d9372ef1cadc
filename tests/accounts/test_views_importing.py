import json

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Account, AccountDay, LedgerLine, Source
from common import imports, jobs
from common.choices import ImportState, JobState
from common.models import Import, Job
from people.commands import record
from tests.accounts.books import bring, make_import

pytestmark = pytest.mark.django_db

TEXT = (
    "customer id;date;amount;document\nC1;31.01.2024;1.234,50;I1\n"
    "C2;01.02.2024;5,00;I2\n;01.02.2024;5,00;I3\n"
)
FIELDS = ("customer", "date", "amount", "document")
MAPPING = dict(zip(FIELDS, ("customer id", *FIELDS[1:]), strict=True))


@pytest.fixture
def dora(cast, reader):
    return reader(cast.dora)


def upload(client, text=TEXT, *, name="book.csv", source="erp", **headers):
    data = text if isinstance(text, bytes) else text.encode()
    files = {"file": SimpleUploadedFile(name, data), "source": source}
    return client.post(reverse("ledger:import_upload"), files, **headers)


def address(name, batch):
    return reverse(f"ledger:import_{name}", args=[batch.pk])


def mapped(client, batch, **more):
    values = MAPPING | {"source": "erp", "default_currency": "EUR"} | more
    return client.post(address("map", batch), values)


def run_ledger_jobs(run_jobs):
    Job.objects.filter(name__startswith="kpi.").delete()
    return run_jobs()


def test_a_file_goes_from_the_drop_to_the_report_and_back(dora, run_jobs):
    answer = upload(dora)
    batch = Import.objects.get()
    assert answer["Location"] == address("read", batch)
    page = dora.get(address("read", batch)).content.decode()
    assert "day, month, year" in page and "1.234,50" in page

    assert mapped(dora, batch)["Location"] == address("page", batch)
    assert "Looking through the file" in dora.get(address("page", batch)).content.decode()
    run_jobs()
    assert dora.get(address("page", batch))["Location"] == address("preview", batch)
    page = dora.get(address("preview", batch)).content.decode()
    assert "Import into the ledger" in page and "The cell is empty" in page and "1,234.50" in page
    assert not LedgerLine.objects.exists()

    dora.post(address("run", batch))
    run_ledger_jobs(run_jobs)
    assert AccountDay.objects.count() == 2
    page = dora.get(address("page", batch)).content.decode()
    assert "2 lines it brought go." in page and "Undo this import" in page
    rejects = b"".join(dora.get(address("rejects", batch)).streaming_content).decode("utf-8-sig")
    assert '4,customer,"The cell is empty' in rejects

    dora.post(address("undo", batch))
    Job.objects.filter(name__startswith="kpi.").delete()
    run_ledger_jobs(run_jobs)
    assert not LedgerLine.objects.exists()
    assert "undone" in dora.get(address("page", batch)).content.decode()


def test_a_script_that_uploads_gets_json(dora):
    answer = upload(dora, headers={"accept": "application/json"})
    assert answer.json() == {"url": address("read", Import.objects.get())}
    refused = upload(dora, b"%PDF-1.7", headers={"accept": "application/json"})
    assert "PDF" in refused.json()["error"] and "url" not in refused.json()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"\x1f\x8bnonsense", "damaged"), (b"a,b\n", "no rows")],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence_and_not_kept(dora, data, words):
    answer = upload(dora, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_what_was_understood_can_be_changed(dora):
    upload(dora)
    batch = Import.objects.get()
    said = {"header": "yes", "decimal": ".", "encoding": "cp1251", "delimiter": str(ord(";"))}
    assert dora.post(address("read", batch), said).status_code == 302
    batch.refresh_from_db()
    assert (batch.dialect["decimal"], batch.dialect["encoding"]) == (".", "cp1251")
    assert dora.post(address("read", batch), said | {"encoding": "klingon"}).status_code == 200


def test_a_mapping_is_remembered_for_its_source(dora, run_jobs):
    text = "a;b;c\nC1;31.01.2024;5,00\n"
    upload(dora, text)
    batch = Import.objects.get()
    dora.post(address("map", batch), {
        "customer": "a", "date": "b", "amount": "c", "source": "erp", "default_currency": "EUR",
    })  # fmt: skip
    run_jobs()
    dora.post(address("run", batch))
    run_ledger_jobs(run_jobs)
    assert Source.objects.get(name="erp").mapping == {"customer": "a", "date": "b", "amount": "c"}
    upload(dora, text)
    assert Import.objects.first().mapping == {"customer": "a", "date": "b", "amount": "c"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"customer": ""}, "required"),
        ({"amount": "*"}, "quantity and unit price"),
        ({"where": "nothing=1"}, "no column"),
        ({"default_currency": "XQX"}, "currency code"),
    ],
)
def test_a_mapping_that_cannot_work_is_explained(dora, more, words):
    upload(dora)
    batch = Import.objects.get()
    answer = mapped(dora, batch, **more)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Job.objects.exists()


def test_a_check_that_fails_says_why_and_leads_back(dora, run_jobs):
    upload(dora, "customer id;date;amount\nC1;03/04/2024;5,00\n")
    batch = Import.objects.get()
    dora.post(address("map", batch), {
        "customer": "customer id", "date": "date", "amount": "amount", "source": "erp",
        "default_currency": "EUR",
    })  # fmt: skip
    run_jobs()
    page = dora.get(address("preview", batch)).content.decode()
    assert "day first or month first" in page and "Change the columns" in page
    assert "Import into the ledger" not in page


def test_progress_survives_a_reload_and_leads_on_when_done(dora, run_jobs):
    upload(dora)
    batch = Import.objects.get()
    mapped(dora, batch)
    batch.refresh_from_db()
    Job.objects.filter(pk=batch.job_id).update(state=JobState.RUNNING, done=120, total=480)
    for name in ("page", "progress"):
        assert "120 of 480 rows" in dora.get(address(name, batch)).content.decode()
    Job.objects.filter(pk=batch.job_id).update(state=JobState.DONE)
    assert dora.get(address("progress", batch))["HX-Redirect"] == address("page", batch)


@pytest.mark.parametrize("state", [ImportState.CHECKING, ImportState.RUNNING])
def test_work_that_died_for_good_can_be_taken_up_again(dora, run_jobs, state):
    upload(dora)
    batch = Import.objects.get()
    mapped(dora, batch)
    run_jobs()
    Job.objects.update(state=JobState.FAILED)
    Import.objects.filter(pk=batch.pk).update(state=state)
    assert dora.get(address("page", batch), follow=True).status_code == 200
    assert dora.get(address("preview", batch)).status_code == 200
    if state == ImportState.CHECKING:
        mapped(dora, batch)
        run_jobs()
    dora.post(address("run", batch))
    run_ledger_jobs(run_jobs)
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLIED


def test_a_stopped_import_leaves_nothing(dora, run_jobs):
    upload(dora)
    batch = Import.objects.get()
    mapped(dora, batch)
    run_jobs()
    dora.post(address("run", batch))
    dora.post(address("stop", batch))
    run_jobs()
    assert not LedgerLine.objects.exists()
    assert "Import into the ledger" in dora.get(address("preview", batch)).content.decode()


def test_undo_that_is_refused_says_why(dora):
    header = "customer id,date,amount,document"
    first = bring("C1,2024-01-31,5,I1", header=header)
    bring("C1,2024-01-31,6,I1", header=header)
    answer = dora.post(address("undo", first), follow=True)
    assert "A newer import changed lines" in answer.content.decode()
    assert not Job.objects.filter(name="accounts.jobs.undo_import").exists()


def test_a_file_can_be_thrown_away_until_it_has_run(dora):
    upload(dora)
    batch = Import.objects.get()
    folder = imports.folder_of(batch)
    dora.post(address("discard", batch))
    assert not Import.objects.exists() and not folder.exists()
    done = bring("C1,2024-01-31,5", header="customer id,date,amount")
    dora.post(address("discard", done))
    assert Import.objects.filter(pk=done.pk).exists()


def test_administrators_see_counts_and_may_run_and_undo_but_see_no_rows(cast, reader, run_jobs):
    adam = reader(cast.adam)
    batch = bring("C1,2024-01-31,987.65", ",2024-01-31,9", header="customer id,date,amount")
    page = adam.get(address("page", batch)).content.decode()
    assert "Rows set aside" in page and "987.65" not in page and "Download" not in page
    assert adam.get(reverse("ledger:import_list")).status_code == 200
    for name in ("read", "map", "preview", "rejects"):
        assert adam.get(address(name, batch)).status_code == 404
    assert adam.get(reverse("ledger:import_new")).status_code == 404
    assert upload(adam).status_code == 404
    adam.post(address("undo", batch))
    run_ledger_jobs(run_jobs)
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDONE


def test_an_undo_that_is_refused_names_accounts_to_directors_only(cast, reader, dora, run_jobs):
    batch = bring("Secret Foods,2024-01-31,5", header="customer id,date,amount")
    account = Account.objects.get()
    record(actor=cast.dora, verb="account.reopened", target=account)
    answer = dora.post(address("undo", batch), follow=True).content.decode()
    assert "Somebody has worked" in answer and "Secret Foods" in answer
    adam = reader(cast.adam)
    answer = adam.post(address("undo", batch), follow=True).content.decode()
    assert f"#{account.pk}" in answer and "Secret Foods" not in answer
    jobs.enqueue("accounts.jobs.undo_import", import_id=batch.pk, by=cast.dora)
    run_ledger_jobs(run_jobs)
    for path in (address("page", batch), "/runs/"):
        said = adam.get(path).content.decode()
        assert f"#{account.pk}" in said and "Secret" not in said


def test_others_find_nothing_here(cast, reader, client):
    batch = make_import("customer id,date,amount\nC1,2024-01-31,5\n")
    for user in (cast.lena, cast.karl, cast.anna, cast.rita, cast.ivan, cast.sam):
        stranger = reader(user)
        for name in ("page", "progress", "read", "map", "preview", "rejects"):
            assert stranger.get(address(name, batch)).status_code == 404
        for name in ("run", "stop", "undo", "discard"):
            assert stranger.post(address(name, batch)).status_code == 404
        listed = stranger.get(reverse("ledger:import_list"))
        assert listed.status_code == (200 if user.is_kam or user.is_recruiter else 404)
        assert batch.filename not in listed.content.decode()
    assert client.get(address("page", batch)).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_many(dora, django_assert_num_queries):
    batch = make_import("customer id,date,amount\nC1,2024-01-31,5\n")
    url = reverse("ledger:import_list")
    dora.get(url)
    with CaptureQueriesContext(connection) as one:
        dora.get(url)
    for _n in range(10):
        Import.objects.create(
            kind=batch.kind, filename="x.csv", dialect=batch.dialect, created_by=batch.created_by
        )
    with django_assert_num_queries(len(one)):
        dora.get(url)


def test_what_the_preview_keeps_is_plain_json(dora, run_jobs):
    upload(dora)
    batch = Import.objects.get()
    mapped(dora, batch)
    run_jobs()
    batch.refresh_from_db()
    assert json.loads(json.dumps(batch.preview))["rows"][0]["amount"] == "1234.5"


def test_a_workbook_opens_at_its_table_and_offers_its_sheets(dora, tmp_path):
    path = tmp_path / "book.xlsx"
    writer = xlsxwriter.Workbook(path)
    writer.add_worksheet("Notes").write(0, 0, "nothing here")
    sheet = writer.add_worksheet("Sales")
    for number, row in enumerate([("customer id", "date", "amount"), ("C1", "2024-01-31", 5.5)]):
        sheet.write_row(number, 0, row)
    writer.close()
    upload(dora, path.read_bytes(), name="book.xlsx")
    batch = Import.objects.get()
    assert batch.dialect["sheet"] == "Sales"
    said = {"header": "yes", "decimal": ".", "sheet": "Notes"}
    assert "no rows beneath" in dora.post(address("read", batch), said).content.decode()
    page = dora.get(address("read", batch)).content.decode()
    assert '<option value="Notes"' in page and "5.5" in page

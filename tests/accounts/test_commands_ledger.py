import csv
from decimal import Decimal

import pytest

from accounts.commands import ledger
from accounts.commands.ledger_claim import claimed
from accounts.commands.ledger_undo import undo_import
from accounts.models import (
    Account,
    AccountDay,
    DirtyAccount,
    ExternalId,
    LedgerClaim,
    LedgerDelta,
    LedgerLine,
    Product,
    ServiceLine,
    Source,
)
from common import imports
from common.choices import ImportState
from common.errors import RuleBroken
from common.imports import Busy
from common.jobs import JobCancelled
from common.models import Import, Job
from common.reading.errors import FileUnusable
from people.models import Event
from tests.accounts.books import bring, make_import, recomputed, totals
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    return make_cast()


def net() -> Decimal:
    return sum(AccountDay.objects.values_list("net", flat=True), Decimal(0))


ROWS = (
    "C1,2024-01-31,100.00,I1,1,P1,Boxes,EUR,60",
    "C1,2024-01-31,50.005,I1,2,P2,Film,EUR,",
    "C2,2024-02-01,-20.00,I2,1,P1,Boxes,EUR,-12",
)


def test_an_import_creates_what_it_names_and_rolls_up_exactly():
    batch = bring(*ROWS)
    assert batch.state == ImportState.APPLIED
    assert net() == Decimal("130.01")
    assert totals() == recomputed()
    assert set(ExternalId.objects.values_list("value", flat=True)) == {"C1", "C2"}
    assert set(Product.objects.values_list("code", flat=True)) == {"P1", "P2"}
    assert {line.name for line in ServiceLine.objects.all()} == {"Boxes", "Film"}
    counts = {name: batch.counts[name] for name in ("rows", "lines", "new", "accounts", "rejected")}
    assert counts == {"rows": 3, "lines": 3, "new": 3, "accounts": 2, "rejected": 0}
    assert not LedgerDelta.objects.exists()
    assert DirtyAccount.objects.count() == 2
    assert Event.objects.get(verb="ledger.imported").target_id == batch.pk
    assert Job.objects.filter(name="kpi.jobs.recompute").count() == 1
    assert Source.objects.get().mapping["amount"] == "amount"


def test_repeating_a_file_changes_nothing():
    bring(*ROWS)
    before = totals(), LedgerLine.objects.count()
    Job.objects.all().delete()
    again = bring(*ROWS)
    assert (totals(), LedgerLine.objects.count()) == before
    assert (again.counts["same"], again.counts.get("new", 0)) == (3, 0)
    assert not Job.objects.filter(name="kpi.jobs.recompute").exists()


def test_a_corrected_line_replaces_the_old_one_and_keeps_it_as_a_version():
    bring(*ROWS)
    batch = bring("C1,2024-01-30,120.00,I1,1,P1,Boxes,EUR,60")
    assert batch.counts["changed"] == 1
    assert net() == Decimal("150.01")
    assert totals() == recomputed()
    assert LedgerLine.objects.filter(document="I1", line="1").count() == 2
    assert LedgerLine.objects.get(superseded_by=batch).amount == Decimal("100.00")


def test_a_line_that_moves_to_another_customer_leaves_the_old_one():
    bring(*ROWS)
    bring("C2,2024-01-31,100.00,I1,1,P1,Boxes,EUR,60")
    days = {key[0]: row[0] for key, row in totals()[0].items() if key[1].month == 1}
    numbers = dict(ExternalId.objects.values_list("account", "value"))
    assert {numbers[pk]: value for pk, value in days.items()} == {
        "C1": Decimal("50.01"), "C2": Decimal("100.00"),
    }  # fmt: skip
    assert totals() == recomputed()


def test_a_missing_line_stays_and_is_listed():
    bring(*ROWS)
    batch = bring(ROWS[0])
    assert (batch.counts["missing"], net()) == (1, Decimal("130.01"))
    report = (imports.folder_of(batch) / "report.csv").read_text("utf-8-sig")
    assert "I1 / 2" in report


def test_replacing_documents_removes_missing_lines():
    bring(*ROWS)
    batch = bring(ROWS[0], replace_documents=True)
    assert (batch.counts["removed"], net()) == (1, Decimal("80.00"))
    assert totals() == recomputed()
    undo_import(import_id=batch.pk)
    assert net() == Decimal("130.01")


def test_without_a_line_the_place_in_the_document_stands_in():
    header = "customer id,date,amount,document"
    bring("C1,2024-01-31,1,I1", "C1,2024-01-31,2,I1", "C1,2024-01-31,1,I1", header=header)
    again = bring("C1,2024-01-31,1,I1", "C1,2024-01-31,5,I1", "C1,2024-01-31,1,I1", header=header)
    assert (again.counts["same"], again.counts["changed"]) == (2, 1)
    assert net() == Decimal(7)


def test_rejected_rows_keep_the_places_of_the_others():
    header = "customer id,date,amount,document"
    bring("C1,2024-01-31,1,I1", ",2024-01-31,2,I1", "C1,2024-01-31,3,I1", header=header)
    again = bring("C1,2024-01-31,1,I1", "C9,2024-01-31,2,I1", "C1,2024-01-31,3,I1", header=header)
    assert (again.counts["same"], again.counts["new"]) == (2, 1)


def test_without_a_document_the_row_of_the_file_stands_in():
    header = "customer id,date,amount"
    rows = ("C1,2024-01-31,1", "C1,2024-01-31,1")
    assert bring(*rows, header=header).counts["new"] == 2
    assert bring(*rows, header=header).counts["same"] == 2


def test_rejects_are_reported_with_row_field_reason_and_harmless_value():
    batch = bring(
        ROWS[0],
        ",2024-01-31,5,I3,1,P1,Boxes,EUR,",
        "C1,=cmd(),5,I3,2,P1,Boxes,EUR,",
        "C1,2024-01-31,abc,I3,3,P1,Boxes,EUR,",
        "C1,2024-01-31,5,I1,1,P1,Boxes,EUR,",
        "C1,2024-01-31,5,I4,1,P1,Boxes,XXQ,",
        "Total,,500,,,,,,",
    )
    with (imports.folder_of(batch) / "report.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["row"], row["field"]) for row in rows] == [
        ("3", "customer"), ("4", "date"), ("5", "amount"), ("6", "line"), ("7", "currency"),
        ("8", "date"),
    ]  # fmt: skip
    assert rows[1]["value"] == "'=cmd()"
    assert batch.counts["reasons"]["duplicate_line"] == {"line": 1}
    assert batch.counts["reasons"]["total_row"] == {"date": 1}
    assert batch.counts["rejected"] == 6


def test_conditions_leave_rows_out_without_rejecting_them():
    batch = bring(*ROWS, where=["customer id!=C2"])
    assert (batch.counts["filtered"], batch.counts["lines"], batch.counts["rejected"]) == (1, 2, 0)


def test_families_are_joined_and_circles_are_not():
    header = "customer id,date,amount,document,parent,country,customer name"
    bring(
        "C1,2024-01-31,1,I1,C2,United Kingdom,One",
        "C2,2024-01-31,1,I2,C3,Франция,Two",
        "C3,2024-01-31,1,I3,C1,Italia,Three",
        "C4,2024-01-31,1,I4,C4,Atlantis,Four",
        header=header,
    )
    parents = dict(Account.objects.values_list("name", "parent__name"))
    assert parents == {"One": "Two", "Two": "Three", "Three": None, "Four": None}
    assert dict(Account.objects.values_list("name", "country")) == {
        "One": "GB", "Two": "FR", "Three": "IT", "Four": "",
    }  # fmt: skip


def test_open_and_cancelled_lines_are_kept_and_worth_nothing():
    header = "customer id,date,amount,document,status"
    bring("C1,2024-01-31,10,I1,paid", "C1,2024-01-31,5,I2,Draft", header=header)
    bring("C1,2024-01-31,10,I1,аннулирован", header=header)
    assert net() == 0
    assert LedgerLine.objects.count() == 3
    assert totals() == recomputed()


def test_a_file_that_breaks_in_the_middle_leaves_nothing(monkeypatch):
    monkeypatch.setattr("accounts.commands.ledger_staging.batch_size", lambda: 2)
    text = (
        "customer id,date,amount\n"
        + "C1,2024-01-31,5\n" * 9
        + 'C1,"2024-01-31,5\n'
        + "x\n" * 50_000
    )
    batch = make_import("customer id,date,amount\nC1,2024-01-31,5\n")
    imports.source_of(batch).write_text(text)
    with pytest.raises(FileUnusable):
        ledger.run_import(import_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.FAILED and "quotation" in batch.error
    assert not Account.objects.exists() and not LedgerLine.objects.exists()
    assert LedgerClaim.objects.get().holder == ""


def test_a_stopped_import_leaves_nothing(monkeypatch):
    monkeypatch.setattr("accounts.commands.ledger_staging.batch_size", lambda: 1)

    def stop(done, total, *, force=False):
        if done == 2:
            raise JobCancelled

    batch = make_import(
        "customer id,date,amount\nC1,2024-01-31,5\nC2,2024-01-31,5\nC3,2024-01-31,5\n"
    )
    with pytest.raises(JobCancelled):
        ledger.run_import(import_id=batch.pk, progress=stop)
    batch.refresh_from_db()
    assert batch.state == ImportState.CANCELLED
    assert not Account.objects.exists() and not LedgerLine.objects.exists()
    assert ledger.run_import(import_id=batch.pk).state == ImportState.APPLIED


def test_only_one_changes_the_ledger_at_a_time():
    batch = make_import("customer id,date,amount\nC1,2024-01-31,5\n")
    with claimed(), pytest.raises(Busy):
        ledger.run_import(import_id=batch.pk)
    assert Import.objects.get(pk=batch.pk).state == ImportState.MAPPED


def test_what_a_dead_worker_left_is_taken_away_by_the_next():
    LedgerClaim.objects.create(pk=1)
    dead = make_import("customer id,date,amount\nC1,2024-01-31,5\n")
    account = Account.objects.create(name="Left", brought_by=dead)
    source = Source.objects.create(name="erp")
    line = ServiceLine.objects.create(code="")
    LedgerLine.objects.create(
        batch=dead, source=source, document="1", line="1", day="2024-01-31", account=account,
        service_line=line, currency="EUR", amount=5, net=5, digest=1,
    )  # fmt: skip
    Import.objects.filter(pk=dead.pk).update(state=ImportState.RUNNING)
    LedgerClaim.objects.update(holder="elsewhere|1|1|x", until="2020-01-01T00:00Z", batch=dead)
    bring(*ROWS)
    dead.refresh_from_db()
    assert dead.state == ImportState.CHECKED
    assert not Account.objects.filter(name="Left").exists()
    assert totals() == recomputed()


def test_a_check_counts_what_would_happen_and_changes_nothing():
    bring(*ROWS)
    before = totals(), LedgerLine.objects.count(), Account.objects.count()
    batch = make_import(
        "customer id,date,amount,document,line,product,category,currency,cost\n"
        + ROWS[0] + "\nC9,2024-01-31,7,I1,2,P2,Film,EUR,\n,x,,,,,,,\n"
    )  # fmt: skip
    ledger.check_import(import_id=batch.pk)
    batch.refresh_from_db()
    assert (totals(), LedgerLine.objects.count(), Account.objects.count()) == before
    assert batch.state == ImportState.CHECKED
    names = ("same", "changed", "accounts", "rejected")
    assert [batch.counts.get(name) for name in names] == [1, 1, 1, 1]
    assert batch.preview["rows"][1]["amount"] == "7"


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("customer id,amount", "C1,5", "unmapped"),
        ("customer id,date", "C1,2024-01-31", "unmapped"),
        ("customer id,date,amount", "C1,03/04/2024,5", "ambiguous_dates"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(header, row, code):
    batch = make_import(f"{header}\n{row}\n")
    with pytest.raises(FileUnusable) as refused:
        ledger.run_import(import_id=batch.pk)
    assert refused.value.code == code


def test_an_applied_import_is_not_run_twice():
    batch = bring(*ROWS)
    assert ledger.run_import(import_id=batch.pk).applied_at == batch.applied_at
    with pytest.raises(RuleBroken):
        ledger.check_import(import_id=batch.pk)

"""The commands as scripts see them: exit codes, what is written, what is said."""

import csv
import gzip
import io

import pytest
import xlsxwriter
from django.conf import settings
from django.core.management import call_command

from accounts.models import Account, AccountDay, LedgerLine, Source
from common.choices import ImportState
from common.models import Import
from tests.cast import make_company

pytestmark = pytest.mark.django_db

TEXT = (
    "No,Customer,When,Qty,Price\nI1,C1,2024-01-31,2,5.25\nI1,C2,2024-01-31,1,7.00\n"
    "I2,,2024-02-01,1,1\n"
)
MAP = ["customer=Customer", "date=When", "document=No", "amount=Qty*Price"]


@pytest.fixture(autouse=True)
def company():
    return make_company()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(TEXT)
    return path


def run(*words, **options) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    out, errors = io.StringIO(), io.StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=errors, **options)
    except SystemExit as end:
        return end.code, out.getvalue(), errors.getvalue()
    return 0, out.getvalue(), errors.getvalue()


def folders() -> int:
    folder = settings.DATA_DIR / "imports"
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_accepted_rows_come_in_and_rejected_ones_are_reported(path, tmp_path):
    report = tmp_path / "report.csv"
    code, out, errors = run("import_ledger", path, map=MAP, report=report)
    assert (code, sum(AccountDay.objects.values_list("net", flat=True))) == (0, 17.5)
    assert "2 lines" in out and "1 rejected" in out and "100 %" in errors
    with report.open(encoding="utf-8-sig", newline="") as stream:
        assert [(row["row"], row["field"]) for row in csv.DictReader(stream)] == [("4", "customer")]


def test_a_packed_file_a_tab_and_a_workbook_give_the_same(tmp_path):
    packed = tmp_path / "book.csv.gz"
    packed.write_bytes(gzip.compress(TEXT.encode()))
    tabbed = tmp_path / "book.tsv"
    tabbed.write_text(TEXT.replace(",", "\t"))
    book = tmp_path / "book.xlsx"
    writer = xlsxwriter.Workbook(book)
    sheet = writer.add_worksheet()
    for number, row in enumerate(csv.reader(io.StringIO(TEXT))):
        sheet.write_row(number, 0, row)
    writer.close()
    assert run("import_ledger", packed, map=MAP)[0] == 0
    for path in (tabbed, book):
        code, out, _errors = run("import_ledger", path, map=MAP)
        assert code == 0 and "2 same" in out


def test_a_dry_run_writes_nothing(path, tmp_path):
    before = folders()
    code, out, _errors = run("import_ledger", path, map=MAP, dry_run=True, report=tmp_path / "r")
    assert code == 0 and "2 new" in out and (tmp_path / "r").exists()
    for model in (Import, Account, LedgerLine, Source):
        assert not model.objects.exists()
    assert folders() == before


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", {}, "empty"),
        (TEXT, {"map": ["customer=Nobody"]}, "no column"),
        (TEXT, {"map": ["customer=Customer"]}, "must each have a column"),
        (TEXT, {"where": ["Nothing=1"]}, "no column"),
        (TEXT, {"currency": "XQX"}, "no currency"),
        (TEXT, {"encoding": "klingon"}, "no encoding"),
        (TEXT, {"date_format": "whenever"}, "no date format"),
        (TEXT.replace("2024-01-31", "03/04/2024"), {}, "day first or month first"),
        (TEXT + '"open\n', {}, "never closes"),
    ],
)
def test_an_unusable_file_or_mapping_ends_with_two_and_nothing_written(path, text, options, words):
    path.write_text(text)
    before = folders()
    code, _out, errors = run("import_ledger", path, **{"map": MAP} | options)
    assert code == 2 and words in errors
    for model in (Import, Account, LedgerLine, AccountDay):
        assert not model.objects.exists()
    assert folders() == before


def test_a_file_that_is_not_there(tmp_path):
    assert run("import_ledger", tmp_path / "none")[0] == 2


def test_columns_are_guessed_without_a_map(path):
    path.write_text("Клиент;Дата;Сумма\nА;31.01.2024;1 234,50\n")
    assert run("import_ledger", path)[0] == 0
    assert sum(AccountDay.objects.values_list("net", flat=True)) == 1234.5


def test_conditions_and_a_date_format(path):
    path.write_text(TEXT.replace("2024-01-31", "03/04/2024").replace("2024-02-01", "03/04/2024"))
    code, out, _errors = run(
        "import_ledger", path, map=MAP, where=["Customer!=C2"], date_format="dd/mm/yyyy"
    )
    assert code == 0 and "1 filtered" in out
    assert LedgerLine.objects.get().day.isoformat() == "2024-04-03"


def test_an_interrupted_import_is_taken_up_again(path, monkeypatch):
    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("accounts.commands.ledger._switch", dies)
        run("import_ledger", path, map=MAP)
    assert not LedgerLine.objects.exists()
    assert run("import_ledger", path, map=MAP)[0] == 0
    assert Import.objects.get().state == ImportState.APPLIED


def test_undo_from_the_command_line(path):
    run("import_ledger", path, map=MAP)
    number = Import.objects.get().pk
    code, out, _errors = run("undo_import", number)
    assert code == 0 and "undone" in out and not LedgerLine.objects.exists()
    assert run("undo_import", number)[0] == 0
    assert run("undo_import", 999_999)[0] == 2
    first = path.read_text()
    run("import_ledger", path, map=MAP)
    path.write_text(first.replace("5.25", "6.25"))
    run("import_ledger", path, map=MAP)
    refused = Import.objects.filter(state=ImportState.APPLIED).order_by("pk").first()
    code, _out, errors = run("undo_import", refused.pk)
    assert code == 2 and "book.csv" in errors

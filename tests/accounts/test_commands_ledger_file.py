import csv

import pytest

from accounts.commands.ledger_file import Report, harmless, open_ledger, read_layout
from accounts.rules.lines import Line
from common.reading.errors import FileUnusable, Reject
from tests.accounts.books import make_import
from tests.cast import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    return make_company()


def lines_of(text, **options):
    with open_ledger(make_import(text, **options)).lines() as lines:
        return list(lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1+1", "'=1+1"), ("+7 900", "'+7 900"), ("-5", "'-5"), ("@a", "'@a"), (" =x", "' =x"),
     ("\u200b＝x", "'\u200b＝x"), ("plain", "plain"), ("", ""), ("\x1fn5", "n5")],
)  # fmt: skip
def test_text_that_would_run_as_a_formula_is_made_harmless(text, shown):
    assert harmless(text) == shown


def test_a_report_counts_by_reason_and_field(tmp_path):
    report = Report(tmp_path / "report.csv")
    report.add(Reject(5, "amount", "not_a_number", "=x"))
    report.add(Reject(6, "amount", "not_a_number", "y"))
    report.note("document", "Gone.", "I1 / 2")
    report.close()
    assert (report.total, report.counts) == (2, {"not_a_number": {"amount": 2}})
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert (
        rows[1][0] == "5" and rows[1][3] == "'=x" and rows[3] == ["", "document", "Gone.", "I1 / 2"]
    )


def test_an_id_column_of_whole_numbers_loses_its_zero():
    (line,) = lines_of("customer id,date,amount\n17850.0,2024-01-31,5\n")
    assert line.customer == "17850"
    found = lines_of("customer id,date,amount\n17850.0,2024-01-31,5\nA1,2024-01-31,5\n")
    assert [one.customer for one in found] == ["17850.0", "A1"]


def test_dates_that_could_be_read_twice_are_asked_about():
    text = "customer id,date,amount\nC1,03/04/2024,5\n"
    with pytest.raises(FileUnusable) as refused:
        lines_of(text)
    assert refused.value.code == "ambiguous_dates"
    (line,) = lines_of(text, date_format="%m/%d/%Y")
    assert isinstance(line, Line) and (line.day.month, line.day.day) == (3, 4)
    with pytest.raises(FileUnusable) as refused:
        lines_of(text, date_format="whatever")
    assert refused.value.code == "bad_date_format"


def test_what_a_person_says_of_the_layout_is_believed(tmp_path):
    path = tmp_path / "file"
    path.write_text("a;b\n1,234;2\n")
    assert read_layout(path, {}).decimal == "."
    assert read_layout(path, {"layout": {"decimal": ","}}).decimal == ","

"""A file becomes a draft, all of it or nothing."""

import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.conf import settings

from common.errors import RuleBroken
from common.export import csv_lines
from common.reading.errors import FileUnusable
from kpi.commands.plan_import import WORDS, import_plan, reason
from kpi.models import PlanVersion
from kpi.queries.plans.cells import planned_cells
from kpi.queries.plans.page import file_header, file_rows
from tests.cast import make_account, make_cast, make_user
from tests.kpi.plans import FLAT, make_plan

pytestmark = pytest.mark.django_db
HEAD = "manager;account;measure;month;value\n"


@pytest.fixture
def cast():
    return make_cast()


def bring(cast, rows, head=HEAD):
    data = (head + rows).encode() if isinstance(rows, str) else rows
    return import_plan(actor=cast.dora, chunks=[data], filename="plan.csv")


def test_a_file_becomes_a_draft(cast):
    account = make_account("Nordwind", owner=cast.karl)
    by_account = "karl@example.org;Nordwind;sales;2027-01;50.5\n"
    version, found = bring(cast, f"Karl;;sales;2027-01;100\n{by_account}Kim;;new;2027-02;3\n")
    assert (version.year, found.rejects) == (2027, [])
    assert planned_cells(version) == {
        (cast.karl.pk, "sales", 1): Decimal("150.5"), (cast.kim.pk, "new", 2): 3,
    }  # fmt: skip
    assert version.lines.get(account=account).value == Decimal("50.5")


def test_a_year_is_spread_and_adds_up(cast):
    version, _found = bring(
        cast, "Karl;;sales;2027;1000.01\nKarl;;active;2027;5\nKim;;new;2027;7\n"
    )
    cells = planned_cells(version)

    def months(user, measure):
        return [cells[user.pk, measure, month] for month in range(1, 13)]

    assert sum(months(cast.karl, "sales")) == Decimal("1000.01")
    assert months(cast.karl, "active") == [5] * 12
    assert sum(months(cast.kim, "new")) == 7


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Nobody;;sales;2027-01;1", "no_such_manager"),
        ("Twin;;sales;2027-01;1", "several_managers"),
        ("Rita;;sales;2027-01;1", "no_such_manager"),
        ("Karl;Unknown;sales;2027-01;1", "no_such_account"),
        ("Karl;;profit;2027-01;1", "unknown_measure"),
        ("Karl;;sales;2026-01;1", "other_year"),
        ("Karl;;sales;2027-12;1", "twice"),
        ("Karl;;sales;2027;1", "twice"),
        ("Karl;;sales;2027-01;-1", "value_negative"),
    ],
)
def test_one_bad_row_and_nothing_is_taken(cast, row, code):
    for place in range(2):
        make_user("Twin", "kam", email=f"twin{place}@example.org")
    version, found = bring(cast, f"Karl;;sales;2027-12;5\nKim;;sales;2027-12;5\n{row}\n")
    assert version is None
    assert not PlanVersion.objects.exists()
    assert [(one.row, one.code) for one in found.rejects] == [(4, code)]


def test_every_reason_has_words_that_say_what_to_do(cast):
    for code in (*WORDS, "missing", "no_such_account"):
        assert reason(code).endswith(".")


def test_what_was_taken_away_comes_back_the_same(cast):
    first = make_plan(2027, adopted=True, sales={cast.karl: FLAT}, width={cast.kim: ["2.25"] * 12})
    text = "".join(csv_lines(file_header("EUR"), file_rows(cast.dora, first)))
    version, found = bring(cast, text.encode())
    assert found.rejects == []
    assert planned_cells(version) == planned_cells(first)


def test_a_workbook_is_read_too(cast):
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as file:
        sheet = file.add_worksheet()
        for number, row in enumerate([["Manager", "Month", "Plan"], ["Karl", 2027, 1200.5]]):
            sheet.write_row(number, 0, row)
    version, found = bring(cast, book.getvalue())
    assert found.rejects == []
    assert sum(planned_cells(version).values()) == Decimal("1200.5")


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7 x", b"PK\x03\x04broken", b"\x00\x01\x02" * 50, b"<html><table></table>",
     b"one;two\n1;2\n", b"x" * (6 * 1024 * 1024)],
    ids=["empty", "pdf", "broken", "binary", "html", "columns", "large"],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_words_and_leaves_nothing(cast, data):
    folder = settings.DATA_DIR / "imports"
    before = list(folder.glob("*"))
    with pytest.raises(FileUnusable) as caught:
        bring(cast, data)
    assert str(caught.value)
    assert not PlanVersion.objects.exists()
    assert list(folder.glob("*")) == before


def test_beside_another_draft_nothing_is_made(cast):
    make_plan(2027)
    with pytest.raises(RuleBroken, match="already"):
        bring(cast, "Karl;;sales;2027-01;100\n")
    assert PlanVersion.objects.count() == 1


def test_managers_bring_no_plans(cast):
    with pytest.raises(RuleBroken, match="director"):
        import_plan(actor=cast.karl, chunks=[b""], filename="x")

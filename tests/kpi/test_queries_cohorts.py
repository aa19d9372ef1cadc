"""What the page of cohorts reads: quarters, the curve, and nobody else's customers."""

import datetime as dt
from decimal import Decimal

import pytest

from kpi.queries import cohorts
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day, make_night

pytestmark = pytest.mark.django_db
START, END = dt.date(2023, 1, 10), dt.date(2026, 3, 31)


def make_buyer(first: dt.date, last: dt.date, **fields):
    """Buys every 60 days."""
    account = make_account(**fields)
    day = first
    while day <= last:
        make_day(account, day, Decimal(10))
        day += dt.timedelta(days=60)
    return account


@pytest.fixture
def book():
    cast = make_cast()
    for _number in range(6):
        make_buyer(START, END, owner=cast.karl)
    for _number in range(2):
        make_buyer(START, dt.date(2023, 8, 1), owner=cast.karl)
    make_buyer(dt.date(2024, 5, 1), END, owner=cast.kim)
    make_day(make_account(), dt.date(2026, 3, 31), Decimal(1))
    return cast


def test_rows_are_quarters_of_first_orders(book):
    page = cohorts.cohort_page(book.dora)
    assert [(row.name, row.size, row.is_first) for row in page.rows] == [
        ("Q1 2023", 8, True), ("Q2 2024", 1, False), ("Q1 2026", 1, False),
    ]  # fmt: skip
    assert [cell.buying for cell in page.rows[0].cells][:5] == [8, 8, 8, 6, 6]
    assert (page.day, page.window) == (END, 365)


def test_the_curve_tells_who_stays_and_in_which_range(book):
    page = cohorts.cohort_page(book.dora)
    year, step = page.marks[-1]
    assert (year, step.share, step.at_risk) == (3, pytest.approx(7 / 9), 6)
    assert cohorts.finding(page).startswith("Of 100 customers 78 are still with us 3 years")
    assert "only 6 were observed" in cohorts.sentence(page)
    main = page.chart["series"][1]["points"]
    assert (main[0][1:], main[12][1:]) == (["0 months", 1.0], ["12 months", 1.0])
    assert min(value for _iso, _label, value in main) == pytest.approx(7 / 9)


def test_readers_see_the_customers_they_may_open(book):
    sizes = {
        name: cohorts.cohort_page(getattr(book, name)).customers
        for name in ("dora", "lena", "karl", "kim")
    }
    assert sizes == {"dora": 10, "lena": 8, "karl": 8, "kim": 1}


def test_few_customers_say_nothing(book):
    page = cohorts.cohort_page(book.kim)
    assert page.marks == ()
    assert cohorts.finding(page) == "Too early to tell how long customers stay"


def test_an_order_of_a_child_is_one_of_its_parent(book):
    parent = make_account(owner=book.kim)
    make_day(parent, dt.date(2025, 1, 5), Decimal(5))
    make_day(make_account(parent=parent), dt.date(2025, 4, 5), Decimal(5))
    found = cohorts.cohort_page(book.kim)
    assert [(row.size, row.cells[1].buying) for row in found.rows if row.name == "Q1 2025"] == [
        (1, 1)
    ]


def test_the_file_has_a_row_for_every_cell(book):
    page = cohorts.cohort_page(book.dora)
    rows = list(cohorts.file_rows(page))
    assert len(rows) == sum(len(row.cells) for row in page.rows)
    assert rows[3] == ["Q1 2023", 3, 8, 6, 0.75, False]
    assert len(cohorts.header()) == len(rows[0])


def test_every_customer_has_one_voice_in_the_usual_gap():
    cast = make_cast()
    daily = make_account()
    for number in range(40):
        make_day(daily, END - dt.timedelta(days=number), Decimal(1))
    for _number in range(2):
        make_buyer(START, END, owner=cast.karl)
    assert cohorts.cohort_page(cast.dora).window == 365
    assert cohorts.cohort_page(cast.kim).window == 365


def test_a_second_look_reads_no_order_days(book, django_assert_max_num_queries):
    make_night(END)
    first = cohorts.cohort_page(book.dora)
    with django_assert_max_num_queries(2):
        assert cohorts.cohort_page(book.dora) == first
    assert cohorts.cohort_page(book.kim).customers == 1

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import cohorts


def on(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def found(last: str, *orders: tuple[int, str]):
    account = np.array([one for one, _day in orders], dtype=np.int64)
    days = np.array([on(day) for _one, day in orders], dtype=np.int64)
    return cohorts.cohorts(account, days, on(last))


def test_customers_stand_in_the_quarter_of_their_first_order():
    rows = found(
        "2026-09-30",
        (1, "2026-01-01"), (1, "2026-03-31"), (1, "2026-09-01"),
        (2, "2026-02-01"), (2, "2026-04-01"),
        (3, "2026-07-01"),
    )  # fmt: skip
    assert [(row.size, row.buying) for row in rows] == [(2, (2, 1, 1)), (1, (1,))]
    assert [cohorts.first_month(row.quarter) for row in rows] == [(2026, 1), (2026, 7)]
    assert rows[0].share(2) == 0.5


def test_a_quarter_that_is_not_over_says_so():
    assert not found("2026-09-30", (1, "2026-01-01"))[0].is_running
    assert found("2026-09-29", (1, "2026-01-01"))[0].is_running


def test_orders_after_the_day_are_unknown():
    assert found("2026-01-01", (1, "2026-01-02")) == []
    assert found("2026-06-30", (1, "2026-01-02"), (1, "2026-07-01"))[0].buying == (1, 0)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(738_000, 739_500)), max_size=40))
def test_every_customer_stands_in_one_cohort_and_buys_in_its_first_quarter(orders):
    account, day = np.array(orders, dtype=np.int64).reshape(len(orders), 2).T
    rows = cohorts.cohorts(account, day, 739_600)
    assert sum(row.size for row in rows) == len(set(account.tolist()))
    assert all(row.buying[0] == row.size >= max(row.buying) for row in rows)


@given(st.dates(dt.date(1960, 1, 1), dt.date(2100, 1, 1)))
def test_the_quarter_of_any_day(day):
    quarter = int(cohorts.quarters(np.array([day.toordinal()]))[0])
    assert cohorts.first_month(quarter) == (day.year, 3 * ((day.month - 1) // 3) + 1)

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.ledger import RateTable, kind_of, parents_without_circles

DAY = dt.date(2024, 1, 31)
ONE = 10**10
TABLE = RateTable(
    "EUR", 2, [("USD", DAY, ONE // 2), ("USD", dt.date(2024, 2, 10), ONE), ("JPY", DAY, ONE // 160)]
)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (dt.date(2024, 1, 30), None),
        (DAY, ONE // 2),
        (dt.date(2024, 2, 9), ONE // 2),
        (dt.date(2024, 2, 10), ONE),
        (dt.date(2030, 1, 1), ONE),
    ],
)
def test_the_rate_in_force_is_the_latest_on_or_before(day, rate):
    assert TABLE.rate("USD", day) == rate


@pytest.mark.parametrize(
    ("amount", "currency", "status", "net"),
    [
        (1_000_000, "EUR", "invoiced", 1_000_000),
        (1_000_100, "USD", "invoiced", 500_100),  # 50.005 is 50.01
        (-1_000_100, "USD", "credit", -500_100),
        (1_000_000, "GBP", "invoiced", None),
        (1_000_000, "GBP", "cancelled", 0),
        (1_000_000, "EUR", "open", 0),
        (None, "EUR", "invoiced", None),
    ],
)
def test_an_amount_in_the_companys_currency(amount, currency, status, net):
    assert TABLE.net(amount, currency, DAY, status) == net


def test_a_line_is_new_same_or_changed():
    assert [kind_of(7, None), kind_of(7, 7), kind_of(7, 8)] == ["new", "same", "changed"]


@given(
    st.dictionaries(st.integers(0, 8), st.integers(0, 8)),
    st.dictionaries(st.integers(0, 8), st.integers(0, 8)),
)
def test_no_wanted_parent_closes_a_circle(wanted, known):
    fine = parents_without_circles(known, {})
    kept = parents_without_circles(wanted, fine)
    parents = fine | kept
    for child in parents:
        seen, above = {child}, parents.get(child)
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = parents.get(above)


def test_a_parent_that_closes_no_circle_is_taken():
    assert parents_without_circles({1: 2, 2: 3, 3: 1}, {4: 1}) == {1: 2, 2: 3}

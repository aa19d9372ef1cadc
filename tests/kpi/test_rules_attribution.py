"""Whose money it is: worked examples, and the law that no view loses or invents a unit."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.attribution import (
    NOBODY,
    OPEN,
    Facts,
    Holding,
    Owners,
    View,
    allot,
    attribute,
    owned_days,
    place_of,
    total,
)


def n(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


MARCH = {"first": n("2026-03-01"), "last": n("2026-03-31"), "today": n("2026-04-15")}
KARL, LENA, KIM = 1, 2, 3
# Karl hands account 7 to Lena on 11 March, she to Kim on 1 April; account 8 was nobody's until the
# 16th, then Karl's.
HISTORY = [
    Holding(7, KARL, n("2026-01-01"), n("2026-03-11")),
    Holding(7, LENA, n("2026-03-11"), n("2026-04-01")),
    Holding(7, KIM, n("2026-04-01")),
    Holding(8, KARL, n("2026-03-16")),
]


def facts(*rows: tuple[int, str, int]) -> Facts:
    account, day, money = zip(*rows, strict=True)
    return Facts(
        np.array(account, dtype=np.int64),
        np.array([n(one) for one in day], dtype=np.int64),
        np.array(money, dtype=np.int64).reshape(-1, 1),
    )


BOOK = facts((7, "2026-03-10", 310), (7, "2026-03-11", 620), (8, "2026-03-02", 31))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View.INVOICE, {KARL: 310, LENA: 620, NOBODY: 31}),
        (View.FIRST, {KARL: 930, NOBODY: 31}),
        (View.LAST, {LENA: 930, KARL: 31}),
        (View.DAYS, {KARL: 300 + 16, LENA: 630, NOBODY: 15}),
        (View.TODAY, {KIM: 930, KARL: 31}),
    ],
)
def test_each_view_counts_the_worked_example_its_own_way(view, expected):
    found = attribute(BOOK, Owners(HISTORY), view, **MARCH)
    assert {user: share.money[0] for user, share in found.items()} == expected
    assert total(found, 1) == [961]


def test_a_credit_note_goes_to_the_owner_of_the_day_it_is_told_to():
    linked = facts((7, "2026-03-10", 310), (7, "2026-03-10", -100))
    unlinked = facts((7, "2026-03-10", 310), (7, "2026-03-20", -100))
    owners = Owners(HISTORY)
    assert attribute(linked, owners, View.INVOICE, **MARCH)[KARL].money == [210]
    assert attribute(unlinked, owners, View.INVOICE, **MARCH)[LENA].money == [-100]


def test_days_nobody_owned_are_nobodys():
    owners = Owners(HISTORY)
    assert owned_days(owners, 8, MARCH["first"], MARCH["last"]) == {NOBODY: 15, KARL: 16}
    assert owned_days(owners, 9, MARCH["first"], MARCH["last"]) == {NOBODY: 31}


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-33, -33, -34]),
        (1, [15, 16], [0, 1]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_what_rounding_leaves_goes_to_the_largest_remainders(amount, weights, parts):
    assert sorted(allot(amount, weights)) == sorted(parts)
    assert sum(allot(amount, weights)) == amount


@pytest.mark.parametrize(
    ("least", "place"), [(5, None), (3, (2, 3)), (2, (2, 3))]
)  # fmt: skip
def test_a_place_is_told_only_among_enough_managers(least, place):
    found = attribute(
        facts((1, "2026-03-02", 50), (2, "2026-03-02", 90), (3, "2026-03-02", 10),
              (4, "2026-03-02", 999)),
        Owners([Holding(a, a, 1) for a in (1, 2, 3)]), View.INVOICE, **MARCH,
    )  # fmt: skip
    assert place_of(found, 1, least=least) == place


def test_nobody_ever_owned_anything():
    found = attribute(BOOK, Owners([]), View.DAYS, **MARCH)
    assert found[NOBODY].money == [961]
    assert attribute(
        Facts(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros((0, 2), dtype=np.int64)),
        Owners(HISTORY), View.INVOICE, **MARCH,
    ) == {}  # fmt: skip


ordinals = st.integers(n("2026-01-15"), n("2026-05-15"))


@st.composite
def histories(draw) -> list[Holding]:
    """Of each account consecutive owners with gaps, switching on any day of any month."""
    rows = []
    for account in range(1, 6):
        days = sorted(draw(st.sets(ordinals, max_size=6)))
        for place, start in enumerate(days):
            gap = draw(st.booleans())
            following = days[place + 1] if place + 1 < len(days) else OPEN
            end = draw(st.integers(start + 1, min(following, start + 60))) if gap else following
            rows.append(Holding(account, draw(st.integers(1, 4)), start, end))
    return rows


money = st.tuples(*[st.integers(-(10**12), 10**12)] * 3)
lines = st.lists(
    st.tuples(st.integers(1, 6), st.integers(MARCH["first"], MARCH["last"]), money), max_size=25
)


@given(histories(), lines, ordinals)
def test_every_view_adds_up_to_the_company_to_the_unit(history, rows, today):
    book = Facts(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.int64).reshape(len(rows), 3),
    )
    company = book.money.sum(axis=0).tolist()
    owners = Owners(history)
    for view in View:
        found = attribute(book, owners, view, **(MARCH | {"today": today}))
        assert total(found, 3) == company
        assert set(found) <= {one.user for one in history} | {NOBODY}


@given(histories(), st.integers(1, 6), ordinals)
def test_the_owner_of_a_day_is_the_one_whose_span_holds_it(history, account, day):
    held = [one for one in history if one.account == account and one.start <= day < one.end]
    expected = max(held, key=lambda one: one.start).user if held else NOBODY
    assert Owners(history).on(np.array([account]), day).tolist() == [expected]


def test_a_tenure_lasts_from_its_turn_to_the_next_or_to_the_end_of_the_periods_that_hold_it():
    owners = Owners(
        [Holding(1, 7, 0, 10), Holding(1, 8, 10, 20), Holding(1, 9, 20), Holding(2, 7, 5)]
    )
    assert owners.tenures([(5, 15)]).tolist() == [[1, 10, 16]]
    assert owners.tenures([(5, 15), (0, 30)]).tolist() == [[1, 10, 20], [1, 20, 31], [2, 5, 31]]
    assert owners.tenures([(10, 19)]).tolist() == []
    assert owners.tenures([]).tolist() == []

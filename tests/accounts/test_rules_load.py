import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import load as rules
from accounts.rules.load import Figures, Load, Over

FIGURES = Figures(
    hours_by_tier={"A": 4, "B": 2, "C": 1, "N": 0.5},
    fixed_by_tier={"A": 6, "B": 2, "C": 0.5, "N": 0},
)
MAY = dt.date(2026, 5, 1)
JUNE = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("relationships", "hours", "accounts"), [(8, 4, 3.75), (5, 2, 12.0), (10, 8, 1.5)]
)
def test_the_worked_examples_of_the_field_notes(relationships, hours, accounts):
    assert rules.accounts_held(120, relationships, hours) == accounts


def test_fixed_hours_make_fewer_accounts_fit():
    assert rules.accounts_held(120, 8, 4, fixed=8) == 3.0


def test_accounts_that_cost_nothing_fill_nothing():
    with pytest.raises(ValueError):
        rules.accounts_held(120, 0, 4)


@pytest.mark.parametrize(
    ("people", "accounts", "hours"),
    [
        ({}, {}, 0),
        ({"A": 8}, {"A": 1}, 38),  # 8 x 4 + 6
        ({"A": 16, "B": 10}, {"A": 2, "B": 5}, 106),  # 64 + 20 + 12 + 10
        ({"N": 3}, {"N": 3}, 1.5),
        ({"X": 3}, {"X": 3}, 0),
    ],
)
def test_load_is_people_by_hours_and_the_accounts_themselves(people, accounts, hours):
    assert rules.load(people, accounts, FIGURES).hours == hours


def test_absences_take_from_the_capacity_only():
    found = rules.load({"A": 15}, {}, FIGURES, present=0.5)
    assert (found.hours, found.capacity, found.share) == (60, 60, 1.0)


def test_of_a_month_away_there_is_no_share():
    assert rules.load({"A": 15}, {}, FIGURES, present=0).share is None


def test_people_taken_over_lately_cost_half_as_much_again_but_the_account_does_not():
    assert rules.account_hours("A", 8, FIGURES) == 38
    assert rules.account_hours("A", 8, FIGURES, is_fresh=True) == 54
    assert rules.account_hours("A", 8, FIGURES, is_own=False) == 32


@pytest.mark.parametrize(
    ("hours", "key", "regular", "reasons"),
    [
        (120, 3, 25, ()),
        (120.1, 3, 25, (Over.HOURS,)),
        (10, 4, 25, (Over.KEY,)),
        (10, 3, 26, (Over.REGULAR,)),
        (200, 4, 26, (Over.HOURS, Over.KEY, Over.REGULAR)),
    ],
)
def test_every_limit_passed_is_a_reason(hours, key, regular, reasons):
    assert rules.overs(Load(hours, 120), key, regular, FIGURES) == reasons


def test_nobody_there_is_no_reason_by_hours():
    assert rules.overs(Load(50, 0), 0, 0, FIGURES) == ()


@pytest.mark.parametrize(
    ("spans", "share"),
    [
        ([], 0.0),
        ([(MAY, JUNE)], 1.0),
        ([(dt.date(2026, 1, 1), dt.date(2027, 1, 1))], 1.0),
        ([(dt.date(2026, 5, 2), dt.date(2026, 5, 4))], 0.0),  # a weekend
        ([(dt.date(2026, 5, 4), dt.date(2026, 5, 11))], 5 / 21),
        ([(dt.date(2026, 5, 4), dt.date(2026, 5, 11))] * 2, 5 / 21),
        ([(JUNE, dt.date(2026, 6, 8))], 0.0),
    ],
)
def test_the_share_of_a_month_away_counts_working_days_once(spans, share):
    assert rules.share_within(spans, MAY, JUNE) == share


def test_the_month_of_a_day_is_half_open():
    assert rules.month_of(dt.date(2026, 12, 31)) == (dt.date(2026, 12, 1), dt.date(2027, 1, 1))


def nights(day: dt.date, shares: list[float]) -> list[tuple]:
    """The newest first, one a day."""
    return [(day - dt.timedelta(days=n), 100 * share, 100) for n, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "is_over"),
    [
        ([1.2] * 60, True),
        ([1.2] * 30, False),
        ([1.2] * 30 + [0.9] * 30, False),
        ([0.9] * 30 + [1.2] * 30, False),
        ([1.2] * 39, False),
        ([1.2] * 40, True),
        ([1.0] * 60, False),
        ([], False),
    ],
)
def test_two_months_running_are_both_over(shares, is_over):
    assert rules.is_over_running(nights(JUNE, shares), JUNE) is is_over


TIERS = st.dictionaries(st.sampled_from("ABCN"), st.integers(0, 60), max_size=4)


@given(people=TIERS, more=TIERS, accounts=TIERS)
def test_more_people_never_lighten_a_load_and_loads_add_up(people, more, accounts):
    both = {tier: people.get(tier, 0) + more.get(tier, 0) for tier in "ABCN"}
    whole = rules.load(both, accounts, FIGURES).hours
    apart = rules.load(people, accounts, FIGURES).hours + rules.load(more, {}, FIGURES).hours
    assert whole == pytest.approx(apart)
    assert whole >= rules.load(people, accounts, FIGURES).hours


SPAN = st.tuples(st.dates(dt.date(2026, 3, 1), dt.date(2026, 8, 1)), st.integers(1, 60)).map(
    lambda pair: (pair[0], pair[0] + dt.timedelta(days=pair[1]))
)


@given(spans=st.lists(SPAN, max_size=5), other=SPAN)
def test_more_absence_never_leaves_more_time(spans, other):
    before = rules.share_within(spans, MAY, JUNE)
    assert 0 <= before <= rules.share_within([*spans, other], MAY, JUNE) <= 1

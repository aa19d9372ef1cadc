"""Where a year will end."""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import landing as rules
from kpi.rules.plan import EVEN

FLAT = [100] * 12


@pytest.mark.parametrize(
    ("so_far", "share", "prior", "ends"),
    [
        (500, F(1, 4), 1200, 1600),  # half by pace (2000), half by last year
        (0, F(0), 1200, 1200),  # before the first day only last year speaks
        (1300, F(1), 1200, 1300),  # at the end only what was sold
        (-50, F(1, 4), 1200, 500),  # more credits than invoices
        (0, F(1, 4), 1200, 600),
    ],
)
def test_the_pace_counts_the_more_the_later_it_is(so_far, share, prior, ends):
    assert rules.blend(so_far, share, prior) == ends


def test_the_rest_of_the_plan_follows_what_was_sold():
    assert rules.rest_of_plan(300, F(1, 4), 1000) == 1050
    assert rules.rest_of_plan(-20, F(0), 1000) == 980


@pytest.mark.parametrize(
    ("share", "prior", "plan", "planned", "ends"),
    [
        (F(1, 4), 1200, 9_999, 0, 1600),  # last year before the plan
        (F(1, 4), None, 1200, 300, 1600),  # new here: the plan stands for last year
        (F(1, 4), 0, 1200, 300, 1600),
        (F(1, 4), None, None, 0, None),  # neither
        (None, 1200, 2000, 500, 2000),  # too short a history: the rest of the plan
        (None, 1200, None, 0, None),
        (None, 1200, 0, 0, None),  # a plan of nothing
    ],
)
def test_what_stands_for_last_year_and_what_is_unknown(share, prior, plan, planned, ends):
    assert rules.land(500, share, prior, plan, planned) == ends


def test_a_year_like_the_one_before_is_foretold_without_error():
    assert rules.past_error([FLAT, FLAT], [FLAT, FLAT], 6) == (Decimal(0), 1)


def test_the_largest_error_of_past_years_counts():
    doubled = [200] * 12
    error, years = rules.past_error([FLAT, FLAT, doubled], [FLAT] * 3, 3)
    assert years == 2
    said = rules.blend(600, EVEN[2], 1200)
    assert error == abs(Decimal(2400) / said - 1)


def test_before_the_first_month_has_ended_last_year_is_the_guess():
    error, _years = rules.past_error([FLAT, [150] * 12], [FLAT, FLAT], 0)
    assert error == Decimal("0.5")


@pytest.mark.parametrize("years", [[], [FLAT], [[0] * 12, [0] * 12]])
def test_without_a_past_the_error_is_unknown(years):
    assert rules.past_error(years, years, 6) == (None, 0)


def test_a_range_is_around_the_landing_or_not_there():
    found = rules.Landing(1000, Decimal("0.1"), 2)
    assert (found.low, found.high) == (900, 1100)
    assert rules.Landing(1000).low is rules.Landing(1000).high is None
    assert rules.Landing(1000, Decimal("1"), 2).low is None
    assert rules.Landing(-1000, Decimal("0.1"), 2).low is None


@given(st.integers(0, 10**15), st.fractions(F(1, 400), 1), st.integers(1, 10**15))
def test_a_landing_lies_between_the_pace_and_last_year(so_far, share, prior):
    pace = so_far / share
    low, high = sorted([pace, F(prior)])
    assert low - 2 <= rules.blend(so_far, share, prior) <= high + 2

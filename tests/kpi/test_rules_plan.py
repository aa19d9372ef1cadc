"""How a plan is spread over a year, and how much of it a day asks for."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import plan as rules

FLAT = [100] * 12
LATE = [0] * 6 + [200] * 6


def test_a_season_is_the_mean_of_the_cumulative_shares():
    found = rules.season([FLAT, LATE])
    assert found[5] == F(1, 4)
    assert found[8] == (F(9, 12) + F(1, 2)) / 2
    assert found[11] == 1


def test_a_large_year_weighs_no_more_than_a_small_one():
    assert rules.season([FLAT, [10 * one for one in LATE]]) == rules.season([FLAT, LATE])


@pytest.mark.parametrize("years", [[], [FLAT], [FLAT, [0] * 12], [FLAT, [-5] * 12]])
def test_fewer_than_two_years_that_sold_have_no_season(years):
    assert rules.season(years) is None


def test_only_the_last_three_years_count():
    assert rules.season([LATE, FLAT, FLAT, FLAT]) == rules.EVEN


def test_credits_at_the_end_of_a_year_do_not_let_the_season_fall():
    years = [[120] * 11 + [-120]] * 2
    found = rules.season(years)
    assert list(found) == sorted(found)
    assert found[10] == found[11] == 1


def test_a_year_is_spread_exactly():
    assert rules.phase(1_000, rules.EVEN) == [83, 84, 83, 83, 84, 83, 83, 84, 83, 83, 84, 83]
    assert rules.phase(0, rules.EVEN) == [0] * 12


@given(
    st.integers(0, 10**16), st.lists(st.integers(0, 10**12), min_size=12, max_size=12),
    st.sampled_from([1, 100, 10_000]),
)  # fmt: skip
def test_twelve_months_always_add_up_and_none_is_below_zero(total, months, step):
    shares = rules.season([months, months]) or rules.EVEN
    parts = rules.phase(total, shares, step=step)
    assert sum(parts) == total
    assert len(parts) == 12
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (dt.date(2026, 1, 1), 3),
        (dt.date(2026, 1, 31), 100),
        (dt.date(2026, 2, 14), 150),
        (dt.date(2024, 2, 29), 200),
        (dt.date(2024, 2, 28), 197),
        (dt.date(2026, 12, 31), 1200),
    ],
)
def test_a_day_asks_for_the_months_before_and_its_part_of_the_running_one(day, asked):
    assert rules.to_date(FLAT, day) == asked


def test_the_season_on_a_day_lies_between_two_month_ends():
    assert rules.share_on(rules.EVEN, dt.date(2026, 1, 31)) == F(1, 12)
    assert rules.share_on(rules.EVEN, dt.date(2026, 2, 14)) == F(1, 8)
    assert rules.share_on(rules.EVEN, dt.date(2026, 12, 31)) == 1


@pytest.mark.parametrize(
    ("actual", "planned", "share"),
    [(50, 100, 0.5), (0, 100, 0.0), (-10, 100, -0.1), (150, 100, 1.5), (50, 0, None), (0, 0, None)],
)
def test_attainment_is_actual_by_plan_and_unknown_without_one(actual, planned, share):
    assert rules.attainment(actual, planned) == share


def test_who_came_in_march_has_a_plan_from_then_on():
    start = dt.date(2026, 3, 17).toordinal()
    days = rules.held_days([(start, 4_000_000)], 2026)
    assert days == [0, 0, 15, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert rules.prorated([310] * 12, days, 2026) == [0, 0, 150] + [310] * 9


def test_who_went_on_a_leap_day_has_no_plan_afterwards():
    spans = [(0, dt.date(2024, 2, 29).toordinal())]
    days = rules.held_days(spans, 2024)
    assert days == [31, 28] + [0] * 10
    assert rules.prorated([290] * 12, days, 2024) == [290, 280] + [0] * 10


def test_growth_rounds_half_away_from_zero():
    assert rules.grown(100, Decimal("12.5")) == 113
    assert rules.grown(100, Decimal("-100")) == 0


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [
        ("sales", "0", ""),
        ("sales", "12.3456", ""),
        ("sales", "12.34567", "decimals"),
        ("sales", "-1", "negative"),
        ("sales", "1000000000001", "large"),
        ("active", "12.0", ""),
        ("active", "1E+2", ""),
        ("active", "12.5", "decimals"),
        ("new", "0.1", "decimals"),
        ("width", "2.25", ""),
        ("width", "2.255", "decimals"),
    ],
)
def test_what_can_be_planned(measure, value, code):
    assert rules.refusal(measure, Decimal(value)) == code


TODAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("since", "start", "code"),
    [
        (None, dt.date(2020, 1, 1), ""),
        (dt.date(2026, 1, 1), TODAY, ""),
        (dt.date(2026, 1, 1), dt.date(2026, 5, 3), "past"),
        (TODAY, TODAY, "early"),
        (dt.date(2026, 7, 1), dt.date(2026, 6, 1), "early"),
    ],
)
def test_a_version_replaces_from_today_at_the_earliest(since, start, code):
    assert rules.may_replace(since, start, TODAY) == code

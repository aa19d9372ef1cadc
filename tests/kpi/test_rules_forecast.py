import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import forecast as rules
from kpi.rules.forecast import Pace, Work

WORK = Work(hours_of_key=30, hours_of_others=120, hours_of_manager=120, most_key=3)


def mean(shares) -> float:
    return float((np.arange(len(shares)) * shares).sum())


@pytest.mark.parametrize(
    ("key", "managers"),
    [
        (0, 1),  # 120 hours of the others
        (3, 2),  # 210 hours
        (8, 3),  # 360 hours of 120; 8 of 3 are 3 too
        (9, 4),  # 390 hours
    ],
)
def test_managers_needed_are_the_larger_of_number_and_hours(key, managers):
    assert rules.needed(key, WORK) == managers
    assert rules.needed(7, Work(1, 0, 120, 3)) == 3


def test_without_limits_or_hours_nobody_is_needed():
    assert rules.needed(7, Work(1, 0, 0, 0)) == 0


@pytest.mark.parametrize(
    ("events", "months", "ahead", "expected"), [(12, 24, 6, 3), (5, 10, 12, 6), (0.5, 3, 12, 2)]
)
def test_new_ones_come_at_the_pace_of_history(events, months, ahead, expected):
    shares = rules.coming(Pace(events, months), ahead)
    assert shares.sum() == pytest.approx(1)
    assert mean(shares) == pytest.approx(expected, rel=1e-3)


def test_the_same_pace_known_from_less_is_wider():
    """Variance of a negative binomial: mean + mean x months ahead / months seen."""
    shares = rules.coming(Pace(12, 24), 6)
    counts = np.arange(len(shares))
    assert float((counts**2 * shares).sum()) - 9 == pytest.approx(3 + 3 * 6 / 24, rel=1e-3)
    few = rules.band(rules.coming(Pace(1.2, 2.4), 6))
    many = rules.band(rules.coming(Pace(120, 240), 6))
    assert few.high_80 - few.low_80 > many.high_80 - many.low_80


def test_those_that_stay_are_as_many_as_the_hazard_leaves():
    """12 lost in 1,200 account-months: (1200 / 1206) ^ 12 stay half a year."""
    shares = rules.staying(20, Pace(12, 1200), 6)
    assert mean(shares) == pytest.approx(20 * (1200 / 1206) ** 12, rel=1e-6)
    assert len(shares) == 21
    assert rules.staying(0, Pace(1, 10), 6).tolist() == [1.0]


def test_a_beta_binomial_by_hand():
    """Beta(1, 1) of two: each of 0, 1, 2 has a third."""
    assert rules.beta_binomial(2, 1, 1) == pytest.approx([1 / 3] * 3)


def test_probation_is_passed_by_own_outcomes_over_the_company_s_figure():
    """One newcomer, 3 passed and 1 failed, half expected to fail: (3 + 2) / (4 + 4)."""
    assert rules.passing(1, 3, 1, 0.5)[1] == pytest.approx(5 / 8)
    assert rules.passing(1, 0, 0, 0.0)[1] > 0.99


def test_independent_counts_add_up():
    half = np.array([0.5, 0.5])
    assert rules.together(half, half).tolist() == [0.25, 0.5, 0.25]


def test_a_gap_by_hand():
    """8 or 9 key accounts, 2 managers or 3: needed 3 or 4."""
    key = np.array([0] * 8 + [0.5, 0.5])
    there = np.array([0, 0, 0.5, 0.5])
    assert rules.gap(key, there, WORK) == pytest.approx({0: 0.25, 1: 0.5, 2: 0.25})


@pytest.mark.parametrize(
    ("shares", "middle", "fifty", "eighty"),
    [
        ([1.0], 0, (0, 0), (0, 0)),
        ([0.25, 0.5, 0.25], 1, (0, 1), (0, 2)),
        ([0.05, 0.2, 0.5, 0.2, 0.05], 2, (1, 2), (1, 3)),
        ({-1: 0.5, 3: 0.5}, -1, (-1, 3), (-1, 3)),
    ],
)
def test_bands_are_quantiles(shares, middle, fifty, eighty):
    found = rules.band(shares)
    assert found.middle == middle
    assert (found.low_50, found.high_50) == fifty
    assert (found.low_80, found.high_80) == eighty


def test_days_away_lean_on_the_weak_start_until_there_are_many():
    assert rules.present(0, 0) == pytest.approx(0.9, abs=0.001)
    assert rules.present(26_000, 260_000) == pytest.approx(0.9, abs=0.001)
    assert rules.present(130, 261) < 0.75


@pytest.mark.parametrize(
    ("paces", "thin"),
    [([Pace(5, 12)], False), ([Pace(4, 24)], True), ([Pace(9, 11)], True), ([], False)],
)
def test_little_history_is_called_so(paces, thin):
    assert rules.is_thin(*paces) is thin


def test_without_any_history_the_middle_is_about_today_and_the_band_is_wide():
    found = rules.band(rules.key_accounts(8, Pace(0, 0), Pace(0, 0), 12))
    assert 7 <= found.middle <= 9
    assert found.high_80 - found.low_80 >= 4


PACES = st.builds(Pace, st.integers(0, 40), st.integers(0, 600))


@given(st.integers(0, 60), PACES, PACES, st.sampled_from(rules.HORIZONS))
def test_every_forecast_is_a_distribution_with_nested_bands(number, new, lost, months):
    shares = rules.key_accounts(number, new, lost, months)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    found = rules.band(shares)
    assert found.low_80 <= found.low_50 <= found.middle <= found.high_50 <= found.high_80


@given(st.integers(0, 30), PACES)
def test_further_ahead_fewer_managers_are_still_there(number, left):
    near, far = (mean(rules.managers(number, left, months)) for months in (3, 12))
    assert far <= near + 1e-9 <= number + 1e-6

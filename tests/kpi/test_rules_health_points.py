import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.health import points as rules


def one(function, *values) -> int:
    return int(function(*(np.array([value]) for value in values))[0])


@pytest.mark.parametrize(
    ("silent", "points"),
    [(0, 100), (20, 100), (30, 80), (40, 60), (50, 45), (60, 30), (90, 15), (120, 0), (500, 0)],
)
def test_silence_falls_from_half_of_amber_to_twice_the_alarm(silent, points):
    assert one(rules.silence_points, silent, 40, 60) == points


def test_without_a_rhythm_of_its_own_silence_says_nothing():
    assert one(rules.silence_points, 500, 0, 0) == rules.UNKNOWN


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 2000))
def test_longer_silence_never_scores_higher(amber, more, silent):
    alarm = amber + more
    now = one(rules.silence_points, silent, amber, alarm)
    assert 0 <= one(rules.silence_points, silent + 1, amber, alarm) <= now <= 100


@pytest.mark.parametrize(
    ("now", "before", "points"),
    [(100, 100, 100), (300, 100, 100), (75, 100, 50), (50, 100, 0), (70, 100, 40), (0, 100, 0),
     (-20, 100, 0), (100, 0, -1), (0, -5, -1)],
)  # fmt: skip
def test_revenue_is_full_at_last_year_and_nothing_at_half_of_it(now, before, points):
    assert one(rules.revenue_points, now, before) == points


@pytest.mark.parametrize(
    ("now", "peak", "points"), [(3, 3, 100), (2, 3, 67), (0, 4, 0), (1, 1, -1), (0, 0, -1)]
)
def test_service_lines_against_their_peak(now, peak, points):
    assert one(rules.lines_points, now, peak) == points


def test_coverage_of_the_field_notes():
    power, strength = np.array([3, 3, 2, 1, 1]), np.array([90, 20, 50, 80, 0])
    assert one(rules.coverage_points, float((power * strength).sum()), power.sum()) == 51
    assert one(rules.coverage_points, 0.0, 0) == rules.UNKNOWN


@pytest.mark.parametrize(
    ("strengths", "points"), [([90], 0), ([90, 10, 5], 17), ([60, 50, 40, 30], 100), ([], -1)]
)
def test_one_thread_is_nothing_and_three_are_enough(strengths, points):
    held = np.array(strengths, dtype=float)
    assert one(rules.threads_points, held.sum(), (held**2).sum()) == points


@pytest.mark.parametrize(
    ("there", "tied", "left", "points"),
    [(1, 1, 0, 100), (1, 0, 0, 50), (0, 0, 1, 0), (1, 1, 1, 100), (0, 0, 0, -1)],
)
def test_a_sponsor_there_and_tied_loose_gone_or_never_known(there, tied, left, points):
    assert one(rules.sponsor_points, there, tied, left) == points


@pytest.mark.parametrize(
    ("kept", "broken", "points"), [(3, 0, 100), (2, 1, 67), (0, 2, 0), (0, 0, -1)]
)
def test_promises_that_fell_due(kept, broken, points):
    assert one(rules.promise_points, kept, broken) == points


@pytest.mark.parametrize(
    ("since", "every", "points"),
    [(0, 14, 100), (14, 14, 100), (21, 14, 50), (28, 14, 0), (90, 14, 0), (-1, 14, -1), (5, 0, -1)],
)
def test_contact_within_its_rhythm(since, every, points):
    assert one(rules.cadence_points, since, every) == points


def test_the_customer_s_own_word_comes_before_the_manager_s():
    assert one(rules.voice_points, 5, 1, 0) == 100
    assert one(rules.voice_points, 7, 2, 100) == 63
    assert one(rules.voice_points, 0, 0, 75) == 75
    assert one(rules.voice_points, 0, 0, rules.UNKNOWN) == rules.UNKNOWN


def test_a_mean_is_of_what_is_known():
    columns = [np.array([80, -1, -1]), np.array([61, 40, -1])]
    assert rules.known_mean(*columns).tolist() == [71, 40, -1]


@pytest.mark.parametrize(
    ("now", "peak", "fewer"),
    [(2, 4, True), (1, 2, True), (3, 4, False), (0, 4, False)],
)
def test_half_of_the_lines_are_few(now, peak, fewer):
    assert bool(rules.has_fewer_lines(np.array([now]), np.array([peak]))[0]) is fewer

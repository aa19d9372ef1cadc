"""The alarm of one's own rhythm against a slow reading of methods 1.10 in plain Python."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import rhythm

SOME_GAPS = st.lists(st.lists(st.integers(1, 400), max_size=8), min_size=1, max_size=12)


def sums(accounts: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = []
    for gaps in accounts:
        logs, squares = rhythm.log_units(np.array(gaps, dtype=np.int64))
        rows.append((len(gaps), logs.sum(), squares.sum()))
    return tuple(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))


def fitted(accounts):
    counted = sums(accounts)
    return rhythm.fit(*counted), counted


def slow_fit(accounts: list[list[int]]) -> tuple[float, float, float]:
    """Mean, within, between: sums written out as in the method, one account after the other."""
    logs = [[math.log(gap) for gap in gaps] for gaps in accounts if len(gaps) >= 2]
    means = [sum(own) / len(own) for own in logs]
    counts = [len(own) for own in logs]
    squared = sum((x - m) ** 2 for own, m in zip(logs, means, strict=True) for x in own)
    within = squared / sum(n - 1 for n in counts)
    between = 0.0
    if len(logs) > 1:
        total = sum(counts)
        grand = sum(x for own in logs for x in own) / total
        ratio = (total - sum(n * n for n in counts) / total) / (len(logs) - 1)
        spread = sum(n * (m - grand) ** 2 for n, m in zip(counts, means, strict=True))
        between = max(0.0, spread / (len(logs) - 1) / ratio - within / ratio)
    weights = [1 / (between + within / n) if between + within > 0 else n for n in counts]
    mean = sum(w * m for w, m in zip(weights, means, strict=True)) / sum(weights)
    return mean, within, between


# Worked by hand. Account one: gaps 10 and 40, two: 20, 20 and 20, in units of ln 2 around ln 20:
# one has -1 and 1 (mean 0, squares 2), two only 0. within = 2/(1+2) ln²2; between = 0.
HAND = [[10, 40], [20, 20, 20]]


def test_a_fit_worked_by_hand():
    found, _ = fitted(HAND)
    assert found.mean == pytest.approx(math.log(20))
    assert found.within == pytest.approx(2 / 3 * math.log(2) ** 2)
    assert found.between == 0
    assert (found.accounts, found.gaps) == (2, 5)


# Gaps 10, 20 and 40, 80, in units of ln 2 around ln 28.28: means -1 and 1, each gap half a unit
# from its mean. within = 4 * 1/4 / 2 = 1/2; ñ = 2; between = (2 + 2) / 1 / 2 - 1/2 / 2 = 7/4.
def test_two_rhythms_worked_by_hand():
    found, (gaps, logs, _) = fitted([[10, 20], [40, 80]])
    two = math.log(2)
    assert found.within == pytest.approx(two**2 / 2)
    assert found.between == pytest.approx(two**2 * 7 / 4)
    shrunk = rhythm.rhythms(found, gaps, logs)
    trust = 7 / 4 / (7 / 4 + 1 / 4)
    middle = math.log(math.sqrt(10 * 80))
    assert shrunk.mean == pytest.approx([middle - trust * two, middle + trust * two])
    assert shrunk.deviation == pytest.approx([two * math.sqrt(1 / 2 + trust / 4)] * 2)
    assert shrunk.usual[0] == pytest.approx(math.exp(middle - trust * two))


@given(SOME_GAPS)
def test_the_fit_equals_the_method_written_out(accounts):
    found, _ = fitted(accounts)
    if not any(len(gaps) >= 2 for gaps in accounts):
        assert found is None
        return
    mean, within, between = slow_fit(accounts)
    assert found.within == pytest.approx(within, abs=1e-6)
    assert found.between == pytest.approx(between, abs=1e-6)
    if between + within > 1e-5:
        assert found.mean == pytest.approx(mean, abs=1e-6)


@given(SOME_GAPS)
def test_a_shrunk_mean_lies_between_its_own_and_the_books(accounts):
    found, (gaps, logs, _) = fitted(accounts)
    shrunk = rhythm.rhythms(found, gaps, logs)
    for n, own, mean in zip(gaps, logs, shrunk.mean, strict=True):
        if n < 2:
            assert np.isnan(mean)
        else:
            low, high = sorted([own / n / 1e9, found.mean])
            assert low - 1e-9 <= mean <= high + 1e-9


@pytest.mark.parametrize(("usual", "said"), [(27.4, 27), (27.5, 28), (0.2, 1), (np.nan, 0)])
def test_the_usual_gap_is_said_in_whole_days(usual, said):
    shrunk = rhythm.Rhythm(np.log([usual]), np.array([0.1]))
    assert shrunk.usual_days.tolist() == [said]


def test_more_gaps_are_believed_more():
    found = rhythm.Fit(mean=3.0, within=0.5, between=0.25, accounts=9, gaps=99)
    gaps = np.array([2, 8, 80])
    shrunk = rhythm.rhythms(found, gaps, gaps * 4 * rhythm.BILLION)
    assert (np.diff(shrunk.mean) > 0).all()
    assert (np.diff(shrunk.deviation) < 0).all()
    assert shrunk.mean[2] < 4


@given(SOME_GAPS, st.integers(0, 500))
def test_longer_silence_is_never_likelier(accounts, silent):
    found, (gaps, logs, _) = fitted(accounts)
    shrunk = rhythm.rhythms(found, gaps, logs)
    now, later = (
        rhythm.silence_probability(shrunk, np.full(len(gaps), silent + more)) for more in (0, 1)
    )
    known = gaps >= 2
    assert np.isnan(now[~known]).all()
    assert (later[known] <= now[known]).all()
    assert (now[known] <= 1).all()


@given(SOME_GAPS)
def test_the_alarm_day_is_the_first_on_which_its_probability_is_passed(accounts):
    found, (gaps, logs, _) = fitted(accounts)
    shrunk = rhythm.rhythms(found, gaps, logs)
    last = np.full(len(gaps), 700_000)
    known = gaps >= 2
    for z, level in ((rhythm.AMBER, 0.10), (rhythm.RED, 0.05)):
        silent = rhythm.alarm_days(shrunk, last, z) - last
        before, on = (
            rhythm.silence_probability(shrunk, np.maximum(silent - less, 0)) for less in (1, 0)
        )
        assert (before[known] >= level - 1e-6).all()
        assert (on[known] < level).all()
    assert (rhythm.alarm_days(shrunk, last, rhythm.RED)[~known] == rhythm.NONE).all()


def test_a_threshold_between_two_days_is_rounded_up():
    shrunk = rhythm.Rhythm(np.log([27.4]), np.array([0.0]))
    assert rhythm.alarm_days(shrunk, np.array([100]), rhythm.RED).tolist() == [128]


def test_probability_is_that_of_the_normal():
    shrunk = rhythm.Rhythm(np.array([3.0]), np.array([0.5]))
    found = rhythm.silence_probability(shrunk, np.array([40]))
    assert found[0] == pytest.approx(1 - NormalDist(3.0, 0.5).cdf(math.log(40)))


def test_on_the_day_of_the_order_nobody_is_silent():
    shrunk = rhythm.Rhythm(np.array([0.0, np.nan]), np.array([0.5, np.nan]))
    found = rhythm.silence_probability(shrunk, np.array([0, 0]))
    assert found[0] == 1
    assert np.isnan(found[1])


def test_one_account_is_its_own_book():
    found, (gaps, logs, _) = fitted([[10, 20, 40]])
    assert (found.mean, found.between) == (pytest.approx(math.log(20)), 0)
    assert rhythm.rhythms(found, gaps, logs).usual == pytest.approx([20])


def test_without_any_spread_the_day_after_the_rhythm_is_too_late():
    found, (gaps, logs, _) = fitted([[28] * 5, [28] * 3])
    assert (found.within, found.between) == (0, 0)
    shrunk = rhythm.rhythms(found, gaps, logs)
    assert rhythm.alarm_days(shrunk, np.array([0, 0]), rhythm.RED).tolist() == [29, 29]
    assert rhythm.silence_probability(shrunk, np.array([28, 29])).tolist() == [1, 0]


def test_steady_customers_of_different_rhythms_keep_their_own():
    found, (gaps, logs, _) = fitted([[7] * 5, [28] * 5, [90] * 5])
    assert rhythm.rhythms(found, gaps, logs).usual == pytest.approx([7, 28, 90])


def test_a_book_without_gaps_claims_nothing():
    nothing = np.zeros(3, dtype=np.int64)
    assert rhythm.fit(nothing, nothing, nothing) is None
    shrunk = rhythm.rhythms(None, nothing, nothing)
    assert rhythm.alarm_days(shrunk, nothing, rhythm.RED).tolist() == [0, 0, 0]
    assert np.isnan(rhythm.silence_probability(shrunk, nothing)).all()
    assert rhythm.fit(nothing[:0], nothing[:0], nothing[:0]) is None


def test_a_book_of_wild_gaps_ends_within_a_century():
    found = rhythm.Fit(mean=9.0, within=900.0, between=900.0, accounts=2, gaps=4)
    shrunk = rhythm.rhythms(found, np.array([2]), np.array([18 * rhythm.BILLION]))
    assert rhythm.alarm_days(shrunk, np.array([0]), rhythm.RED)[0] == rhythm.LONGEST + 1


def test_alarms_follow_the_days():
    amber, red = np.array([10, 10, 10, 0]), np.array([20, 20, 20, 0])
    found = [rhythm.alarms(day, amber, red)[0] for day in (9, 10, 19, 20)]
    assert [rhythm.ALARMS[level] for level in found] == ["none", "amber", "amber", "red"]
    assert rhythm.ALARMS[rhythm.alarms(15, amber, red)[3]] == "too_early"


def test_each_gap_is_rounded_on_its_own():
    logs, squares = rhythm.log_units(np.array([1, 2, 30]))
    assert logs.tolist() == [0, 693147181, 3401197382]
    assert squares.tolist() == [0, 480453014, 11568143629]


def test_what_the_night_keeps_names_its_version():
    found, _ = fitted(HAND)
    assert found.as_dict()["version"] == "rhythm-1"

import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import retention as rules

strengths = st.dictionaries(st.text("123456", min_size=1, max_size=2), st.floats(0, 100))


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(
    ("baseline", "now", "gone", "kept"),
    [
        # Two of power: 70 -> 63 and 30 -> 21, by hand (63 + 21) / (70 + 30).
        ({"1": 70, "2": 30}, {"1": 63, "2": 21}, [], 0.84),
        # Nobody called for a half life of 90 days: an energy of 10 (63.2) became 5 (39.3).
        ({"1": 63.212}, {"1": 39.347}, [], 0.6225),
        # One of them left the customer: only the other counts.
        ({"1": 70, "2": 30}, {"1": 63}, ["2"], 0.9),
        # A newcomer with power does not make up for what was lost.
        ({"1": 50}, {"1": 25, "9": 90}, [], 0.5),
        # Deeper than before.
        ({"1": 40}, {"1": 50}, [], 1.25),
        # Nobody was known, or as good as nobody: unknown.
        ({}, {"1": 50}, [], None),
        ({"1": 0, "2": 0}, {"1": 50}, [], None),
        ({"1": 4.9}, {"1": 4.9}, [], None),
        ({"1": 60}, {}, ["1"], None),
    ],
)
def test_retention_of_a_relationship(baseline, now, gone, kept):
    assert rules.retained(baseline, now, gone) == kept


@given(strengths)
def test_what_did_not_change_is_kept_whole(baseline):
    kept = rules.retained(baseline, baseline)
    assert kept is None or kept == pytest.approx(1)


@given(strengths, strengths, st.sets(st.text("123456", min_size=1, max_size=2)))
def test_a_share_is_never_negative_and_never_more_than_the_growth(baseline, now, gone):
    kept = rules.retained(baseline, now, gone)
    assert kept is None or 0 <= kept <= 100 * len(baseline) / rules.LEAST


@given(strengths, st.text("123456", min_size=1, max_size=2))
def test_more_contact_never_lowers_it(baseline, who):
    less = rules.retained(baseline, {})
    more = rules.retained(baseline, {who: 50})
    assert (less is None) == (more is None)
    assert less is None or more >= less


@pytest.mark.parametrize(
    ("day", "line"), [(0, 1.0), (30, 0.9333), (45, 0.9), (90, 0.8), (91, 0.8), (-3, 1.0)]
)
def test_the_line_falls_evenly_to_the_target(day, line):
    assert rules.expected(day, 90, 0.8) == line


def test_a_watch_of_no_days_expects_its_target():
    assert rules.expected(0, 0, 0.8) == 0.8


@pytest.mark.parametrize(
    ("met", "every", "kept"),
    [
        ([], 30, True),  # thirty days are not over thirty
        ([], 29, False),
        ([15], 15, True),
        ([15], 14, False),
        ([5, 10, 15, 20, 25], 6, True),
        ([40], 20, False),  # after the watch: not in it
        ([10], None, None),
    ],
)
def test_a_rhythm_is_kept_where_no_gap_was_longer(met, every, kept):
    begin = dt.date(2026, 3, 1)
    days = [begin + dt.timedelta(days=number) for number in met]
    until = begin + dt.timedelta(days=30)
    assert rules.is_rhythm_kept(days, every, since=begin, until=until) is kept


def test_several_handovers_weigh_by_what_there_was_to_lose():
    assert rules.pooled([(200, 160), (10, 0)]) == pytest.approx(0.7619)
    assert rules.pooled([]) is None

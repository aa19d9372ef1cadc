import datetime as dt
import doctest
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.choices import CallOutcome
from hiring.rules import call as rules

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
RULES = {"now": NOW, "attempts": 1, "most_attempts": 4, "hours_between": 6}
ZONES = ["UTC", "Europe/Berlin", "Europe/Moscow", "Asia/Vladivostok", "America/New_York"]


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(
    ("outcome", "given", "expected"),
    [
        ("agreed", {}, ("done", NOW, False, 2, False)),
        ("refused", {}, ("done", NOW, False, 2, False)),
        ("do_not_call", {}, ("done", NOW, False, 2, False)),
        ("later", {"call_back_at": NOW + HOUR}, ("waiting", NOW + HOUR, True, 2, False)),
        ("no_answer", {}, ("waiting", NOW + 6 * HOUR, False, 2, False)),
        ("no_answer", {"attempts": 3}, ("given_up", NOW, False, 4, False)),
        ("wrong_number", {}, ("given_up", NOW, False, 1, False)),
        ("wrong_number", {"has_other_number": True}, ("waiting", NOW, False, 1, True)),
    ],
)
def test_each_outcome_has_its_place(outcome, given, expected):
    place = rules.place_after(outcome, **{**RULES, **given})
    assert (place.state, place.due_at, place.is_callback, place.attempts, place.is_kept) == expected


def test_every_outcome_is_known_to_the_rule():
    for outcome in CallOutcome.values:
        assert rules.place_after(outcome, **RULES, call_back_at=NOW + HOUR)


@pytest.mark.parametrize("when", [None, NOW, NOW - HOUR])
def test_a_callback_needs_a_time_ahead(when):
    with pytest.raises(ValueError, match="call_back"):
        rules.place_after("later", **RULES, call_back_at=when)
    with pytest.raises(ValueError, match="outcome"):
        rules.place_after("sang", **RULES)


@pytest.mark.parametrize("hour", range(24))
def test_quiet_hours_over_midnight_within_a_day_and_none(hour):
    at = dt.datetime(2026, 1, 5, hour, 30, tzinfo=dt.UTC)
    assert rules.is_quiet(at, "UTC", 20, 9) == (hour >= 20 or hour < 9)
    assert rules.is_quiet(at, "UTC", 12, 14) == (12 <= hour < 14)
    assert not rules.is_quiet(at, "UTC", 0, 0)


@given(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)),
    st.sampled_from(ZONES),
    st.integers(0, 24),
    st.integers(0, 24),
)
def test_the_next_loud_moment_is_loud_and_the_first(naive, zone, quiet_from, quiet_to):
    at = naive.replace(tzinfo=dt.UTC)
    if (quiet_from, quiet_to) in ((0, 24), (24, 24)) or (quiet_to == 24 and quiet_from == 0):
        return  # the whole day is quiet: nobody can be called
    loud = rules.next_loud(at, zone, quiet_from, quiet_to)
    assert loud >= at
    assert not rules.is_quiet(loud, zone, quiet_from, quiet_to)
    if loud > at:
        assert rules.is_quiet(loud - dt.timedelta(seconds=1), zone, quiet_from, quiet_to)


@pytest.mark.parametrize(
    ("at", "loud"),
    [
        # the night the clocks go forward and back in Berlin: nine by the clock of the day
        ("2026-03-28T22:00+00:00", "2026-03-29T07:00+00:00"),
        ("2026-10-24T22:00+00:00", "2026-10-25T08:00+00:00"),
    ],
)
def test_clock_changes_are_followed(at, loud):
    found = rules.next_loud(dt.datetime.fromisoformat(at), "Europe/Berlin", 20, 9)
    assert found == dt.datetime.fromisoformat(loud)
    assert found.astimezone(ZoneInfo("Europe/Berlin")).hour == 9


def test_the_tier_comes_first_then_who_is_freshest():
    old, new = NOW - 30 * HOUR, NOW
    order = [
        rules.queue_order(0, new),
        rules.queue_order(0, old),
        rules.queue_order(1, new),
        rules.queue_order(None, new),
    ]
    assert order == sorted(order) and len(set(order)) == 4
    assert order[0] >= 0 and rules.queue_order(None, rules.EPOCH) < 2**31


def test_a_pace_needs_a_quarter_of_an_hour():
    assert rules.per_hour(3, 0.1) is None
    assert rules.per_hour(12, 0.5) == 24

"""When a silence warns, what excuses it, and what is at stake."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import warnings as rule
from kpi.rules.warnings import Finding, Standing

DAY = dt.date(2026, 3, 31)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("amber", "alarm", "level"),
    [(1, 5, ""), (0, 5, "amber"), (-5, 0, "red"), (-400, -365, "red"), (-400, -366, "")],
)
def test_a_silence_warns_from_its_day_until_it_is_a_loss(amber, alarm, level):
    assert rule.silence_level(DAY, day(amber), day(alarm)) == level


def test_without_a_rhythm_no_silence_warns():
    assert rule.silence_level(DAY, None, None) == ""


@pytest.mark.parametrize(
    ("percent", "level"), [(None, ""), (21, ""), (20, "amber"), (11, "amber"), (10, "red")]
)
def test_a_chance_warns_when_it_is_small(percent, level):
    assert rule.chance_level(percent) == level


@pytest.mark.parametrize(("silent", "level"), [(14, ""), (15, "amber"), (28, "amber"), (29, "red")])
def test_contact_warns_beyond_its_rhythm_and_is_an_alarm_beyond_twice(silent, level):
    assert rule.contact_level(day(-silent), 14, DAY) == level


def season(**changes) -> dt.date | None:
    back = dt.date(2025, 3, 31)
    fields = {
        "first": dt.date(2023, 1, 1), "last": DAY - dt.timedelta(days=50),
        "before": back - dt.timedelta(days=40),
        "after": back + dt.timedelta(days=20), "unusual": 30, "day": DAY, "back": back,
    }  # fmt: skip
    return rule.season_ends(**{**fields, **changes})


def test_the_same_silence_of_last_year_excuses_until_two_weeks_after_its_end():
    assert season() == dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    "changes",
    [{"before": None}, {"after": None}, {"unusual": 61}, {"first": dt.date(2024, 4, 1)}],
)
def test_a_season_needs_two_years_and_a_gap_that_was_unusual_itself(changes):
    assert season(**changes) is None


def test_a_silence_that_began_long_before_that_of_last_year_is_not_excused():
    assert season(last=DAY - dt.timedelta(days=54)) is not None
    assert season(last=DAY - dt.timedelta(days=55)) is None


def test_ninety_days_of_a_year_are_rounded_half_up_and_never_below_zero():
    assert rule.expected(365) == 90
    assert rule.expected(3_650_001) == 900_000
    assert rule.expected(-5) == 0


@given(st.integers(0, 10**15), st.integers(0, 100))
def test_stake_and_what_is_likely_to_come_add_up(revenue, percent):
    rest = rule.at_stake(revenue, 100 - percent)
    assert revenue <= rule.at_stake(revenue, percent) + rest <= revenue + 1
    assert rule.at_stake(revenue, None) == revenue


@pytest.mark.parametrize(("chance", "times"), [(0.05, 20), (0.5, 2), (1.0, 1), (0.0009, None)])
def test_a_probability_is_said_as_one_time_in_so_many(chance, times):
    assert rule.times(chance) == times


def test_each_owner_gets_as_many_lines_as_they_can_work():
    assert rule.fold("aabab", most=2) == [True, True, True, False, True]


def found(account: int = 1, level: str = "red", stake: int = 5) -> Finding:
    return Finding(account, "rhythm", level, DAY, DAY, None, stake)


def stored(account: int = 1, **changes) -> Standing:
    fields = {"pk": 9, "cause": "rhythm", "since": DAY, "level": "red", "stake": 5, "red_on": None,
              "is_open": True}  # fmt: skip
    return Standing(account=account, **{**fields, **changes})


def test_what_stands_already_is_not_written():
    asked = rule.changes([stored()], [found()])
    assert (asked.opened, asked.changed, asked.cleared) == ([], [], [])


@pytest.mark.parametrize("changes", [{"level": "amber"}, {"stake": 4}, {"is_open": False}])
def test_another_level_other_money_or_true_again_is_a_change(changes):
    assert len(rule.changes([stored(**changes)], [found()]).changed) == 1


def test_what_is_true_no_longer_is_cleared_once():
    assert rule.changes([stored()], []).cleared == [stored()]
    assert rule.changes([stored(is_open=False)], []).cleared == []


def test_what_a_person_answered_is_not_raised_again_in_the_same_silence():
    answered = stored(is_open=False, is_answered=True)
    assert rule.changes([answered], [found()]) == rule.Changes([], [], [])
    later = Finding(1, "rhythm", "red", day(9), day(9), None, 5)
    assert rule.changes([answered], [later]).opened == [later]

"""When a silence warns, what excuses it, and what is at stake."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import warnings as rule
from kpi.rules.warnings import AMBER, CALM, RED

DAY = dt.date(2026, 3, 31).toordinal()
BACK = dt.date(2025, 3, 31).toordinal()


def one(function, *values, **named) -> int:
    columns = {name: np.array([value]) for name, value in named.items()}
    return int(function(*(np.array([value]) for value in values), **columns)[0])


@pytest.mark.parametrize(
    ("amber", "alarm", "level"),
    [(1, 5, CALM), (0, 5, AMBER), (-5, 0, RED), (-400, -365, RED), (-400, -366, CALM)],
)
def test_a_silence_warns_from_its_day_until_it_is_a_loss(amber, alarm, level):
    assert one(rule.silence_level, DAY, DAY + amber, DAY + alarm) == level


def test_without_a_rhythm_no_silence_warns():
    assert one(rule.silence_level, DAY, 0, 0) == CALM


@pytest.mark.parametrize(
    ("percent", "level"), [(rule.NOT_TOLD, CALM), (21, CALM), (20, AMBER), (11, AMBER), (10, RED)]
)
def test_a_chance_warns_when_it_is_small(percent, level):
    assert one(rule.chance_level, percent) == level


@pytest.mark.parametrize(
    ("silent", "every", "level"),
    [(14, 14, CALM), (15, 14, AMBER), (28, 14, AMBER), (29, 14, RED), (400, 0, CALM)],
)
def test_contact_warns_beyond_its_rhythm_and_is_an_alarm_beyond_twice(silent, every, level):
    assert one(rule.contact_level, DAY, DAY - silent, every) == level


def test_no_contact_at_all_is_no_warning():
    assert one(rule.contact_level, DAY, 0, 14) == CALM


def season(**changes) -> int:
    fields = {
        "first": dt.date(2023, 1, 1).toordinal(), "last": DAY - 50, "before": BACK - 40,
        "after": BACK + 20, "unusual": 30,
    }  # fmt: skip
    return one(rule.season_ends, **{**fields, "day": DAY, "back": BACK, **changes})


def test_the_same_silence_of_last_year_excuses_until_two_weeks_after_its_end():
    assert season() == dt.date(2026, 5, 4).toordinal()


@pytest.mark.parametrize(
    "changes",
    [
        {"before": 0}, {"after": 0}, {"unusual": 61}, {"first": 0},
        {"first": dt.date(2024, 4, 1).toordinal()},
    ],
)  # fmt: skip
def test_a_season_needs_two_years_and_a_gap_that_was_unusual_itself(changes):
    assert season(**changes) == 0


def test_a_silence_that_began_long_before_that_of_last_year_is_not_excused():
    assert season(last=DAY - 54) > 0
    assert season(last=DAY - 55) == 0


def test_ninety_days_of_a_year_are_rounded_half_up_and_never_below_zero():
    assert rule.expected(np.array([365, 3_650_001, -5])).tolist() == [90, 900_000, 0]


@given(st.integers(0, 10**15), st.integers(0, 100))
def test_stake_and_what_is_likely_to_come_add_up(revenue, percent):
    rest = one(rule.at_stake, revenue, 100 - percent)
    assert revenue <= one(rule.at_stake, revenue, percent) + rest <= revenue + 1
    assert one(rule.at_stake, revenue, rule.NOT_TOLD) == revenue


@pytest.mark.parametrize(("chance", "times"), [(0.05, 20), (0.5, 2), (1.0, 1), (0.0009, None)])
def test_a_probability_is_said_as_one_time_in_so_many(chance, times):
    assert rule.times(chance) == times


def test_each_owner_gets_as_many_lines_as_they_can_work():
    assert rule.fold("aabab", most=2) == [True, True, True, False, True]

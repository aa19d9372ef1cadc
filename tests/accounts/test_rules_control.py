"""Personal control by table: how long, when it warns, which week it is."""

import datetime as dt

import pytest

from accounts.rules import control as rules
from accounts.rules.control import Refusal

DAY = dt.date(2026, 3, 2)


def on(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "reason", "is_director", "refusal"),
    [
        (60, "Left", True, None),
        (1, "Left", True, None),
        (92, "Left", True, None),
        (0, "Left", True, Refusal.LENGTH),
        (93, "Left", True, Refusal.LENGTH),
        (60, "  ", True, Refusal.NO_REASON),
        (60, "Left", False, Refusal.NOT_DIRECTOR),
    ],
)
def test_control_begins_for_a_day_to_three_months(days, reason, is_director, refusal):
    found = rules.begin_refusal(until=on(days), today=DAY, reason=reason, is_director=is_director)
    assert found == refusal


@pytest.mark.parametrize(
    ("end", "until", "today", "reason", "refusal"),
    [
        (60, 92, 55, "No newcomer yet", None),
        (60, 93, 55, "No newcomer yet", Refusal.TOO_LONG),
        (60, 60, 55, "No newcomer yet", Refusal.BACKWARDS),
        (60, 70, 75, "No newcomer yet", Refusal.BACKWARDS),  # it is later than that already
        (60, 80, 55, "", Refusal.NO_REASON),
    ],
)
def test_it_is_prolonged_within_three_months_of_its_beginning(end, until, today, reason, refusal):
    found = rules.prolong_refusal(
        begun=DAY, end=on(end), until=on(until), today=on(today), reason=reason
    )
    assert found == refusal


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (13, 2), (14, 3)])
def test_weeks_are_counted_from_its_first_day(days, week):
    assert rules.week_of(DAY, on(days)) == week
    assert rules.week_ends(DAY, week) == on(week * 7 - 1)


@pytest.mark.parametrize(("days", "warned"), [(52, False), (53, True), (60, True), (70, True)])
def test_it_warns_from_a_week_before_its_end_on(days, warned):
    assert rules.is_warned(end=on(60), today=on(days)) is warned

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import task as rules

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("first", "every", "unit", "after", "expected"),
    [
        ("2026-01-31", 1, "month", "2026-01-31", "2026-02-28"),
        ("2026-01-31", 1, "month", "2026-02-28", "2026-03-31"),
        ("2028-01-31", 1, "month", "2028-01-31", "2028-02-29"),
        ("2024-02-29", 12, "month", "2024-02-29", "2025-02-28"),
        ("2026-11-21", 3, "month", "2027-01-05", "2027-02-21"),
        ("2026-11-20", 1, "week", "2026-11-20", "2026-11-27"),
        ("2026-11-20", 2, "week", "2026-12-25", "2027-01-01"),
        ("2026-11-20", 10, "day", "2026-11-19", "2026-11-20"),
    ],
)
def test_a_repeated_task_comes_again_on_its_own_day(first, every, unit, after, expected):
    found = rules.next_due(dt.date.fromisoformat(first), every, unit, dt.date.fromisoformat(after))
    assert found == dt.date.fromisoformat(expected)


@given(DAYS, st.integers(1, 24), st.integers(0, 2000))
def test_months_agree_with_walking_day_by_day(first, every, ahead):
    after = first + dt.timedelta(days=ahead)
    found = rules.next_due(first, every, "month", after)
    day = after + dt.timedelta(days=1)
    while True:
        months = (day.year - first.year) * 12 + day.month - first.month
        last = calendar.monthrange(day.year, day.month)[1]
        if months % every == 0 and day.day == min(first.day, last):
            break
        day += dt.timedelta(days=1)
    assert found == day


@given(DAYS, st.integers(1, 60), st.sampled_from(["day", "week"]), st.integers(-400, 2000))
def test_days_and_weeks_agree_with_adding_one_after_the_other(first, every, unit, ahead):
    after = first + dt.timedelta(days=ahead)
    day = first
    while day <= after:
        day += dt.timedelta(days=every * (7 if unit == "week" else 1))
    assert rules.next_due(first, every, unit, after) == day


ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Tehran", "Pacific/Apia")


@given(
    st.datetimes(dt.datetime(2005, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC)),
    st.integers(1, 400),
    st.sampled_from(ZONES),
)
def test_a_reminder_keeps_its_time_on_the_clock(moment, days, zone):
    zone = ZoneInfo(zone)
    found = rules.moved_moment(moment, days, zone)
    wished = moment.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=days)
    told = found.astimezone(zone).replace(tzinfo=None)
    is_real = wished.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone).replace(
        tzinfo=None
    ) == wished  # fmt: skip
    assert told == wished if is_real else wished < told <= wished + dt.timedelta(days=1)


def test_a_reminder_in_the_hour_the_clocks_leave_out_comes_an_hour_later():
    berlin = ZoneInfo("Europe/Berlin")
    moment = dt.datetime(2026, 3, 28, 2, 30, tzinfo=berlin)
    found = rules.moved_moment(moment, 1, berlin).astimezone(berlin)
    assert (found.day, found.hour, found.minute) == (29, 3, 30)


@pytest.mark.parametrize(
    ("every", "unit", "expected"),
    [
        (None, "", True),
        (1, "week", True),
        (None, "week", False),
        (1, "", False),
        (400, "day", False),
    ],
)
def test_a_repetition_has_a_number_and_a_unit(every, unit, expected):
    assert rules.is_repeat(every, unit) == expected

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.nights import PARTS, along, due_date, steps

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_the_next_night_judges_one_day():
    assert steps(date(2026, 3, 2), since=date(2026, 3, 1), first_day=None) == [date(2026, 3, 2)]


def test_the_same_day_is_judged_again():
    day = date(2026, 3, 2)
    assert steps(day, since=day, first_day=date(2020, 1, 1)) == [day]


def test_the_first_night_goes_back_to_the_first_full_year():
    assert steps(date(2012, 1, 9), since=None, first_day=date(2010, 12, 1)) == [
        date(2011, 11, 30),
        date(2011, 12, 31),
        date(2012, 1, 9),
    ]


def test_a_ledger_below_a_year_or_none_has_only_the_day():
    day = date(2026, 3, 2)
    assert steps(day, since=None, first_day=date(2026, 1, 1)) == [day]
    assert steps(day, since=None, first_day=None) == [day]


def test_a_long_gap_keeps_its_month_ends_and_the_last_month_daily():
    found = steps(date(2026, 6, 10), since=date(2026, 2, 10), first_day=None)
    assert found[:3] == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert found[3] == date(2026, 5, 11)
    assert len(found) == 3 + 31


def test_going_back_judges_no_days_that_no_night_judged():
    found = steps(date(2026, 3, 31), since=date(2026, 2, 28), first_day=None, daily=False)
    assert found == [date(2026, 3, 31)]


@given(days, st.integers(0, 400), st.one_of(st.none(), days))
def test_days_ascend_after_the_last_and_end_with_the_day(day, gap, first_day):
    since = day - timedelta(days=gap)
    found = steps(day, since=since, first_day=first_day)
    assert found == sorted(set(found))
    assert found[-1] == day
    assert all(since < step for step in found[:-1])
    assert gap == 0 or len(found) >= min(gap, 31)


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", date(2027, 3, 28)),
        ("Europe/Berlin", date(2027, 10, 31)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("America/Santiago", date(2026, 9, 6)),
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Beirut", date(2026, 3, 29)),
        ("Pacific/Apia", date(2011, 12, 30)),
    ],
)
@pytest.mark.parametrize("hour", [0, 2, 3, 23])
def test_a_night_is_due_once_per_local_date_whatever_the_clock_does(zone, around, hour):
    begin = datetime(around.year, around.month, around.day, tzinfo=UTC) - timedelta(days=2)
    minutes = [begin + timedelta(minutes=number) for number in range(4 * 24 * 60)]
    clocks = [minute.astimezone(ZoneInfo(zone)) for minute in minutes]
    dates = [due_date(clock, hour) for clock in clocks]
    begun = list(dict.fromkeys(day for day in dates if day))
    assert begun == sorted(begun)
    lived = {clock.date() for clock in clocks if clock.hour >= hour}
    assert set(begun) == lived


def test_a_night_is_not_due_before_its_hour():
    assert due_date(datetime(2026, 3, 1, 1, 59, tzinfo=UTC), 2) is None
    assert due_date(datetime(2026, 3, 1, 9, 0, tzinfo=UTC), 2) == date(2026, 3, 1)


@given(st.lists(st.floats(0, 1), max_size=len(PARTS)))
def test_a_night_is_never_told_as_whole_before_its_end(shares):
    done, total = along(shares)
    assert 0 <= done < total
    assert abs(done - total * sum(shares) / len(PARTS)) <= 1


def test_each_part_counts_alike():
    assert along([1, 0.5]) == along([0.5, 0.5, 0.5])
    assert along([]) == (0, along([1])[1])

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import assignment
from accounts.rules.assignment import Interval, Refusal

DAY = dt.date(2026, 3, 1)


def day(offset: int) -> dt.date:
    return DAY + dt.timedelta(days=offset)


@pytest.mark.parametrize(
    ("start", "to", "is_open", "expected"),
    [
        (0, None, True, None),
        (5, 9, True, None),
        (-1, None, True, Refusal.PAST),
        (5, 5, True, Refusal.NO_LENGTH),
        (0, None, False, Refusal.CLOSED),
    ],
)
def test_a_new_assignment_begins_today_or_later_on_an_open_account(start, to, is_open, expected):
    end = None if to is None else day(to)
    given_answer = assignment.refusal(start=day(start), to=end, today=DAY, account_open=is_open)
    assert given_answer == expected


def test_a_new_owner_ends_the_former_on_that_day():
    change = assignment.make_room([Interval(1, 7, day(-90), None)], user=8, start=DAY, to=None)
    assert change == assignment.Change(end={1: DAY}, drop=())


def test_an_owner_who_was_to_begin_later_gives_way():
    planned = Interval(2, 7, day(10), None)
    change = assignment.make_room([planned], user=8, start=day(3), to=None)
    assert change.drop == (2,)


def test_after_a_temporary_owner_the_former_continues():
    change = assignment.make_room([Interval(1, 7, day(-9), None)], user=8, start=DAY, to=day(14))
    assert change.end == {1: DAY}
    assert (change.again.user, change.again.start, change.again.to) == (7, day(14), None)


def test_what_ended_before_or_begins_after_is_left_alone():
    rows = [Interval(1, 7, day(-9), day(-2)), Interval(2, 7, day(30), None)]
    change = assignment.make_room(rows, user=8, start=DAY, to=day(14))
    assert change == assignment.Change(end={}, drop=())


@pytest.mark.parametrize(
    ("to", "end", "expected"),
    [
        (None, 0, None),
        (None, 4, None),
        (None, -1, Refusal.PAST),
        (-3, 0, Refusal.ENDED),
        (0, 0, Refusal.ENDED),
    ],
)
def test_an_assignment_ends_today_or_later_and_once(to, end, expected):
    row = Interval(1, 7, day(-90), None if to is None else day(to))
    assert assignment.end_refusal(row, day=day(end), today=DAY) == expected


spans = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(1, 20)))


@given(st.lists(spans, max_size=8))
def test_whatever_is_assigned_in_whatever_order_there_is_one_owner_a_day(requests):
    rows: dict[int, Interval] = {}
    for number, (start, length) in enumerate(requests, 1):
        to = None if length is None else day(start + length)
        change = assignment.make_room(list(rows.values()), user=number, start=day(start), to=to)
        for key, end in change.end.items():
            rows[key] = Interval(key, rows[key].user, rows[key].start, end)
        for key in change.drop:
            del rows[key]
        rows[number] = Interval(number, number, day(start), to)
        if change.again:
            rows[-number] = Interval(
                -number, change.again.user, change.again.start, change.again.to
            )
    for offset in range(70):
        on = [
            r for r in rows.values() if r.start <= day(offset) and (not r.to or day(offset) < r.to)
        ]
        assert len(on) <= 1

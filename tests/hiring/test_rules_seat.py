import datetime as dt

import pytest

from hiring.choices import SeatState
from hiring.rules.seat import (
    MANAGER,
    NEXT,
    SAME_EMPLOYER,
    Clash,
    Person,
    clashes,
    clashes_with,
    conflict,
    days_in_a_row,
    may_become,
)

FRIDAY = dt.date(2026, 12, 4)
ROOM = {SeatState.CAME, SeatState.LATE, SeatState.NO_SHOW}


def test_every_state_before_the_day_says_what_may_follow():
    assert set(NEXT) == set(SeatState) - ROOM
    for before, after in NEXT.items():
        assert before not in after
        assert not ROOM & set(after)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (SeatState.INVITED, SeatState.BOOKED, True),
        (SeatState.INVITED, SeatState.CONFIRMED, False),
        (SeatState.BOOKED, SeatState.CONFIRMED, True),
        (SeatState.CONFIRMED, SeatState.BOOKED, False),
        (SeatState.CANCELLED, SeatState.BOOKED, False),
        (SeatState.DECLINED, SeatState.BOOKED, True),
        (SeatState.CAME, SeatState.DECLINED, False),
    ],
)
def test_a_place_goes_from_one_answer_to_the_next(before, after, may):
    assert may_become(before, after) is may


def test_days_in_a_row_pass_over_the_weekend():
    assert days_in_a_row(FRIDAY, 3) == [FRIDAY, dt.date(2026, 12, 7), dt.date(2026, 12, 8)]
    assert days_in_a_row(FRIDAY, 3, weekends=True)[1] == dt.date(2026, 12, 5)
    assert days_in_a_row(dt.date(2026, 12, 5), 2) == [dt.date(2026, 12, 5), dt.date(2026, 12, 7)]
    assert len(days_in_a_row(FRIDAY, 99)) == 10
    assert days_in_a_row(FRIDAY, 0) == [FRIDAY]


ANNA = Person(1, ("anna berg", "анна берг"), employer="nordpack", manager="olga stein")
BORIS = Person(2, ("boris",), employer="nordpack")
OLGA = Person(3, ("olga stein",), employer="other")
CARL = Person(4, ("carl",))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (ANNA, BORIS, SAME_EMPLOYER),
        (ANNA, OLGA, MANAGER),
        (OLGA, ANNA, MANAGER),
        (CARL, Person(5, ("dan",)), ""),
        (BORIS, OLGA, ""),
        (ANNA, ANNA, ""),
    ],
)
def test_colleagues_and_boss_and_subordinate_do_not_meet(one, other, kind):
    assert conflict(one, other) == kind


def test_every_pair_that_should_not_meet_is_named_once():
    found = clashes([ANNA, BORIS, OLGA, CARL])
    assert found == [Clash(1, 2, SAME_EMPLOYER), Clash(1, 3, MANAGER)]
    assert clashes_with(BORIS, [ANNA, OLGA, CARL]) == [Clash(2, 1, SAME_EMPLOYER)]
    assert clashes([]) == []

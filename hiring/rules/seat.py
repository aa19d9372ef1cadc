"""What may become of a place at a session, and whom nobody wants in one room."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hiring.choices import SeatState

S = SeatState
# From the invitation to the answer; what happens in the room is the cockpit's.
NEXT: dict[str, tuple[str, ...]] = {
    S.INVITED: (S.BOOKED, S.WAITING, S.DECLINED, S.CANCELLED, S.MOVED),
    S.WAITING: (S.BOOKED, S.DECLINED, S.CANCELLED, S.MOVED),
    S.BOOKED: (S.CONFIRMED, S.DECLINED, S.CANCELLED, S.MOVED),
    S.CONFIRMED: (S.DECLINED, S.CANCELLED, S.MOVED),
    S.DECLINED: (S.INVITED, S.BOOKED, S.WAITING, S.CANCELLED),
    S.CANCELLED: (S.INVITED,),
    S.MOVED: (S.INVITED, S.BOOKED, S.WAITING),
}
MOST_DAYS = 10


def may_become(before: str, after: str) -> bool:
    return after in NEXT.get(before, ())


def days_in_a_row(first: dt.date, days: int, *, weekends: bool = False) -> list[dt.date]:
    """`days` days from `first` on; Saturdays and Sundays are passed over unless wanted."""
    found, day = [], first
    while len(found) < min(max(days, 1), MOST_DAYS):
        if weekends or day == first or day.weekday() < 5:
            found.append(day)
        day += dt.timedelta(days=1)
    return found


@dataclass(frozen=True)
class Person:
    """What a room is told of somebody: folded names of the person, employer and manager, and the
    kind of people by whose show rate they count."""

    key: int
    names: tuple[str, ...] = ()
    employer: str = ""
    manager: str = ""
    kind: str = ""


SAME_EMPLOYER = "same_employer"
MANAGER = "manager"


def conflict(one: Person, other: Person) -> str:
    """Why two should not sit in one room: colleagues of today, or boss and subordinate."""
    if one.key == other.key:
        return ""
    if one.manager and one.manager in other.names or other.manager and other.manager in one.names:
        return MANAGER
    if one.employer and one.employer == other.employer:
        return SAME_EMPLOYER
    return ""


@dataclass(frozen=True)
class Clash:
    """`other` is a key of a person, or below zero that of an observer."""

    one: int
    other: int
    kind: str


def clashes(people: Iterable[Person]) -> list[Clash]:
    """Every pair that should not meet, once."""
    known, found = [], []
    for person in people:
        for other in known:
            if kind := conflict(person, other):
                found.append(Clash(other.key, person.key, kind))
        known.append(person)
    return found


def clashes_with(newcomer: Person, room: Iterable[Person]) -> list[Clash]:
    found = []
    for other in room:
        if kind := conflict(newcomer, other):
            found.append(Clash(newcomer.key, other.key, kind))
    return found

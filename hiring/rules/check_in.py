"""The weekly talk of a trial: each of the three writes alone, and all is shown when it was held.

Nobody's words are coloured by another's before: what somebody wrote is theirs until the talk.
"""

import datetime as dt
from collections.abc import Collection

NEWCOMER, MENTOR, LEAD = "newcomer", "mentor", "lead"
SEATS = (NEWCOMER, MENTOR, LEAD)
PLANNED, HELD, MISSED = "planned", "held", "missed"
GRACE = dt.timedelta(days=7)


def seats_of(user: int, *, newcomer: int, mentor: int | None, lead: int | None) -> list[str]:
    """The chairs somebody has at the talk; one person may mentor and lead.

    >>> seats_of(2, newcomer=1, mentor=2, lead=2)
    ['mentor', 'lead']
    """
    held_by = {NEWCOMER: newcomer, MENTOR: mentor, LEAD: lead}
    return [seat for seat in SEATS if held_by[seat] == user]


def shows(state: str, *, is_own: bool) -> bool:
    """Whether what one of the three wrote may be read."""
    return is_own or state == HELD


def may_say(state: str, seats: Collection[str], *, is_running: bool, has_said: bool) -> bool:
    """Words can be changed until the talk; after it only who said nothing adds theirs."""
    return bool(seats) and is_running and not (state == HELD and has_said)


def may_hold(state: str, seats: Collection[str], *, is_running: bool) -> bool:
    """Mentor and lead note that the talk was held; the newcomer does not note it for them."""
    return is_running and state != HELD and bool({MENTOR, LEAD} & set(seats))


def is_missed(due_on: dt.date, day: dt.date) -> bool:
    """A talk nobody noted within a week after its day.

    >>> is_missed(dt.date(2026, 6, 7), dt.date(2026, 6, 14))
    False
    """
    return day > due_on + GRACE

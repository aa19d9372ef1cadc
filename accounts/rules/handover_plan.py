"""Several accounts for one manager, one after the other: on which days, and what may begin now."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

VERSION = "plan-1"
MOST_STEPS = 12
SPACING = (1, 365)
SATURDAY = 5

ACCEPTED = ("watch", "closed")
GIVEN_UP = ("undone", "cancelled")


class Turn(StrEnum):
    """What comes next in a plan."""

    BEGIN = "begin"
    WAIT = "wait"  # for the handover under way to be accepted
    ASK = "ask"  # the one before was taken back or called off: a director says how it goes on
    DONE = "done"


def working_day(day: dt.date) -> dt.date:
    """Nobody signs on a Saturday or Sunday: the Monday after.

    >>> working_day(dt.date(2026, 11, 21))
    datetime.date(2026, 11, 23)
    """
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    return day


def dates(begin: dt.date, spacing: int, number: int) -> list[dt.date]:
    """The days accounts change hands; spacing is counted from day to day, not from Mondays.

    >>> [day.isoformat() for day in dates(dt.date(2026, 12, 1), 18, 3)]
    ['2026-12-01', '2026-12-21', '2027-01-06']
    """
    return [working_day(begin + dt.timedelta(days=spacing * place)) for place in range(number)]


def begins_after(planned: dt.date, accepted: dt.date | None, spacing: int) -> dt.date:
    """Not before its day, nor sooner than the spacing after the one before was accepted.

    >>> begins_after(dt.date(2026, 12, 7), dt.date(2026, 12, 1), 14)
    datetime.date(2026, 12, 15)
    """
    if accepted is None:
        return planned
    return max(planned, working_day(accepted + dt.timedelta(days=spacing)))


def turn(states: Sequence[str | None]) -> Turn:
    """States of the handovers in the plan's order; None: not begun.

    >>> turn(["watch", None]), turn(["joint", None]), turn(["undone", None]), turn(["closed"])
    (<Turn.BEGIN: 'begin'>, <Turn.WAIT: 'wait'>, <Turn.ASK: 'ask'>, <Turn.DONE: 'done'>)
    """
    begun = [state for state in states if state is not None]
    is_running = any(state not in (*ACCEPTED, *GIVEN_UP) for state in begun)
    if is_running:
        return Turn.WAIT
    if len(begun) == len(states):
        return Turn.DONE
    return Turn.ASK if begun and begun[-1] in GIVEN_UP else Turn.BEGIN

"""Whether a contact is due, soon due or fine, by the rhythm agreed; no rhythm asks for nothing.

"Soon" is the last fifth of the rhythm, at least two days: enough to arrange a meeting in it.
"""

import datetime as dt
from enum import StrEnum

SHORTEST_NOTICE = 2  # days
LONGEST = 730  # days


class Standing(StrEnum):
    NONE = "none"
    FINE = "fine"
    SOON = "soon"
    DUE = "due"


def notice_days(every: int) -> int:
    """How many days before its day a contact is called soon due."""
    return max(SHORTEST_NOTICE, every // 5)


def standing(last: dt.date | None, every: int | None, day: dt.date) -> Standing:
    """By the last two-way contact; one that never was is due."""
    if not every:
        return Standing.NONE
    if last is None:
        return Standing.DUE
    left = every - (day - last).days
    if left <= 0:
        return Standing.DUE
    return Standing.SOON if left <= notice_days(every) else Standing.FINE


def edges(every: int, day: dt.date) -> tuple[dt.date, dt.date]:
    """Last contacts up to the first day are due, up to the second at least soon due."""
    due = day - dt.timedelta(days=every)
    return due, due + dt.timedelta(days=notice_days(every))


def is_within(last: dt.date | None, every: int, day: dt.date) -> bool:
    """Methods 1.17: the last two-way contact lies within the target, its last day included."""
    return last is not None and (day - last).days <= every

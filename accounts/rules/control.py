"""Personal control lasts one to three months: weekly feedback, a warning, never an orphan."""

import datetime as dt
from enum import StrEnum

LONGEST_DAYS = 92
WARNED_DAYS = 7
WEEK = 7


class Refusal(StrEnum):
    NOT_DIRECTOR = "not_director"
    NO_REASON = "no_reason"
    LENGTH = "length"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"


def begin_refusal(
    *, until: dt.date, today: dt.date, reason: str, is_director: bool
) -> Refusal | None:
    """Why control cannot begin today, or None."""
    if not is_director:
        return Refusal.NOT_DIRECTOR
    if not reason.strip():
        return Refusal.NO_REASON
    longest = today + dt.timedelta(days=LONGEST_DAYS)
    return None if today < until <= longest else Refusal.LENGTH


def prolong_refusal(
    *, begun: dt.date, end: dt.date, until: dt.date, today: dt.date, reason: str
) -> Refusal | None:
    """Why it cannot last until `until`. Three months from its beginning are the most: what takes
    longer is kept for good, or handed over."""
    if not reason.strip():
        return Refusal.NO_REASON
    if until <= max(end, today):
        return Refusal.BACKWARDS
    return Refusal.TOO_LONG if until > begun + dt.timedelta(days=LONGEST_DAYS) else None


def week_of(begun: dt.date, day: dt.date) -> int:
    """Which week of control it is: 1 on the first day."""
    return (day - begun).days // WEEK + 1


def week_ends(begun: dt.date, week: int) -> dt.date:
    """The last day of that week: when its feedback call is due."""
    return begun + dt.timedelta(days=week * WEEK - 1)


def is_warned(*, end: dt.date, today: dt.date) -> bool:
    """From a week before its end on."""
    return today >= end - dt.timedelta(days=WARNED_DAYS)

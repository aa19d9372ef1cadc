"""When a repeated task comes again, and what may be said of one. Days are local days of its owner.

Months are counted from the first task of the chain, so that one due on the 31st comes on the last
day of shorter months and on the 31st again after them.
"""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

FIELDS = frozenset(
    {
        "title", "note", "owner", "contact", "due", "remind_at", "planned_on", "minutes",
        "repeat_every", "repeat_unit",
    }
)  # fmt: skip
MOST_MINUTES = 8 * 60
MOST_REPEAT = 366
FIRST_YEAR, LAST_YEAR = 1970, 2200


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or the last one of a shorter month."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def next_due(first: dt.date, every: int, unit: str, after: dt.date) -> dt.date:
    """The first day later than `after` among `first` and what follows it `every` so many units."""
    if unit == "month":
        passed = (after.year - first.year) * 12 + after.month - first.month
        turn = max(0, passed // every - 1)
        while months_later(first, turn * every) <= after:
            turn += 1
        return months_later(first, turn * every)
    step = every * (7 if unit == "week" else 1)
    turns = max(0, ((after - first).days // step) + 1)
    return first + dt.timedelta(days=turns * step)


def moved_moment(moment: dt.datetime, days: int, zone: ZoneInfo) -> dt.datetime:
    """The same time on the clock so many days later, in UTC.

    A time that the clocks leave out that night is told as much later as they were put forward.
    """
    wall = moment.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=days)
    return wall.replace(tzinfo=zone).astimezone(dt.UTC)


def is_possible(due: dt.date | None) -> bool:
    """A day of a working life: from there every repetition can be counted."""
    return due is None or FIRST_YEAR <= due.year <= LAST_YEAR


def is_repeat(every: int | None, unit: str) -> bool:
    """Both or neither, and a sensible number."""
    if not every:
        return not unit
    return bool(unit) and 1 <= every <= MOST_REPEAT

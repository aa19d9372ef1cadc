"""The periods every figure is made of: half-open on the left, (after, until]."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from common.dates import is_month_end, month_end, year_before

RULE_VERSION = "windows-2"
RHYTHM_YEARS = 3
QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Days after `after` up to and including `until`."""

    after: date
    until: date

    @property
    def first(self) -> date:
        return self.after + timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.until


def years_before(day: date, years: int = 1) -> date:
    """The same day `years` earlier; 29 February becomes 28 February."""
    for _ in range(years):
        day = year_before(day)
    return day


def trailing_year(day: date) -> Window:
    """Trailing twelve months as of `day`: (day − 1 year, day]."""
    return Window(years_before(day), day)


def previous_year(day: date) -> Window:
    """The twelve months before the trailing ones."""
    return Window(years_before(day, 2), years_before(day))


def rhythm_window(day: date) -> Window:
    """The 36 months in which order days count."""
    return Window(years_before(day, RHYTHM_YEARS), day)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    total = day.year * 12 + day.month - 1 - months
    last = month_end(date(total // 12, total % 12 + 1, 1))
    return last.replace(day=min(day.day, last.day))


def trailing_quarter(day: date) -> Window:
    """The last three months as of `day`: (day − 3 months, day]."""
    return Window(months_before(day, QUARTER_MONTHS), day)


def quarter_a_year_before(day: date) -> Window:
    """The same three months a year earlier."""
    quarter = trailing_quarter(day)
    return Window(years_before(quarter.after), years_before(quarter.until))


def month_end_before(day: date) -> date:
    """The newest month-end strictly before `day`."""
    return day.replace(day=1) - timedelta(days=1)


def last_two_month_ends(day: date) -> tuple[date, date]:
    """The two newest month-ends at or before `day`, newest first."""
    newest = day if is_month_end(day) else month_end_before(day)
    return newest, month_end_before(newest)


def month_ends(first: date, last: date) -> list[date]:
    """Every month-end of [first, last], oldest first."""
    ends, day = [], month_end(first)
    while day <= last:
        ends.append(day)
        day = month_end(day + timedelta(days=1))
    return ends


def first_full_year(first_day: date) -> date:
    """The first day whose trailing twelve months lie wholly at or after `first_day`."""
    day = first_day + timedelta(days=364)
    while trailing_year(day).first < first_day:
        day += timedelta(days=1)
    return day


def margin(net: np.ndarray, cost: np.ndarray, uncosted: np.ndarray) -> np.ndarray:
    """Units earned on lines whose cost is known: lines without a cost count nothing."""
    return net - uncosted - cost


def moved(old: Window, new: Window) -> list[tuple[int, Window]]:
    """What to add (1) and take off (-1) so that sums over `old` become sums over `new`."""
    parts = [
        (1, new.after, min(old.after, new.until)),
        (1, max(old.until, new.after), new.until),
        (-1, old.after, min(new.after, old.until)),
        (-1, max(new.until, old.after), old.until),
    ]
    return [(sign, Window(after, until)) for sign, after, until in parts if after < until]

"""Until when a candidate may be kept: each purpose has its own clock (trust E03)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FOR_EVER = dt.date.max


@dataclass(frozen=True, slots=True)
class Basis:
    """Why somebody is kept. `ends_on` is the last day of the vacancy, None while it is open."""

    purpose: str
    begins_on: dt.date
    ends_on: dt.date | None = None
    withdrawn_on: dt.date | None = None


def keep_until(
    bases: Iterable[Basis], *, created_on: dt.date, keep_days: int, pool_months: int
) -> dt.date:
    """The first day on which the data has to be gone; FOR_EVER while a vacancy is open.

    For a vacancy: so many days after it ended. For later vacancies: so many months after consent.
    A withdrawn consent keeps nothing beyond its day; without any basis it is `keep_days` after the
    row was made. The latest of all counts: a new application extends its own purpose only.
    """
    days = [_end(basis, keep_days, pool_months) for basis in bases if basis.purpose != "news"]
    return max(days, default=_later(created_on, days=keep_days))


def _end(basis: Basis, keep_days: int, pool_months: int) -> dt.date:
    if basis.withdrawn_on:
        return basis.withdrawn_on
    if basis.purpose == "pool":
        return months_later(basis.begins_on, pool_months)
    return FOR_EVER if basis.ends_on is None else _later(basis.ends_on, days=keep_days)


def _later(day: dt.date, *, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, the month's last where it has no such day.

    >>> months_later(dt.date(2028, 2, 29), 12), months_later(dt.date(2026, 8, 31), 6)
    (datetime.date(2029, 2, 28), datetime.date(2027, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = dt.date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(day.year + years, month + 1, min(day.day, last))

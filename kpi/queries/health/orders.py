"""Orders: silence against its own rhythm, three months against last year's, lines against a peak.

Whole groups count for their head, as in the night; a child's page shows its own.
"""

import datetime as dt

import numpy as np

from accounts.models import Scoring
from accounts.queries.listing import twelve_months
from common import dbops
from common.dates import month_end, year_before
from kpi.queries.health.book import Book, Found, age_of, counted
from kpi.queries.reporting import newest_ledger_day
from kpi.rules.health import points
from kpi.rules.health.kept import NONE
from kpi.rules.health.score import SHELF

MONTHS = 3
NOW_MONTHS = MONTHS + 1  # the running month is not over yet


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month."""
    total = day.year * 12 + day.month - 1 - months
    first = dt.date(total // 12, total % 12 + 1, 1)
    return min(first.replace(day=min(day.day, 28)) + dt.timedelta(max(day.day - 28, 0)),
               month_end(first))  # fmt: skip


def orders(book: Book) -> Found:
    """Four queries."""
    last, amber, alarm = _rhythms(book)
    ordered = last > 0
    silent = np.where(ordered, np.maximum(book.number - last, 0), 0)
    silence = points.silence_points(silent, _after(last, amber), _after(last, alarm))
    now, before = _revenues(book)
    lines, peak = service_lines(book)
    revenue = points.revenue_points(now, np.maximum(before, 0))
    breadth = points.lines_points(lines, peak)
    value = points.known_mean(silence, revenue, breadth)
    inputs = {
        "last_on": np.where(ordered, last, NONE),
        "amber_on": np.where(amber > 0, amber, NONE),
        "alarm_on": np.where(alarm > 0, alarm, NONE),
        "now_units": np.where(before == NONE, NONE, now),
        "before_units": before,
        "lines": np.where(peak > 0, lines, NONE),
        "peak": np.where(peak > 0, peak, NONE),
        "silence": silence,
        "revenue": revenue,
        "breadth": breadth,
    }
    return Found(value, age_of(book, newest_ledger_day()), book.blank(SHELF), inputs)


def is_silent(book: Book, found: Found) -> np.ndarray:
    """bool: the rhythm's red alarm."""
    alarm = found.inputs["alarm_on"]
    return (alarm != NONE) & (book.number >= alarm)


def _after(last: np.ndarray, day: np.ndarray) -> np.ndarray:
    return np.where((day > 0) & (last > 0), np.maximum(day - last, 0), 0)


def _rhythms(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Day numbers of the last order, of amber and of alarm; 0 where there is none."""
    columns = ("last_order", "amber_day", "alarm_day")
    where, params = book.among("account_id")
    rows = dbops.read_ints(
        ["account_id", *(f"COALESCE({dbops.day_number(name)}, 0)" for name in columns)],
        f"FROM accounts_accountscore WHERE {where}",
        params,
    )
    at, there = book.places(rows[:, 0])
    found = tuple(book.blank() for _column in columns)
    for number, column in enumerate(found, 1):
        column[at] = rows[there, number]
    return found


def _revenues(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Units of three months and of the same a year before; NONE before the ledger began."""
    start, end = months_before(book.day, MONTHS), book.day
    earlier, until = year_before(start), year_before(end)
    where, params = book.among("account_id", book.members)
    inside = "day > %s AND day <= %s"
    rows = dbops.read_ints(
        ["account_id", "sum(CASE WHEN day > %s THEN net ELSE 0 END)",
         "sum(CASE WHEN day > %s THEN 0 ELSE net END)"],
        f"FROM accounts_accountday WHERE ({inside} OR {inside}) AND {where} GROUP BY account_id",
        [start, start, start, end, earlier, until, *params],
    )  # fmt: skip
    now, before = book.blank(), book.blank()
    at, which = counted(book, book.members, rows[:, 0])
    np.add.at(now, at, rows[which, 1])
    np.add.at(before, at, rows[which, 2])
    first = Scoring.current().first_day
    if first is None or first > earlier + dt.timedelta(days=1):
        before = book.blank(NONE)
    return now, before


def service_lines(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Service lines bought in this month and the three before; the most in any three of twelve."""
    months = [month.toordinal() for month in twelve_months(book.day)]
    where, params = book.among("m.account_id", book.members)
    rows = dbops.read_ints(
        ["m.account_id", "m.service_line_id", dbops.day_number("m.month"), "m.net"],
        "FROM accounts_servicemonth m JOIN accounts_serviceline l ON l.id = m.service_line_id"
        f" WHERE l.code <> '' AND m.month >= %s AND m.month <= %s AND {where}",
        [dt.date.fromordinal(months[0]), book.day, *params],
    )
    at, which = counted(book, book.members, rows[:, 0])
    rows = rows[which]
    pairs, row = np.unique(np.stack([at, rows[:, 1]]), axis=1, return_inverse=True)
    bought = np.zeros((pairs.shape[1], len(months)), dtype=np.int64)
    np.add.at(bought, (row.ravel(), np.searchsorted(months, rows[:, 2])), rows[:, 3])
    active = bought > 0
    now, peak = book.blank(), book.blank()
    np.add.at(now, pairs[0], active[:, -NOW_MONTHS:].any(axis=1))
    for end in range(MONTHS, len(months) + 1):
        window = book.blank()
        np.add.at(window, pairs[0], active[:, end - MONTHS : end].any(axis=1))
        peak = np.maximum(peak, window)
    return now, peak

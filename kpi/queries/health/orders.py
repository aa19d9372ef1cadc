"""Orders: silence against its own rhythm, three months against last year's, lines against a peak.

Whole groups count for their head, as in the night; a child's page shows its own.
"""

import datetime as dt

import numpy as np

from accounts.models import Scoring
from accounts.queries.listing import twelve_months
from common import dbops
from kpi.queries import breadth
from kpi.queries.health.book import Book, Found, age_of, counted
from kpi.queries.health.left import RHYTHM, Left
from kpi.queries.judgement import RULE_VERSION
from kpi.queries.kept_scores import Kept, kept_scores
from kpi.queries.reporting import newest_ledger_day
from kpi.rules import windows
from kpi.rules.health import points
from kpi.rules.health.score import SHELF
from kpi.rules.health.told import NONE

QUARTERS = ("own_quarter", "own_quarter_before")


def orders(book: Book, left: Left) -> Found:
    """Two queries where the night slid its windows to this very day, else four."""
    scoring = Scoring.current()
    last, amber, alarm = (left.of_each(name) for name in RHYTHM)
    slid = left if book.only is None and _is_slid(scoring, book.day) else None
    ordered = last > 0
    silent = np.where(ordered, np.maximum(book.number - last, 0), 0)
    silence = points.silence_points(silent, _after(last, amber), _after(last, alarm))
    now, before = _revenues(book, slid, scoring.first_day)
    lines, peak = service_lines(book, slid)
    revenue = points.revenue_points(now, np.maximum(before, 0))
    width = points.lines_points(lines, peak)
    value = points.known_mean(silence, revenue, width)
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
        "breadth": width,
    }
    return Found(value, age_of(book, newest_ledger_day()), book.blank(SHELF), inputs)


def is_silent(book: Book, found: Found) -> np.ndarray:
    """bool: the rhythm's red alarm."""
    alarm = found.inputs["alarm_on"]
    return (alarm != NONE) & (book.number >= alarm)


def _after(last: np.ndarray, day: np.ndarray) -> np.ndarray:
    return np.where((day > 0) & (last > 0), np.maximum(day - last, 0), 0)


def _is_slid(scoring: Scoring, day: dt.date) -> bool:
    return scoring.whole and scoring.as_of == day and scoring.rule_version == RULE_VERSION


def _revenues(
    book: Book, slid: Left | None, first: dt.date | None
) -> tuple[np.ndarray, np.ndarray]:
    """Units of three months and of the same a year before; NONE before the ledger began."""
    earlier = windows.quarter_a_year_before(book.day)
    kept = None if slid is None else kept_scores(QUARTERS)
    rows = _summed_revenues(book) if kept is None else _kept_revenues(kept)
    now, before = book.blank(), book.blank()
    at, which = counted(book, book.members, rows[:, 0])
    np.add.at(now, at, rows[which, 1])
    np.add.at(before, at, rows[which, 2])
    if first is None or first > earlier.first:
        before = book.blank(NONE)
    return now, before


def _kept_revenues(kept: Kept) -> np.ndarray:
    return np.stack([kept.ids, *(kept.columns[name] for name in QUARTERS)], axis=1).astype(np.int64)


def _summed_revenues(book: Book) -> np.ndarray:
    now, earlier = windows.trailing_quarter(book.day), windows.quarter_a_year_before(book.day)
    where, params = book.among("account_id", book.members)
    inside = "day > %s AND day <= %s"
    return dbops.read_ints(
        ["account_id", "sum(CASE WHEN day > %s THEN net ELSE 0 END)",
         "sum(CASE WHEN day > %s THEN 0 ELSE net END)"],
        f"FROM accounts_accountday WHERE ({inside} OR {inside}) AND {where} GROUP BY account_id",
        [now.after, now.after, now.after, now.until, earlier.after, earlier.until, *params],
    )  # fmt: skip


def service_lines(book: Book, slid: Left | None) -> tuple[np.ndarray, np.ndarray]:
    """Service lines bought in this month and the three before; the most in any three of twelve.

    `slid` is left_by_night of a night of this very day.
    """
    if slid is not None:
        lines, most = (slid.of_each(name) for name in breadth.NAMES)
        return lines, most
    where, params = book.among("m.account_id", book.members)
    rows = breadth.service_months(twelve_months(book.day), where, params)
    at, which = counted(book, book.members, rows[:, 0])
    return breadth.breadth(at, rows[which], book.day, book.size)

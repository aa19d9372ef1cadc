"""Plan: promises of ours that were kept, and whether we talk as often as was agreed."""

import datetime as dt

import numpy as np

from accounts.queries.cadence import agreed_join, wanted_every
from common import dbops
from kpi.queries.health.book import Book, Found, age_of
from kpi.rules.health import points
from kpi.rules.health.kept import NONE
from kpi.rules.health.score import SHELF

PROMISE_DAYS = 180


def plan(book: Book, newest: dt.date | None) -> Found:
    """Three queries; `newest` is the last day on which contact with anybody was told."""
    kept, broken = _promises(book)
    every, last = _contacts(book)
    since = np.where(last > 0, np.maximum(book.number - last, 0), points.UNKNOWN)
    promises = points.promise_points(kept, broken)
    cadence = points.cadence_points(since, every)
    inputs = {
        "kept": kept,
        "broken": broken,
        "every": np.where(every > 0, every, NONE),
        "talked_on": np.where(last > 0, last, NONE),
        "promises": promises,
        "cadence": cadence,
    }
    return Found(
        points.known_mean(promises, cadence), age_of(book, newest), book.blank(SHELF), inputs
    )


def _promises(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Ours of half a year: kept; and broken or still open after their day."""
    where, params = book.among("account_id")
    start = book.day - dt.timedelta(days=PROMISE_DAYS)
    recent = "settled_on > %s AND settled_on <= %s"
    rows = dbops.read_ints(
        ["account_id", "sum(CASE WHEN state = 'kept' THEN 1 ELSE 0 END)",
         "sum(CASE WHEN state = 'kept' THEN 0 ELSE 1 END)"],
        f"FROM accounts_promise WHERE is_ours AND ((state IN ('kept', 'broken') AND {recent})"
        f" OR (state = 'open' AND due < %s)) AND {where} GROUP BY account_id",
        [start, book.day, book.day, *params],
    )  # fmt: skip
    kept, broken = book.blank(), book.blank()
    at, there = book.places(rows[:, 0])
    kept[at], broken[at] = rows[there, 1], rows[there, 2]
    return kept, broken


def _contacts(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Every how many days a talk is wanted (0: none is), and the day number of the last one."""
    where, params = book.among("a.id")
    join, held = agreed_join(book.day)
    rows = dbops.read_ints(
        ["a.id", wanted_every(), f"COALESCE({dbops.day_number('r.last_two_way_on')}, 0)"],
        "FROM accounts_account a LEFT JOIN accounts_accountscore s ON s.account_id = a.id"
        f" LEFT JOIN accounts_accountrhythm r ON r.account_id = a.id {join}"
        f" WHERE {where} ORDER BY a.id",
        [*held, *params],
    )
    every, last = book.blank(), book.blank()
    at, there = book.places(rows[:, 0])
    every[at], last[at] = rows[there, 1], rows[there, 2]
    return every, last

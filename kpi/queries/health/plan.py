"""Plan: promises of ours that were kept, and whether we talk as often as was agreed."""

import datetime as dt

import numpy as np

from accounts.models import FieldSettings
from common import dbops
from kpi.queries.health.book import Book, Found, age_of
from kpi.queries.health.left import TIERS, Left
from kpi.rules.health import points
from kpi.rules.health.score import SHELF
from kpi.rules.health.told import NONE

PROMISE_DAYS = 180


def plan(book: Book, newest: dt.date | None, left: Left) -> Found:
    """Four queries; `newest` is the last day on which contact with anybody was told."""
    kept, broken = _promises(book)
    every, last = _every(book, left), _talked_on(book)
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


def _every(book: Book, left: Left) -> np.ndarray:
    """Every how many days a talk is wanted, as agreed or else by tier; 0: none is."""
    of_tier = FieldSettings.current().cadence_days
    days = np.array([int(of_tier.get(tier.value) or 0) for tier in TIERS], dtype=np.int64)
    every = days[left.of_each("tier")]
    where, params = book.among("account_id")
    agreed = dbops.read_ints(
        ["account_id", "COALESCE(days, 0)"],
        "FROM accounts_cadence WHERE contact_id IS NULL AND valid_from <= %s"
        f" AND (valid_to IS NULL OR valid_to > %s) AND {where} ORDER BY id",
        [book.day, book.day, *params],
    )
    at, there = book.places(agreed[:, 0])
    every[at] = agreed[there, 1]
    return every


def _talked_on(book: Book) -> np.ndarray:
    """The day number of the last talk; 0: there was none."""
    where, params = book.among("account_id")
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("last_two_way_on")],
        f"FROM accounts_accountrhythm WHERE last_two_way_on IS NOT NULL AND {where}",
        params,
    )
    last = book.blank()
    at, there = book.places(rows[:, 0])
    last[at] = rows[there, 1]
    return last

"""Of which accounts lists show another health than the night found, and what they are to show."""

from dataclasses import dataclass

import numpy as np

from common import dbops
from kpi.queries.health.book import Book
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import TENTHS, Scores

NEVER = UNKNOWN - 1  # no row
BITS = 8


@dataclass(frozen=True)
class Shown:
    """`places` in the book to be written with the points and confidence of these accounts; `gone`
    are ids of accounts that are closed and shown still."""

    places: np.ndarray
    points: np.ndarray
    confidence: np.ndarray
    gone: list[int]


def to_show(book: Book, now: Scores) -> Shown:
    """The score in whole points, or what somebody set over it. Two queries."""
    points = np.where(now.score > UNKNOWN, now.score // TENTHS, UNKNOWN)
    heads, values = _set_by_hand(book)
    at, there = book.places(heads)
    points[at] = values[there]  # of several the newest is written last
    ids, *columns = _told(book)
    at, there = book.places(ids)
    differs = np.zeros(book.size, dtype=bool)
    for wanted, told in zip((points, now.confidence), columns, strict=True):
        before = book.blank(NEVER)
        before[at] = told[there]
        differs |= before != wanted
    places = np.flatnonzero(differs)
    return Shown(places, points[places], now.confidence[places], ids[~there].tolist())


def _told(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Accounts, points and confidence as they are shown."""
    where, params = book.among("account_id")
    known = f"COALESCE(points, {UNKNOWN}) - {UNKNOWN}"
    rows = dbops.read_ints(
        ["account_id", dbops.side_by_side((known, BITS), ("confidence", BITS))],
        f"FROM accounts_shownhealth WHERE {where}",
        params,
    )
    points, confidence = dbops.apart(rows[:, 1], BITS, BITS)
    return rows[:, 0], points + UNKNOWN, confidence


def _set_by_hand(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Accounts and what was set over their score, the newest last; of merged ones their survivor's.
    Read for all: they are few."""
    rows = dbops.read_ints(
        ["COALESCE(a.merged_into_id, a.id)", "o.value"],
        "FROM kpi_healthoverride o JOIN accounts_account a ON a.id = o.account_id"
        " WHERE o.removed_at IS NULL AND o.valid_from <= %s AND o.valid_to > %s ORDER BY o.id",
        [book.day, book.day],
    )
    return rows[:, 0], rows[:, 1]

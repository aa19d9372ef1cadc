"""What the night's scores left of every account, read once for all parts of its health."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accounts.choices import Tier
from common import dbops
from kpi.queries import breadth
from kpi.queries.health.book import Book
from kpi.rules.health.points import UNKNOWN

TIERS = (Tier.N, Tier.A, Tier.B, Tier.C)
RHYTHM = ("last_order", "amber_day", "alarm_day")
WINDOWS = ("own_quarter", "own_quarter_before")
SHOWN = ("health", "health_confidence")
COUNTS = (*breadth.NAMES, "tier", *SHOWN)
LEFT = (*RHYTHM, *WINDOWS, *COUNTS)
OF_DAY, OF_COUNTS = (21, 21, 21), (22, 22, 3, 8, 8)  # bits


@dataclass(frozen=True)
class Left:
    """A row of each account that was scored: its id, then LEFT; `at` the places in the book of
    those that `there` says are in it.

    Days are numbers, 0 where there is none; `tier` a place in TIERS; SHOWN may be UNKNOWN.
    """

    size: int
    rows: np.ndarray
    at: np.ndarray
    there: np.ndarray

    @property
    def ids(self) -> np.ndarray:
        return self.rows[:, 0]

    def named(self, name: str) -> np.ndarray:
        """A column of LEFT, row by row."""
        return self.rows[:, 1 + LEFT.index(name)]

    def several(self, names: Sequence[str]) -> np.ndarray:
        """The id and these columns, row by row."""
        return np.stack([self.ids, *(self.named(name) for name in names)], axis=1)

    def of_each(self, name: str) -> np.ndarray:
        """The same for each account of the book, 0 where there is no row."""
        found = np.zeros(self.size, dtype=np.int64)
        found[self.at] = self.named(name)[self.there]
        return found


def left_by_night(book: Book) -> Left:
    """One query."""
    where, params = book.among("account_id")
    days = [f"COALESCE({dbops.day_number(name)}, 0)" for name in RHYTHM]
    cases = " ".join(f"WHEN '{tier.value}' THEN {place}" for place, tier in enumerate(TIERS))
    shown = [f"COALESCE({name}, {UNKNOWN}) - {UNKNOWN}" for name in SHOWN]
    counts = [*breadth.NAMES, f"CASE tier {cases} ELSE 0 END", *shown]
    rows = dbops.read_ints(
        [
            "account_id",
            dbops.side_by_side(*zip(days, OF_DAY, strict=True)),
            *WINDOWS,
            dbops.side_by_side(*zip(counts, OF_COUNTS, strict=True)),
        ],
        f"FROM accounts_accountscore WHERE {where}",
        params,
    )
    *others, health, confidence = dbops.apart(rows[:, 4], *OF_COUNTS)
    found = [rows[:, 0], *dbops.apart(rows[:, 1], *OF_DAY), rows[:, 2], rows[:, 3], *others]
    table = np.stack([*found, health + UNKNOWN, confidence + UNKNOWN], axis=1)
    return Left(book.size, table, *book.places(table[:, 0]))

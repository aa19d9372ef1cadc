"""What the night's scores left of every account, read once for all parts of its health."""

from dataclasses import dataclass

import numpy as np

from accounts.choices import Tier
from common import dbops
from kpi.queries import breadth
from kpi.queries.health.book import Book

TIERS = (Tier.N, Tier.A, Tier.B, Tier.C)
RHYTHM = ("last_order", "amber_day", "alarm_day")
COUNTS = (*breadth.NAMES, "tier")
LEFT = (*RHYTHM, *COUNTS)
OF_DAY, OF_COUNTS = (21, 21, 21), (22, 22, 3)  # bits


@dataclass(frozen=True)
class Left:
    """A row of each account that was scored: its id, then LEFT; `at` the places in the book of
    those that `there` says are in it.

    Days are numbers, 0 where there is none; `tier` a place in TIERS.
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

    def of_each(self, name: str) -> np.ndarray:
        """The same for each account of the book, 0 where there is no row."""
        found = np.zeros(self.size, dtype=np.int64)
        found[self.at] = self.named(name)[self.there]
        return found


def left_by_night(book: Book) -> Left:
    """One query."""
    where, params = book.among("account_id")
    days = [f"COALESCE({dbops.day_number(name)}, 0)" for name in RHYTHM]
    counts = [*breadth.NAMES, dbops.place_in("tier", TIERS, 0)]
    rows = dbops.read_ints(
        [
            "account_id",
            dbops.side_by_side(*zip(days, OF_DAY, strict=True)),
            dbops.side_by_side(*zip(counts, OF_COUNTS, strict=True)),
        ],
        f"FROM accounts_accountscore WHERE {where}",
        params,
    )
    days, counts = dbops.apart(rows[:, 1], *OF_DAY), dbops.apart(rows[:, 2], *OF_COUNTS)
    table = np.stack([rows[:, 0], *days, *counts], axis=1)
    return Left(book.size, table, *book.places(table[:, 0]))

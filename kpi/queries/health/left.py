"""What the night's scores left of every account, read once for all parts of its health."""

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
LEFT = (*RHYTHM, *WINDOWS, *breadth.NAMES, "tier", *SHOWN)


def left_by_night(book: Book) -> np.ndarray:
    """A row of each account that was scored: its id, then LEFT. One query.

    Days are numbers, 0 where there is none; `tier` a place in TIERS; SHOWN may be UNKNOWN.
    """
    where, params = book.among("account_id")
    days = [f"COALESCE({dbops.day_number(name)}, 0)" for name in RHYTHM]
    cases = " ".join(f"WHEN '{tier.value}' THEN {place}" for place, tier in enumerate(TIERS))
    shown = [f"COALESCE({name}, {UNKNOWN})" for name in SHOWN]
    return dbops.read_ints(
        ["account_id", *days, *WINDOWS, *breadth.NAMES, f"CASE tier {cases} ELSE 0 END", *shown],
        f"FROM accounts_accountscore WHERE {where}",
        params,
    )


def named(left: np.ndarray, name: str) -> np.ndarray:
    """A column of LEFT, row by row."""
    return left[:, 1 + LEFT.index(name)]


def of_each(book: Book, left: np.ndarray, name: str) -> np.ndarray:
    """The same for each account of the book, 0 where there is no row."""
    found = book.blank()
    at, there = book.places(left[:, 0])
    found[at] = named(left, name)[there]
    return found

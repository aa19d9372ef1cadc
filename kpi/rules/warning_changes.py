"""Warnings of a whole book as columns: what a night found, what stands, what it has to write."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

SINCE_BITS, CAUSE_BITS = 22, 3  # an ordinal day, and which cause


class Finding(NamedTuple):
    """A warning that is true today. `since`: the day it stands on. Levels are of rules.warnings,
    causes are numbers of the caller; `first` and `last` are orders; a day that is not is 0.

    What follows the stake is evidence; which of it a cause has, the caller knows.
    """

    account: int
    cause: int
    since: int
    level: int
    raised: int
    red: int
    first: int
    last: int
    revenue: int
    expected: int
    is_season: int
    stake: int
    p: int
    usual: int
    orders: int
    amber: int
    alarm: int
    every: int
    now: int
    then: int
    peak: int
    days: int


class Standing(NamedTuple):
    """A stored warning. `is_answered`: by a person, and for good."""

    pk: int
    account: int
    cause: int
    since: int
    level: int
    stake: int
    red: int
    is_open: int
    is_answered: int


FOUND = np.dtype([(name, np.int64) for name in Finding._fields])
STANDING = np.dtype([(name, np.int64) for name in Standing._fields])


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of FOUND and STANDING; nothing when the night saw the same before. What `changed` is
    what stood, row by row what became of it is in `into`."""

    opened: np.ndarray
    changed: np.ndarray
    into: np.ndarray
    cleared: np.ndarray


def found(size: int, **columns) -> np.ndarray:
    """Rows of FOUND with these columns, the others 0."""
    return _made(FOUND, size, columns)


def standing(size: int, **columns) -> np.ndarray:
    """The same of STANDING."""
    return _made(STANDING, size, columns)


def _made(kind: np.dtype, size: int, columns: dict) -> np.ndarray:
    made = np.zeros(size, kind)
    for name, values in columns.items():
        made[name] = values
    return made


def unknown(stored: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Those of `seen` of which no warning is stored."""
    return seen[_places(stored, seen) < 0]


def changes(stored: np.ndarray, seen: np.ndarray) -> Changes:
    """Open what is new, open again what is true again, clear what is not; answers stay."""
    at = _places(stored, seen)
    known = at >= 0
    stood, now = stored[at[known]], seen[known]
    kept = stood["is_answered"] == 0
    differs = (stood["level"] != now["level"]) | (stood["stake"] != now["stake"])
    change = kept & (differs | (stood["is_open"] == 0))
    held = np.zeros(len(stored), dtype=bool)
    held[at[known][kept]] = True
    cleared = (stored["is_open"] != 0) & ~held
    return Changes(seen[~known], stood[change], now[change], stored[cleared])


def _places(stored: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Where each of `seen` stands in `stored`, -1: nowhere."""
    if not len(stored):
        return np.full(len(seen), -1, dtype=np.int64)
    keys = _keys(stored)
    order = np.argsort(keys)
    wanted = _keys(seen)
    at = order[np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)]
    return np.where(keys[at] == wanted, at, -1)


def _keys(rows: np.ndarray) -> np.ndarray:
    """One silence of one cause of one account."""
    return (rows["account"] << CAUSE_BITS | rows["cause"]) << SINCE_BITS | rows["since"]

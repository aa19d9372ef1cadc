"""Customers by the quarter of their first order, and how many of them still buy each quarter since.

Days are ordinals. Counts come first: a share of three customers is no share.
"""

from dataclasses import dataclass

import numpy as np

VERSION = "cohorts-1"
EPOCH = 719_163  # ordinal of 1 January 1970, where numpy's dates begin
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Cohort:
    """`quarter` counts quarters since 1970; `buying[n]` of `size` bought n quarters later.

    The last one may not be over yet: `is_running`.
    """

    quarter: int
    size: int
    buying: tuple[int, ...]
    is_running: bool

    def share(self, since: int) -> float:
        return self.buying[since] / self.size


def quarters(days: np.ndarray) -> np.ndarray:
    """Quarters since 1970 of ordinal days."""
    dates = (np.asarray(days, dtype=np.int64) - EPOCH).astype("datetime64[D]")
    return dates.astype("datetime64[M]").astype(np.int64) // MONTHS


def first_month(quarter: int) -> tuple[int, int]:
    """Year and month in which a quarter begins.

    >>> first_month(0), first_month(-1), first_month(225)
    ((1970, 1), (1969, 10), (2026, 4))
    """
    return 1970 + quarter // 4, 1 + MONTHS * (quarter % 4)


def cohorts(account: np.ndarray, day: np.ndarray, last: int) -> list[Cohort]:
    """From order days (one row each) up to day `last`; oldest first, quarters without new
    customers left out."""
    day, account = day[day <= last], account[day <= last]
    if not len(day):
        return []
    now, is_over = _now(last)
    ids, at = np.unique(account, return_inverse=True)
    then = quarters(day)
    low, wide = int(then.min()), int(now - then.min()) + 1
    own, when = np.divmod(np.unique(at.ravel() * wide + (then - low)), wide)
    first = when[np.searchsorted(own, np.arange(len(ids)))]
    pairs = np.bincount(first[own] * wide + (when - first[own]), minlength=wide * wide)
    found = []
    for began in np.unique(first).tolist():
        counts = pairs[began * wide : (began + 1) * wide - began]
        quarter, size = low + began, int((first == began).sum())
        found.append(Cohort(quarter, size, tuple(counts.tolist()), not is_over))
    return found


def _now(last: int) -> tuple[int, bool]:
    """The quarter of the last day, and whether it ends with it."""
    now, following = quarters(np.array([last, last + 1])).tolist()
    return now, now != following

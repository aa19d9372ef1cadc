"""Overlapping periods cut at every bound, so that each is a run of whole stretches of days.

Sums by stretch are read once and added up to any of the periods.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from common import dbops
from kpi.queries.periods.period import Period

DAY = dt.timedelta(days=1)
KEPT = 3  # periods whose sums are asked for again at once: of a day, and of the year before it


class Stretches:
    """`bounds` are first days, the last one the day after all; a stretch is named by its place."""

    def __init__(self, periods: Iterable[Period]):
        periods = list(periods)
        firsts = {one.first for one in periods} | {one.last + DAY for one in periods}
        self.bounds = sorted(firsts)
        self.place = {day: place for place, day in enumerate(self.bounds, 1)}

    def run(self, period: Period) -> tuple[int, int]:
        """The first of its stretches and the one after its last."""
        return self.place[period.first], self.place[period.last + DAY]

    def each(self) -> list[Period]:
        return [
            Period(first, end - DAY)
            for first, end in zip(self.bounds, self.bounds[1:], strict=False)
        ]

    def span(self) -> Period:
        return Period(self.bounds[0], self.bounds[-1] - DAY)

    def sql(self, column: str) -> tuple[str, list]:
        """The stretch that a date falls into; 0 is before all."""
        return dbops.place_among(column, self.bounds)

    def on(self, days: np.ndarray) -> np.ndarray:
        """The same of ordinals."""
        bounds = np.array([day.toordinal() for day in self.bounds], dtype=np.int64)
        return np.searchsorted(bounds, days, side="right")


class Sums:
    """Sums by key and stretch: rows are [stretch, key columns, values]."""

    def __init__(self, stretches: Stretches, table: np.ndarray, keys: int):
        table = table[np.argsort(table[:, 0], kind="stable")]
        self.stretches, self.begins = stretches, table[:, 0]
        self.values = np.ascontiguousarray(table[:, 1 + keys :].T)
        self.names, self.at = named(table[:, 1 : 1 + keys])
        self._last: dict[Period, np.ndarray] = {}

    def of(self, period: Period) -> np.ndarray:
        """[rows, keys and values] of all that is not zero in a period; not to be written to."""
        if period not in self._last:
            if len(self._last) >= KEPT:
                del self._last[next(iter(self._last))]
            self._last[period] = self._added(period)
        return self._last[period]

    def _added(self, period: Period) -> np.ndarray:
        low, high = np.searchsorted(self.begins, self.stretches.run(period))
        at = self.at[low:high]
        sums = added(at, len(self.names), [values[low:high] for values in self.values])
        told = sums.any(axis=1)
        return np.concatenate([self.names[told], sums[told]], axis=1)


def within(column: str, periods: Iterable[Period]) -> tuple[str, list]:
    """SQL condition and parameters: a date of `column` lies in one of them."""
    periods = list(periods)
    condition = " OR ".join([f"{column} >= %s AND {column} <= %s"] * len(periods))
    return f"({condition})", [day for one in periods for day in (one.first, one.last)]


def added(at: np.ndarray, count: int, values: Sequence[np.ndarray]) -> np.ndarray:
    """int64 [count, columns]: what stands at the same place is added."""
    sums = [np.zeros(count, dtype=np.int64) for _column in values]
    for total, column in zip(sums, values, strict=True):
        np.add.at(total, at, column)
    return np.stack(sums, axis=1)


def named(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct rows of keys, ascending, and which of them each row is."""
    order = np.lexsort(keys.T[::-1])
    ordered = keys[order]
    begins = np.ones(len(keys), dtype=bool)
    begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    at = np.empty(len(keys), dtype=np.int64)
    at[order] = np.cumsum(begins) - 1
    return ordered[begins], at

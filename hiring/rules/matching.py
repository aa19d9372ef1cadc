"""For each account that is given one like it that is not: what happens to both is the market's.

Nearest pairs first, none used twice. The distance adds up differences that would matter, each in
the unit in which it is told; the segment weighs as much as a threefold revenue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

VERSION = "pairs-1"
REVENUE, RHYTHM, TREND, SEASON, SEGMENT = 1.0, 1.0, 0.5, 0.5, 1.0
STEADIED = 1.0  # logs of nothing
FAR = 2.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two accounts are compared by; `quarters` are the shares of the year's quarters."""

    account: int
    segment: int | None
    revenue: float
    revenue_before: float
    order_days: int
    quarters: tuple[float, ...] = ()

    @property
    def trend(self) -> float:
        """The log of growth over the year before, kept within a factor of four either way."""
        now, then = max(self.revenue, 0) + STEADIED, max(self.revenue_before, 0) + STEADIED
        return max(-log(4), min(log(4), log(now / then)))


@dataclass(frozen=True, slots=True)
class Pair:
    given: int
    control: int
    distance: float

    @property
    def is_far(self) -> bool:
        return self.distance > FAR


def distance(one: Likeness, other: Likeness) -> float:
    """0 is a twin. A threefold revenue or number of order days counts 1, as does the segment.

    >>> a = Likeness(1, 7, 900.0, 900.0, 9)
    >>> b = Likeness(2, 8, 300.0, 300.0, 9)
    >>> round(distance(a, b), 2)
    2.0
    """
    return (
        REVENUE * _steps(one.revenue, other.revenue)
        + RHYTHM * _steps(one.order_days, other.order_days)
        + TREND * abs(one.trend - other.trend) / log(3)
        + SEASON * _season(one.quarters, other.quarters)
        + SEGMENT * (one.segment != other.segment)
    )


def _steps(one: float, other: float) -> float:
    """How many threefolds lie between two sizes."""
    return abs(log((max(one, 0) + STEADIED) / (max(other, 0) + STEADIED))) / log(3)


def _season(one: Sequence[float], other: Sequence[float]) -> float:
    """The part of the year's revenue that would have to move to another quarter, 0 to 1."""
    if not one or not other:
        return 0.0
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2


def pairs(given: Iterable[Likeness], others: Iterable[Likeness], *, each: int = 1) -> list[Pair]:
    """`each` controls for every given account, nearest first, none twice; deterministic.

    In rounds, so that no account gets its second before all have their first.
    """
    pool = {one.account: one for one in others}
    rows = {one.account: one for one in given}
    for account in rows:
        pool.pop(account, None)
    found: list[Pair] = []
    for _round in range(each):
        near = sorted(
            (distance(one, other), one.account, other.account)
            for one in rows.values()
            for other in pool.values()
        )
        waiting = set(rows)
        for far, account, control in near:
            if account in waiting and control in pool:
                waiting.remove(account)
                del pool[control]
                found.append(Pair(account, control, far))
    return sorted(found, key=lambda pair: (pair.given, pair.distance, pair.control))


def quarters_of(months: Sequence[float]) -> tuple[float, ...]:
    """From the net of twelve months; empty where the year brought nothing.

    >>> quarters_of([1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0])
    (0.25, 0.5, 0.0, 0.25)
    """
    plus = [max(value, 0.0) for value in months]
    total = sum(plus)
    if total <= 0:
        return ()
    return tuple(sum(plus[start : start + 3]) / total for start in range(0, 12, 3))

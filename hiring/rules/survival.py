"""How long something takes, when some of it is not over yet (Kaplan and Meier 1958)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.96


@dataclass(frozen=True, slots=True)
class Step:
    """After `day` days the share `open` is not over; between `low` and `high` with 95 %."""

    day: float
    at_risk: int
    events: int
    open: float
    low: float
    high: float


def curve(days: Sequence[float], is_over: Sequence[bool]) -> list[Step]:
    """One step a day on which something ended; cases that are not over count until their day.

    The interval is Greenwood's on the log-log scale, which stays between nought and one.

    >>> [round(step.open, 3) for step in curve([1, 2, 2, 3], [True, True, False, True])]
    [0.75, 0.5, 0.0]
    """
    ends = Counter(day for day, over in zip(days, is_over, strict=True) if over)
    left = Counter(days)
    at_risk, open_share, variance, steps = len(days), 1.0, 0.0, []
    for day in sorted(left):
        events = ends[day]
        if events:
            open_share *= 1 - events / at_risk
            if events < at_risk:
                variance += events / (at_risk * (at_risk - events))
            low, high = _bounds(open_share, variance)
            steps.append(Step(day, at_risk, events, open_share, low, high))
        at_risk -= left[day]
    return steps


def _bounds(open_share: float, variance: float) -> tuple[float, float]:
    if open_share in (0.0, 1.0):
        return open_share, open_share
    spread = Z * sqrt(variance) / abs(log(open_share))
    return open_share ** exp(spread), open_share ** exp(-spread)


def median(steps: Sequence[Step]) -> float | None:
    """The first day when at most half is open; None while more than half still is."""
    return next((step.day for step in steps if step.open <= 0.5 + 1e-12), None)


def median_interval(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    """The days when the lower and the upper bound of the curve cross one half; None: not yet."""
    low = next((step.day for step in steps if step.low <= 0.5), None)
    high = next((step.day for step in steps if step.high <= 0.5), None)
    return low, high

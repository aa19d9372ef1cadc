"""Rates of small numbers: a share with the interval it may truly lie in, and when to be silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma, sqrt

Z = 1.96
# Below, a rate is shown with its counts but never compared or ranked.
ENOUGH = 10
# How much a small source borrows from all the others, until there is enough to fit it.
BORROWED = 10.0
SOURCES_TO_FIT = 5
PEOPLE_TO_FIT = 20


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `cases`; `low` and `high` bound the true share with 95 % (Wilson 1927)."""

    hits: int
    cases: int
    share: float | None
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.cases >= ENOUGH


def rate(hits: int, cases: int) -> Rate:
    """A share and its Wilson interval; of no cases the share is unknown and may be anything.

    >>> found = rate(24, 48)
    >>> round(found.low, 2), round(found.high, 2)
    (0.36, 0.64)
    """
    if not 0 <= hits <= cases:
        raise ValueError(f"{hits} of {cases}")
    if not cases:
        return Rate(0, 0, None, 0.0, 1.0)
    share, square = hits / cases, Z * Z
    centre = (share + square / (2 * cases)) / (1 + square / cases)
    half = Z / (1 + square / cases) * sqrt(share * (1 - share) / cases + square / (4 * cases**2))
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == cases else min(1.0, centre + half)
    return Rate(hits, cases, share, low, high)


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two shares, in parts of one; `is_proven` when the interval leaves nought out."""

    points: float
    low: float
    high: float

    @property
    def is_proven(self) -> bool:
        return self.low > 0 or self.high < 0


def difference(first: Rate, second: Rate) -> Difference | None:
    """The first share less the second (Newcombe 1998, method 10); None without cases.

    >>> found = difference(rate(12, 20), rate(15, 40))
    >>> round(found.points, 3), round(found.low, 2), round(found.high, 2), found.is_proven
    (0.225, -0.04, 0.45, False)
    """
    if first.share is None or second.share is None:
        return None
    points = first.share - second.share
    below = sqrt((first.share - first.low) ** 2 + (second.high - second.share) ** 2)
    above = sqrt((first.high - first.share) ** 2 + (second.share - second.low) ** 2)
    return Difference(points, points - below, points + above)


def shrunk(rates: Sequence[Rate]) -> list[float | None]:
    """Each share drawn towards that of all: small sources say little by themselves.

    (k·p + hits) / (k + cases), with k = 10 until five sources have twenty people each; from then
    on the k of the greatest beta-binomial likelihood. None where nobody has been counted at all.
    """
    cases = sum(one.cases for one in rates)
    if not cases:
        return [None for _one in rates]
    mean = sum(one.hits for one in rates) / cases
    weight = _weight(rates, mean)
    return [(weight * mean + one.hits) / (weight + one.cases) for one in rates]


def _weight(rates: Sequence[Rate], mean: float) -> float:
    large = [one for one in rates if one.cases >= PEOPLE_TO_FIT]
    if len(large) < SOURCES_TO_FIT or not 0 < mean < 1:
        return BORROWED
    weights = [2.0 ** (step / 2) for step in range(-2, 21)]  # from 1/2 to about 1,000
    return max(weights, key=lambda weight: _likelihood(rates, mean, weight))


def _likelihood(rates: Sequence[Rate], mean: float, weight: float) -> float:
    a, b = weight * mean, weight * (1 - mean)
    return sum(_log_beta(a + one.hits, b + one.cases - one.hits) - _log_beta(a, b) for one in rates)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)

"""What a small portfolio can say: ranges, shrunk rates and the leave to rank (methods 1.15).

"2 of 3 kept" is anything from 21 to 94 %. So counts come first, then the range, and two managers
are put in an order only where the order would very likely stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt

VERSION = "intervals-1"
Z95 = 1.959963984540054  # the normal quantile of 97.5 %
PRIOR = 10.0
MOST_PRIOR = 500.0
CERTAIN = 0.9
LEAST_GROUPS = 3  # fewer tell nothing about how much managers differ
STEPS = 2_000


def wilson(hits: int, of: int, z: float = Z95) -> tuple[float, float] | None:
    """The range of a rate by Wilson's score; None of nothing.

    >>> [round(end, 4) for end in wilson(2, 3)]
    [0.2077, 0.9385]
    """
    if not of:
        return None
    rate, square = hits / of, z * z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    low = 0.0 if hits == 0 else middle - half
    return low, 1.0 if hits == of else middle + half


def shrunk(hits: int, of: int, rate: float, weight: float = PRIOR) -> float:
    """A rate drawn towards the team's: as if `weight` more accounts had gone as the team's do.

    >>> shrunk(2, 2, 0.8)
    0.8333333333333334
    """
    return (hits + weight * rate) / (of + weight)


def team_rate(groups: Sequence[tuple[int, int]]) -> float | None:
    """Hits of all groups over all their accounts; None without any."""
    of = sum(count for _hits, count in groups)
    return sum(hits for hits, _count in groups) / of if of else None


def fitted_weight(groups: Sequence[tuple[int, int]]) -> float:
    """How many accounts the team's rate weighs: the beta-binomial m of greatest likelihood.

    Between 1 and MOST_PRIOR (groups that do not differ); PRIOR where there is too little to fit.
    """
    return _fitted_weight(tuple(groups))


@lru_cache(maxsize=16)  # each group of a page is held against the same groups
def _fitted_weight(groups: tuple[tuple[int, int], ...]) -> float:
    rate = team_rate(groups)
    known = [(hits, of) for hits, of in groups if of > 1]
    if len(known) < LEAST_GROUPS or rate in (None, 0.0, 1.0):
        return PRIOR
    low, high = 0.0, log(MOST_PRIOR)
    grid = [exp(low + (high - low) * step / 60) for step in range(61)]
    best = max(grid, key=lambda weight: _likelihood(known, rate, weight))
    return _refined(known, rate, best)


def _likelihood(groups: Sequence[tuple[int, int]], rate: float, weight: float) -> float:
    a, b = weight * rate, weight * (1 - rate)
    unseen = _log_beta(a, b)
    return sum(_log_beta(hits + a, of - hits + b) - unseen for hits, of in groups)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _refined(groups: Sequence[tuple[int, int]], rate: float, near: float) -> float:
    """Golden section around the best step of the grid."""
    ratio = (sqrt(5) - 1) / 2
    low, high = max(1.0, near / 1.2), min(MOST_PRIOR, near * 1.2)
    for _step in range(60):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if _likelihood(groups, rate, left) >= _likelihood(groups, rate, right):
            high = right
        else:
            low = left
    return (low + high) / 2


def chance_below(hits: int, of: int, rate: float, weight: float = PRIOR) -> float:
    """P(the group's own rate < `rate`) after seeing its counts, by the beta posterior."""
    a, b = hits + weight * rate, of - hits + weight * (1 - rate)
    if rate <= 0 or rate >= 1:
        return 0.0
    return _incomplete_beta(a, b, rate)


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised I_x(a, b) by its continued fraction, from the tail where that converges fast."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = exp(a * log(x) + b * log(1 - x) - _log_beta(a, b)) / a
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, two terms a step (Lentz)."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            value *= c * d
        if abs(value - before) <= 1e-15 * abs(value):
            break
    return value


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group stands against all groups; `verdict` is "below", "above" or "" for not told."""

    shrunk: float
    below: float
    verdict: str


def standing(hits: int, of: int, groups: Sequence[tuple[int, int]]) -> Standing | None:
    """A verdict only where it is more than 90 % likely; None without accounts."""
    rate = team_rate(groups)
    if rate is None or not of:
        return None
    weight = fitted_weight(groups)
    below = chance_below(hits, of, rate, weight)
    if not 0 < rate < 1:
        return Standing(shrunk(hits, of, rate, weight), below, "")
    verdict = "below" if below > CERTAIN else "above" if below < 1 - CERTAIN else ""
    return Standing(shrunk(hits, of, rate, weight), below, verdict)

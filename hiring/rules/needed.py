"""How many to hire, or to call, to be sure enough of k good ones."""

from collections.abc import Callable, Mapping, Sequence
from math import exp, lgamma, log, prod

CERTAINTIES = (0.80, 0.90, 0.95)
MOST = 1_000_000


def binomial_tail(number: int, share: float, wanted: int) -> float:
    """P(at least `wanted` of `number`), each with the same chance."""
    if wanted <= 0:
        return 1.0
    if wanted > number or share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    below = sum(exp(_log_choose(number, k) + k * log(share) + (number - k) * log(1 - share))
                for k in range(wanted))  # fmt: skip
    return max(0.0, 1.0 - below)


def beta_binomial_tail(number: int, stayed: float, left: float, wanted: int) -> float:
    """The same where the chance itself is known from few: Beta(stayed, left)."""
    if wanted <= 0:
        return 1.0
    if wanted > number:
        return 0.0
    below = sum(
        exp(_log_choose(number, k) + _log_beta(stayed + k, left + number - k)
            - _log_beta(stayed, left))
        for k in range(wanted)
    )  # fmt: skip
    return max(0.0, 1.0 - below)


def hires_needed(good: int, attrition: float, certainty: float) -> int:
    """The fewest hires of whom at least `good` stay with this certainty.

    >>> [hires_needed(1, 0.5, certainty) for certainty in CERTAINTIES]
    [3, 4, 5]
    """
    return _fewest(good, certainty, lambda number: binomial_tail(number, 1 - attrition, good))


def hires_needed_from(good: int, stayed: float, left: float, certainty: float) -> int:
    """The same from own history as Beta(stayed, left), the prior included."""
    return _fewest(good, certainty, lambda number: beta_binomial_tail(number, stayed, left, good))


def hires_for_gap(
    missing: Mapping[int, float], stayed: float, left: float, certainty: float
) -> int:
    """The fewest hires that close a gap which is itself uncertain: {people missing: its chance}.

    >>> hires_for_gap({1: 1.0}, 5_000, 5_000, .80), hires_for_gap({0: .9, 1: .1}, 1, 1, .80)
    (3, 0)
    """
    whole = sum(missing.values())

    def chance(number: int) -> float:
        closed = (
            share * beta_binomial_tail(number, stayed, left, people)
            for people, share in missing.items()
        )
        return sum(closed) / whole

    return 0 if chance(0) >= certainty else _fewest(1, certainty, chance)


def calls_needed(good: int, shares: Sequence[float], certainty: float) -> int:
    """The fewest calls that end in `good` people who stay, through stages with these shares.

    >>> calls_needed(1, [.40, .30, .50, .50, .25, .50], .90)
    613
    """
    through = prod(shares)
    return _fewest(good, certainty, lambda number: binomial_tail(number, through, good))


def _fewest(good: int, certainty: float, chance: Callable[[int], float]) -> int:
    """By doubling, then halving; the chance grows with the number. ValueError: never enough."""
    if good <= 0:
        return 0
    low, high = good - 1, good
    while chance(high) < certainty:
        low, high = high, high * 2
        if high > MOST:
            raise ValueError("no number is enough")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if chance(middle) >= certainty else (middle, high)
    return high


def _log_choose(number: int, k: int) -> float:
    return lgamma(number + 1) - lgamma(k + 1) - lgamma(number - k + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)

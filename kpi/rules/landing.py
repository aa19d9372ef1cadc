"""Where a year will end, from what is sold so far, the season and last year (methods 1.12).

Units are whole; the square root is taken in decimals, never in floats. A changed formula gets a
new VERSION.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kpi.rules.plan import Season, season

VERSION = "landing-1"


@dataclass(frozen=True, slots=True)
class Landing:
    """`error` is how far past years ended from what was said at this point, at most: a share of
    what was said, found on `years` of them; None where there is no past to try it on. A past that
    missed by the whole figure leaves no range."""

    value: int
    error: Decimal | None = None
    years: int = 0

    @property
    def low(self) -> int | None:
        return self._end(-1)

    @property
    def high(self) -> int | None:
        return self._end(1)

    def _end(self, sign: int) -> int | None:
        if self.error is None or self.error >= 1 or self.value <= 0:
            return None
        return _whole(self.value * (1 + sign * self.error))


def blend(so_far: int, share: Fraction, prior: int) -> int:
    """√S · so far / S + (1 − √S) · prior: the later in the year, the less last year counts."""
    if share <= 0:
        return prior
    part = Decimal(share.numerator) / Decimal(share.denominator)
    root = part.sqrt()
    return _whole(root * so_far / part + (1 - root) * prior)


def rest_of_plan(so_far: int, share: Fraction, plan: int) -> int:
    """Under two years of history: what is sold, and the plan for what is left of the year."""
    return so_far + _whole(Decimal(plan) * (1 - share).numerator / (1 - share).denominator)


def past_error(
    years: Sequence[Sequence[int]], seasons: Sequence[Sequence[int]], months: int
) -> tuple[Decimal | None, int]:
    """The largest error of past years at the end of as many `months`, and how many were tried.

    `years` are somebody's whole years in a row, `seasons` the company's of the same years. Each
    year is judged by the season of the others and by the year before it.
    """
    found = []
    for place in range(1, len(years)):
        others = [one for at, one in enumerate(seasons) if at != place]
        shares = season(others, least=1)
        so_far, ended = sum(years[place][:months]), sum(years[place])
        if shares is None:
            continue
        said = blend(so_far, shares[months - 1] if months else Fraction(), sum(years[place - 1]))
        if said > 0:
            found.append(abs(Decimal(ended) / said - 1))
    return (max(found) if found else None), len(found)


def land(
    so_far: int, share: Fraction | None, prior: int | None, plan: int | None, planned: int
) -> int | None:
    """Where the year ends; None where neither the past nor a plan says anything.

    `share` is the season's, None under two years of history; then `planned`, what the plan asked
    for so far, stands for it.
    """
    if share is None:
        return None if not plan else rest_of_plan(so_far, Fraction(planned, plan), plan)
    prior = plan if prior is None or prior <= 0 else prior
    return None if prior is None else blend(so_far, share, prior)


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


__all__ = ["VERSION", "Landing", "Season", "blend", "land", "past_error", "rest_of_plan"]

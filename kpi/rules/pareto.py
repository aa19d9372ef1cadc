"""Pareto tiers: who carries the first 80 % of revenue, and who the next 15.

All comparisons are between whole numbers. A cut of p percent of a total T is passed when
100·cum < p·T, so its bound is ⌈p·T/100⌉, found once in exact arithmetic.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

RULE_VERSION = "pareto-1"
N, C, B, A = 0, 1, 2, 3  # levels: the higher, the better
LETTERS = np.array(["N", "C", "B", "A"])
DEFAULT_CUTS = (Decimal(80), Decimal(95))
FEW = 5


@dataclass(frozen=True, slots=True)
class Ranking:
    """Accounts by revenue. Arrays are as long as the input; accounts ≤ 0 hold zeros.

    `order` lists positive accounts from the largest down, equal ones as they came in; `rank` is
    1 + the number of strictly larger accounts; `before` is their revenue in units, so both are
    the same for equal accounts; `total` is the sum of positive revenue.
    """

    order: np.ndarray
    rank: np.ndarray
    before: np.ndarray
    running: np.ndarray
    total: int

    @property
    def count(self) -> int:
        return len(self.order)


def rank_accounts(revenue: np.ndarray) -> Ranking:
    """Rank int64 units of net revenue; returns and credits are already netted."""
    positive = np.flatnonzero(revenue > 0)
    order = positive[np.argsort(-revenue[positive], kind="stable")]
    values = revenue[order]
    running = np.cumsum(values)
    fresh = np.ones(len(values), dtype=bool)
    fresh[1:] = values[1:] != values[:-1]
    leader = np.flatnonzero(fresh)[np.cumsum(fresh) - 1] if len(values) else order
    rank = np.zeros(len(revenue), dtype=np.int64)
    before = np.zeros(len(revenue), dtype=np.int64)
    rank[order] = leader + 1
    before[order] = (running - values)[leader]
    return Ranking(order, rank, before, running, int(running[-1]) if len(values) else 0)


def cut_bound(total: int, percent: Decimal | int | Fraction) -> int:
    """The smallest whole number of units that is not below `percent` of `total`."""
    exact = Fraction(percent) * total / 100
    return -(-exact.numerator // exact.denominator)


def tiers(ranking: Ranking, cuts: tuple = DEFAULT_CUTS) -> np.ndarray:
    """int8 levels by the revenue before the tie group: the account that crosses a cut goes up."""
    level = np.where(ranking.rank > 0, C, N).astype(np.int8)
    for better, cut in ((B, cuts[1]), (A, cuts[0])):
        level[(ranking.rank > 0) & (ranking.before < cut_bound(ranking.total, cut))] = better
    return level


def strict_tiers(ranking: Ranking, cuts: tuple = DEFAULT_CUTS) -> np.ndarray:
    """int8 levels by the revenue including the row itself, row by row (the common BI formula).

    Equal accounts may fall on both sides of a cut; they stand in the order they came in.
    """
    level = np.zeros(len(ranking.rank), dtype=np.int8)
    row = np.full(ranking.count, C, dtype=np.int8)
    for better, cut in ((B, cuts[1]), (A, cuts[0])):
        exact = Fraction(cut) * ranking.total / 100
        row[ranking.running <= exact.numerator // exact.denominator] = better
    level[ranking.order] = row
    return level


def degenerate(revenue: np.ndarray) -> str:
    """Why a book has a curve but no tiers worth showing: "few", "equal", or "" when it has."""
    values = revenue[revenue > 0]
    if len(values) < FEW:
        return "few"
    return "equal" if values.min() == values.max() else ""


def curve(ranking: Ranking, points: int = 400) -> list[tuple[int, int]]:
    """At most about `points` (accounts, their revenue in units) of the cumulative line.

    Small books keep every account; large ones keep the head whole and thin the tail, where
    neighbours differ by less than a pixel.
    """
    count = ranking.count
    if count <= points:
        picked = np.arange(count)
    else:
        head = np.arange(points // 4)
        tail = np.geomspace(len(head), count - 1, points - len(head))
        picked = np.unique(np.concatenate([head, tail.round().astype(np.int64)]))
    return [(int(i) + 1, int(ranking.running[i])) for i in picked]

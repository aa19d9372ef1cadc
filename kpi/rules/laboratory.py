"""One book of customers under any policy: what the night would decide, for the whole book at once.

The night and the laboratory ask the same functions, so that what is tried is what is adopted.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

import numpy as np

from kpi.rules import hysteresis, key, pareto

RULE_VERSION = "laboratory-1"
UNPINNED = -1


@dataclass(frozen=True, slots=True)
class Book:
    """Accounts that stand alone, as arrays of one length; sums are int64 units.

    `revenue` and `margin` hold a column per remembered day: of the day itself, of the last
    month-end, of the one before it; month-ends without a full year of ledger are left out.
    `marks` is int8 [accounts, criteria]; `tier_pin` a level or UNPINNED; `key_pin` 1, -1 or 0.
    """

    ids: np.ndarray
    revenue: np.ndarray
    margin: np.ndarray
    marks: np.ndarray
    tier_pin: np.ndarray
    key_pin: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy on plain values; `weights` are per criterion, in the order of Book.marks."""

    by_margin: bool
    cuts: tuple[Decimal, Decimal]
    keys: key.KeyRules
    weights: tuple[int, ...]
    accounts_per_kam: Decimal


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged book: levels `of_day` alone, `tier` in force after hysteresis and pins."""

    ranking: pareto.Ranking
    of_day: np.ndarray
    tier: np.ndarray
    key: np.ndarray
    reason: np.ndarray
    dropped: int
    key_share: float
    kams_needed: int


def judge(book: Book, rules: Rules) -> Verdict:
    """Decide tiers and keys of every account."""
    basis = book.margin if rules.by_margin else book.revenue
    ranking = pareto.rank_accounts(basis[:, 0])
    today = pareto.tiers(ranking, rules.cuts)
    past = [
        pareto.tiers(pareto.rank_accounts(basis[:, column]), rules.cuts)
        for column in range(1, basis.shape[1])
    ]
    tier = hysteresis.tier_in_force(today, *past)
    tier = np.where(book.tier_pin == UNPINNED, tier, book.tier_pin)
    keys = key.key_accounts(
        tier=tier,
        revenue=book.revenue[:, 0],
        basis=basis[:, 0],
        criteria_score=book.marks @ np.array(rules.weights, dtype=np.int64),
        pin=book.key_pin,
        rules=rules.keys,
    )
    return Verdict(
        ranking=ranking,
        of_day=today,
        tier=tier,
        key=keys.key,
        reason=keys.reason,
        dropped=keys.dropped,
        key_share=share_of(book.revenue[:, 0], keys.key),
        kams_needed=kams_needed(int(keys.key.sum()), rules.accounts_per_kam),
    )


def share_of(revenue: np.ndarray, chosen: np.ndarray) -> float:
    """Fraction of positive revenue that the chosen accounts bring; 0 for an empty book."""
    total = int(revenue[revenue > 0].sum())
    return int(revenue[chosen & (revenue > 0)].sum()) / total if total else 0.0


def kams_needed(key_accounts: int, per_kam: Decimal) -> int:
    """Managers needed when each holds `per_kam` key accounts."""
    return ceil(key_accounts / per_kam) if key_accounts else 0


def entering(before: Verdict, after: Verdict) -> np.ndarray:
    """Indices of accounts that become key, largest first."""
    return by_rank(after.ranking, after.key & ~before.key)


def leaving(before: Verdict, after: Verdict) -> np.ndarray:
    """Indices of accounts that stop being key, largest first."""
    return by_rank(after.ranking, before.key & ~after.key)


def by_rank(ranking: pareto.Ranking, chosen: np.ndarray) -> np.ndarray:
    """Indices of the chosen in the order of the ranking, those without a rank last."""
    found = np.flatnonzero(chosen)
    rank = np.where(ranking.rank[found] > 0, ranking.rank[found], np.iinfo(np.int64).max)
    return found[np.argsort(rank, kind="stable")]

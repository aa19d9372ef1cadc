"""How much of the business hangs on how few: positive revenue only (methods 1.5)."""

from dataclasses import dataclass

import numpy as np

RULE_VERSION = "concentration-1"


@dataclass(frozen=True, slots=True)
class Concentration:
    """Shares are fractions of positive revenue; `hhi` runs to 10,000; `gini` is the population's.

    `effective_accounts` reads as "like N equal customers". All None for a book without revenue.
    """

    accounts: int
    top1_share: float | None
    top5_share: float | None
    top10_share: float | None
    top20pct_accounts: int
    top20pct_share: float | None
    hhi: float | None
    effective_accounts: float | None
    gini: float | None


EMPTY = Concentration(0, None, None, None, 0, None, None, None, None)


def concentration(revenue: np.ndarray) -> Concentration:
    """Concentration of int64 units of net revenue; accounts ≤ 0 are left out."""
    return of_sorted(np.sort(revenue))


def of_sorted(ascending: np.ndarray) -> Concentration:
    """The same of revenue in ascending order."""
    ascending = ascending[np.searchsorted(ascending, 0, side="right") :]
    count = len(ascending)
    if not count:
        return EMPTY
    total = int(ascending.sum())
    fifth = -(-count // 5)  # ⌈0.2·n⌉ without a float

    def top(number: int) -> float:
        return int(ascending[-number:].sum()) / total

    shares = ascending / total
    squares = float(np.square(shares).sum())
    weights = 2 * np.arange(1, count + 1) - count - 1
    return Concentration(
        accounts=count,
        top1_share=top(1),
        top5_share=top(5),
        top10_share=top(10),
        top20pct_accounts=fifth,
        top20pct_share=top(fifth),
        hhi=squares * 10_000,
        effective_accounts=1 / squares,
        gini=max(0.0, float((weights * shares).sum()) / count),
    )

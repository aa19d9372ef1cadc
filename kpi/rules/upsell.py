"""Additional services: what customers of old began to buy, and growth besides (methods 1.8).

An additional service is an account and a service line with net revenue above zero in the period
(so it was not credited in full by its end) that the account had not bought in the 24 months before
the period. Only accounts with a base are counted: what a new customer buys is new business.
"""

from dataclasses import astuple, dataclass

import numpy as np

VERSION = "upsell-1"
YEARS = 2  # without a purchase of the line before it counts as additional


@dataclass(frozen=True, slots=True)
class Upsell:
    """Counts, and money in units. `expansion` is that of retention."""

    base_accounts: int = 0
    accounts_with_additional: int = 0
    additional_services: int = 0
    additional_revenue: int = 0
    expansion: int = 0

    def __add__(self, more: "Upsell") -> "Upsell":
        return Upsell(*(a + b for a, b in zip(astuple(self), astuple(more), strict=True)))

    @property
    def cross_sell_rate(self) -> float | None:
        """Accounts with an additional service over accounts with a base.

        None without a base, and where a group began with fewer accounts than it sold to since:
        they came to it during the period.
        """
        if not self.base_accounts or self.accounts_with_additional > self.base_accounts:
            return None
        return self.accounts_with_additional / self.base_accounts

    @property
    def upsell(self) -> int:
        """Growth within service lines already bought. Below zero where additional services
        replaced what accounts had bought before."""
        return self.expansion - self.additional_revenue


def additional(net: np.ndarray, bought_before: np.ndarray, in_base: np.ndarray) -> np.ndarray:
    """bool per pair of account and service line; `net` is that of the period, in units."""
    return (net > 0) & ~bought_before & in_base

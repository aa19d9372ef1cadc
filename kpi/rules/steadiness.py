"""Of whom steadiness and rank may be told: XYZ needs a history, quintiles need enough customers.

On the orders of a customer who is new or buys twice a year every measure of swing is large and says
nothing (methods 1.3); of twenty customers a fifth is four (methods 1.4).
"""

import numpy as np

from kpi.rules.rfm import rfm
from kpi.rules.xyz import QUARTERS, variation, xyz

VERSION = "steadiness-1"
LEAST_QUARTERS = QUARTERS // 2
LEAST_RANKED = 25
QUIET, GOOD = 2, 4


def recurring(revenue: np.ndarray, is_old: np.ndarray) -> np.ndarray:
    """bool per row of [accounts, quarters]: bought in half of the quarters, and already before or
    in the first of them."""
    return is_old & ((revenue > 0).sum(axis=1) >= LEAST_QUARTERS)


def letters(revenue: np.ndarray, is_old: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """CV (NaN where not told) and "X", "Y", "Z" or ""."""
    cv = np.where(recurring(revenue, is_old), variation(revenue), np.nan)
    return cv, xyz(cv)


def ranks(silent_days: np.ndarray, order_days: np.ndarray, revenue: np.ndarray) -> np.ndarray:
    """RFM [accounts, 3]; all 0 among fewer than LEAST_RANKED customers."""
    if len(revenue) < LEAST_RANKED:
        return np.zeros((len(revenue), 3), dtype=np.int8)
    return rfm(silent_days, order_days, revenue)


def gone_quiet(scores: np.ndarray) -> np.ndarray:
    """bool: of the better two fifths by frequency and money, and of the worse two by recency."""
    r, f, m = scores.T
    return (r > 0) & (r <= QUIET) & (f >= GOOD) & (m >= GOOD)

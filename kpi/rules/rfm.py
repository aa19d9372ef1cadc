"""RFM: independent quintiles that rank accounts for a list; never a probability (methods 1.4)."""

import numpy as np

RULE_VERSION = "rfm-1"


def quintile(values: np.ndarray) -> np.ndarray:
    """int8 scores 1 to 5 by ⌈5·minrank/n⌉, 5 for the highest; equal values share a score."""
    count = len(values)
    if not count:
        return np.zeros(0, dtype=np.int8)
    _, inverse, sizes = np.unique(values, return_inverse=True, return_counts=True)
    min_rank = (np.cumsum(sizes) - sizes + 1)[inverse]
    return (-(-5 * min_rank // count)).astype(np.int8)


def rfm(silent_days: np.ndarray, order_days: np.ndarray, revenue: np.ndarray) -> np.ndarray:
    """int8 [accounts, 3]: recency (fewer silent days score higher), frequency, money."""
    return np.column_stack([quintile(-silent_days), quintile(order_days), quintile(revenue)])

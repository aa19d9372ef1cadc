"""XYZ: how steady an account's revenue is, by the coefficient of variation (methods 1.3)."""

import numpy as np

RULE_VERSION = "xyz-1"
THRESHOLDS = (0.5, 1.0)
QUARTERS = 8


def variation(revenue: np.ndarray) -> np.ndarray:
    """σ/μ of each row of [accounts, periods], zero periods included, population σ.

    NaN where the mean is not positive: such an account has no steadiness to speak of.
    """
    mean = revenue.mean(axis=1)
    spread = revenue.std(axis=1)
    return np.divide(spread, mean, out=np.full(len(mean), np.nan), where=mean > 0)


def xyz(cv: np.ndarray, thresholds: tuple[float, float] = THRESHOLDS) -> np.ndarray:
    """ "X" below the first threshold, "Y" to the second inclusive, "Z" above, "" for NaN."""
    steady, wild = thresholds
    letters = np.where(cv < steady, "X", np.where(cv <= wild, "Y", "Z"))
    return np.where(np.isnan(cv), "", letters)

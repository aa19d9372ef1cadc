"""The normal distribution, as far as rules need it."""

from math import erfc, sqrt

import numpy as np


def upper_tail(z: np.ndarray) -> np.ndarray:
    """1 - Φ(z), exact far out in the tail; NaN stays NaN."""
    return np.array([erfc(value) / 2 for value in (np.asarray(z) / sqrt(2)).tolist()])

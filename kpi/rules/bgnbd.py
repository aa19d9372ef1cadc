"""BG/NBD: how often an account orders, and whether it has stopped, from three numbers of each.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (Marketing Science 24, 2005): x repeat
order days, the age at the last of them t_x, the age now T, in weeks since the first order day. All
that the gamma function is needed for are ratios over whole steps, which are running sums of
logarithms: numpy is enough.
"""

from dataclasses import dataclass

import numpy as np

VERSION = "bgnbd-1"
WEEK = 7.0
LEAST_ACCOUNTS = 200
START = (1.0, 10.0, 1.0, 2.0)
LOWEST, HIGHEST = -9.0, 9.0  # of the logarithms: beyond them the likelihood is flat
STEPS = 100
LONGEST_STEP = 2.0
PRECISION = 1e-7  # of the slope per account
WORTH = 1e-8  # of a step, in log-likelihood per account; on a ridge the slope alone never ends
SAMPLE = 2_000  # histories enough to begin near the top


@dataclass(frozen=True, slots=True)
class Histories:
    """Distinct histories and how many accounts have each; times in weeks."""

    orders: np.ndarray
    last: np.ndarray
    age: np.ndarray
    weight: np.ndarray

    def every(self, step: int) -> "Histories":
        """Each so many-th one."""
        return Histories(*(getattr(self, name)[::step] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Fit:
    """Order rates are gamma (r, alpha), chances to stop after an order beta (a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    accounts: int


def histories(repeats: np.ndarray, last_days: np.ndarray, age_days: np.ndarray) -> Histories:
    """Equal ones put together: found on one packed key, ten times faster than by rows."""
    span = int(age_days.max(initial=0)) + 1
    packed = (repeats.astype(np.int64) * span + last_days) * span + age_days
    key, count = np.unique(packed, return_counts=True)
    rest, age = np.divmod(key, span)
    orders, last = np.divmod(rest, span)
    return Histories(orders, last / WEEK, age / WEEK, count.astype(float))


def fit(data: Histories, start: tuple[float, ...] = START) -> Fit | None:
    """The likeliest parameters; None where nobody ever ordered twice.

    Newton's method on the logarithms of the parameters, each step uphill and bounded; a large
    book is begun where a sample of it ends.
    """
    if not (data.orders * data.weight).sum():
        return None
    step = len(data.orders) // SAMPLE
    if step > 1 and (near := fit(data.every(step), start)):
        start = (near.r, near.alpha, near.a, near.b)
    at, value = _climb(np.clip(np.log(start), LOWEST, HIGHEST), data)
    r, alpha, a, b = (float(one) for one in np.exp(at))
    return Fit(r, alpha, a, b, value, int(data.weight.sum()))


def _climb(at: np.ndarray, data: Histories) -> tuple[np.ndarray, float]:
    """The top, and how high it is."""
    accounts = data.weight.sum()
    value, slope = _likelihood(at, data)
    damping = 1e-3
    for _step in range(STEPS):
        if np.abs(_free(at, slope)).max() < PRECISION * accounts:
            break
        curve = _curvature(at, data, slope)
        while damping < 1e9:
            trial = np.clip(at + _uphill(curve, _free(at, slope), damping), LOWEST, HIGHEST)
            found, found_slope = _likelihood(trial, data)
            if found >= value:
                break
            damping *= 10
        else:
            break
        gain = found - value
        at, value, slope, damping = trial, found, found_slope, max(damping / 10, 1e-9)
        if gain < WORTH * accounts:
            break
    return at, value


def _free(at: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """The slope without what would lead out of bounds."""
    return np.where(((at <= LOWEST) & (slope < 0)) | ((at >= HIGHEST) & (slope > 0)), 0.0, slope)


def _uphill(curve: np.ndarray, slope: np.ndarray, damping: float) -> np.ndarray:
    """Newton's step; directions that curve the wrong way are walked as if they curved the right."""
    sizes, directions = np.linalg.eigh(curve)
    sizes = np.abs(sizes) + damping * max(np.abs(sizes).max(), 1.0)
    step = directions @ ((directions.T @ slope) / sizes)
    return step * min(1.0, LONGEST_STEP / max(np.abs(step).max(), 1e-300))


def _curvature(at: np.ndarray, data: Histories, slope: np.ndarray) -> np.ndarray:
    """Second derivatives from differences of the exact first ones."""
    width = 1e-5
    rows = []
    for place in range(len(at)):
        moved = at.copy()
        moved[place] += width
        rows.append((_likelihood(moved, data)[1] - slope) / width)
    curve = np.array(rows)
    return (curve + curve.T) / 2


def _likelihood(at: np.ndarray, data: Histories) -> tuple[float, np.ndarray]:
    """Log-likelihood and its slope in the logarithms of the parameters; L = A1·A2·(A3 + A4)."""
    r, alpha, a, b = np.exp(at)
    x, repeated = data.orders, data.orders > 0
    steps = np.arange(x.max())
    after, now = np.log(alpha + data.last), np.log(alpha + data.age)
    third = -(r + x) * now
    fourth = np.full(len(x), -np.inf)
    stop = np.where(repeated, b + x - 1, 1.0)
    fourth[repeated] = (np.log(a) - np.log(stop) - (r + x) * after)[repeated]
    both = np.logaddexp(third, fourth)
    living, gone = np.exp(third - both), np.exp(fourth - both)
    value = (
        _running(np.log(r + steps), x) + r * np.log(alpha)
        + _running(np.log(b + steps) - np.log(a + b + steps), x) + both
    )  # fmt: skip
    shared = _running(1 / (a + b + steps), x)
    slopes = np.stack([
        _running(1 / (r + steps), x) + np.log(alpha) - living * now - gone * after,
        r / alpha - (r + x) * (living / (alpha + data.age) + gone / (alpha + data.last)),
        gone / a - shared,
        _running(1 / (b + steps), x) - shared - gone / stop,
    ])  # fmt: skip
    return float(value @ data.weight), slopes @ data.weight * np.exp(at)


def _running(terms: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Sum of the first `count` terms, for each count."""
    return np.concatenate([[0.0], np.cumsum(terms)])[count]


def p_order(
    found: Fit, repeats: np.ndarray, last_days: np.ndarray, age_days: np.ndarray, horizon: int
) -> np.ndarray:
    """Chance of at least one order day within the next `horizon` days.

    The chance to be a customer still, which is one for whoever ordered once and is never shown,
    times the chance that such a customer orders in that time.
    """
    age, last, ahead = age_days / WEEK, last_days / WEEK, horizon / WEEK
    shape = found.r + repeats
    stop = np.where(repeats > 0, found.b + repeats - 1, 1.0)
    odds = np.exp(shape * (np.log(found.alpha + age) - np.log(found.alpha + last)))
    living = 1 / (1 + np.where(repeats > 0, found.a / stop, 0.0) * odds)
    silent = np.exp(shape * (np.log(found.alpha + age) - np.log(found.alpha + age + ahead)))
    return living * (1 - silent)

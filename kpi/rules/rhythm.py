"""When silence is unusual: each customer's own gaps between orders, drawn to those of the book.

Logarithms of gaps are kept as int64 billionths, each gap rounded on its own: sums of integers can
be added to and taken from without drifting, so a slid state equals one built from scratch.
Source: methods 1.10; a one-way random-effects model with moment estimators.
"""

from dataclasses import asdict, dataclass
from functools import cache

import numpy as np

from kpi.rules.normal import upper_tail

RULE_VERSION = "rhythm-1"
BILLION = 10**9
LONGEST = 36_525  # days: a gap or a threshold of a century is as good as any longer one
FEWEST = 2  # gaps, that is three order days, below which nothing is claimed
AMBER, RED = 1.2815515655446004, 1.6448536269514722  # a living customer: 1 time in 10, 1 in 20
ROUNDING = 1e-7  # what rounding to billionths can make of a spread that is none
NONE = 0  # day number of an alarm that nobody can name

ALARMS = ("too_early", "none", "amber", "red")
TOO_EARLY, QUIET, AMBER_ALARM, RED_ALARM = range(4)


@cache
def _logs() -> tuple[np.ndarray, np.ndarray]:
    logs = np.log(np.arange(1, LONGEST + 1))
    return tuple(np.rint(part * BILLION).astype(np.int64) for part in (logs, logs**2))


def log_units(gaps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Billionths of ln(days) and of its square, for gaps of one day and more."""
    at = np.clip(gaps, 1, LONGEST) - 1
    logs, squares = _logs()
    return logs[at], squares[at]


@dataclass(frozen=True, slots=True)
class Fit:
    """What the gaps of a book have in common, in ln(days).

    `mean` of the accounts' own means, variance `within` an account and `between` accounts; from
    so many `accounts` with `gaps` in all.
    """

    mean: float
    within: float
    between: float
    accounts: int
    gaps: int

    def as_dict(self) -> dict:
        return {**asdict(self), "version": RULE_VERSION}


def fit(gaps: np.ndarray, logs: np.ndarray, squares: np.ndarray) -> Fit | None:
    """From number, sum and sum of squares (billionths) of each account's log gaps.

    Accounts with fewer than two gaps say nothing about spread and are left out; None if none is
    left. `within` pools squared deviations over n-1; `between` is the moment of an analysis of
    variance, not below zero; `mean` weighs each account by its precision.
    """
    enough = gaps >= FEWEST
    if not enough.any():
        return None
    n = gaps[enough].astype(float)
    means = logs[enough] / BILLION / n
    inside = np.maximum(0.0, squares[enough] / BILLION - n * means**2)
    within = _spread(inside.sum() / (n - 1).sum())
    between = _between(n, means, within)
    weights = 1 / (between + within / n) if between + within > 0 else n
    mean = float((weights * means).sum() / weights.sum())
    return Fit(mean, within, between, len(n), int(n.sum()))


def _between(n: np.ndarray, means: np.ndarray, within: float) -> float:
    if len(n) == 1:
        return 0.0
    total, free = n.sum(), len(n) - 1
    centre = (n * means).sum() / total
    typical = (total - (n**2).sum() / total) / free
    return _spread(((n * (means - centre) ** 2).sum() / free - within) / typical)


def _spread(variance: float) -> float:
    return float(variance) if variance > ROUNDING else 0.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Per account, NaN where it is too early: shrunk `mean` of ln(days) and the `deviation` of
    its next gap from it, which holds both its own spread and how little is known of its mean."""

    mean: np.ndarray
    deviation: np.ndarray

    @property
    def usual(self) -> np.ndarray:
        """Days between orders; NaN where it is too early."""
        return np.exp(self.mean)

    @property
    def usual_days(self) -> np.ndarray:
        """The same in whole days, rounded half up, as one would say them; zero: too early."""
        whole = np.floor(np.minimum(np.nan_to_num(self.usual), LONGEST) + 0.5).astype(np.int64)
        return np.where(np.isnan(self.mean), 0, np.maximum(whole, 1))

    def threshold(self, z: float) -> np.ndarray:
        """Days of silence that are passed with the probability of a normal beyond `z`."""
        with np.errstate(over="ignore"):
            return np.minimum(np.exp(self.mean + z * self.deviation), LONGEST)


def rhythms(found: Fit | None, gaps: np.ndarray, logs: np.ndarray) -> Rhythm:
    """Each account's mean drawn to the book's, the more so the fewer its gaps."""
    mean = np.full(len(gaps), np.nan)
    deviation = mean.copy()
    known = gaps >= FEWEST
    if found is None or not known.any():
        return Rhythm(mean, deviation)
    n = gaps[known].astype(float)
    own = logs[known] / BILLION / n
    error = found.within / n  # variance of the account's own mean
    both = error + found.between
    trust = np.divide(found.between, both, out=np.zeros_like(both), where=both > 0)
    mean[known] = found.mean + trust * (own - found.mean)
    deviation[known] = np.sqrt(found.within + trust * error)
    return Rhythm(mean, deviation)


def alarm_days(rhythm: Rhythm, last_order: np.ndarray, z: float) -> np.ndarray:
    """Day number of the first day of silence beyond `z`, NONE where it is too early.

    For a threshold of 27.4 days that is the 28th day after the last order. Of exactly 28 days,
    which only a book of one rhythm has, it is the 29th.
    """
    days = np.floor(np.nan_to_num(rhythm.threshold(z)) * (1 + ROUNDING)).astype(np.int64) + 1
    return np.where(np.isnan(rhythm.mean), NONE, last_order + days)


def silence_probability(rhythm: Rhythm, silent: np.ndarray) -> np.ndarray:
    """How likely a customer that stays is silent for longer than so many days; NaN: too early."""
    logs = np.log(np.maximum(silent, 1))
    beyond = logs - rhythm.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(rhythm.deviation > 0, beyond / rhythm.deviation, np.inf * np.sign(beyond))
    z = np.where((rhythm.deviation == 0) & (np.abs(beyond) <= ROUNDING), -np.inf, z)
    found = upper_tail(z)
    return np.where(np.isnan(rhythm.mean), np.nan, np.where(silent <= 0, 1.0, found))


def alarms(day: int, amber_day: np.ndarray, alarm_day: np.ndarray) -> np.ndarray:
    """Positions in ALARMS as of a day number."""
    level = QUIET + (day >= amber_day).astype(np.int8) + (day >= alarm_day)
    return np.where(alarm_day == NONE, TOO_EARLY, level)

"""How many key accounts and managers there will be, and how many managers will be missing.

Own history over a weak start. Accounts that become key come as a Poisson stream whose pace is known
from few (gamma), so the count is negative binomial; those that are key stay each with the same
chance (a hazard known from few, its first two moments carried into a beta), so those who stay are
beta-binomial; managers likewise. Everything is convolved exactly: a day has one set of bands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log

import numpy as np

VERSION = "forecast-1"
HORIZONS = (3, 6, 12)
BANDS = (0.5, 0.8)
TAIL = 1e-9
# Weak starts, our choice: (events, months). Two new key accounts a year, one of ten lost a year,
# one manager of five leaving a year; each weighs no more than one event.
START_NEW = (0.5, 3.0)
START_LOST = (0.5, 60.0)
START_LEFT = (1.0, 60.0)
START_AWAY = (26.0, 261.0)  # working days away, of all: one manager for a year
WEIGHT_OF_PRIOR = 4.0  # people that the company's own figure for probation stands for
ENOUGH_EVENTS = 5
ENOUGH_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """Events seen in so many months of whatever could have them."""

    events: float
    months: float

    def over(self, start: tuple[float, float]) -> "Pace":
        return Pace(self.events + start[0], self.months + start[1])

    @property
    def a_month(self) -> float:
        return self.events / self.months


@dataclass(frozen=True, slots=True)
class Band:
    """Quantiles of a count: the middle half, and eight of ten."""

    middle: int
    low_50: int
    high_50: int
    low_80: int
    high_80: int
    mean: float


@dataclass(frozen=True, slots=True)
class Work:
    """What the accounts ask for and a manager has; hours a month."""

    hours_of_key: float
    hours_of_others: float
    hours_of_manager: float
    most_key: int


def coming(pace: Pace, months: float, *, stays: float = 1.0) -> np.ndarray:
    """P(so many new ones), of which each is still there with the chance `stays`.

    Negative binomial: a gamma pace of `pace.events` over `pace.months`.
    """
    odds = months * stays / pace.months
    mean = pace.events * odds
    most = int(ceil(mean + 12 * (mean + mean * odds) ** 0.5 + 30))
    shape = pace.events
    counts = [
        exp(
            lgamma(shape + k) - lgamma(shape) - lgamma(k + 1)
            + shape * log(1 / (1 + odds)) + (k * log(odds / (1 + odds)) if k else 0)
        )
        for k in range(most + 1)
    ] if odds > 0 else [1.0]  # fmt: skip
    return _trimmed(np.array(counts))


def staying(number: int, pace: Pace, months: float) -> np.ndarray:
    """P(so many of `number` are still there), each lost at `pace`, which is known from few."""
    if not number:
        return np.array([1.0])
    first, second = _kept(pace, months), _kept(pace, 2 * months)
    spread = first * (1 - first) / max(second - first**2, 1e-12) - 1
    return beta_binomial(number, first * spread, (1 - first) * spread)


def _kept(pace: Pace, months: float) -> float:
    """E[exp(-hazard x months)] of a gamma hazard."""
    return (pace.months / (pace.months + months)) ** pace.events


def beta_binomial(number: int, good: float, bad: float) -> np.ndarray:
    """P(so many of `number`), where the chance itself is Beta(good, bad)."""

    def log_beta(a: float, b: float) -> float:
        return lgamma(a) + lgamma(b) - lgamma(a + b)

    base = log_beta(good, bad)
    found = np.array([
        exp(
            lgamma(number + 1) - lgamma(k + 1) - lgamma(number - k + 1)
            + log_beta(good + k, bad + number - k) - base
        )
        for k in range(number + 1)
    ])  # fmt: skip
    return found / found.sum()


def passing(number: int, passed: int, failed: int, share_failing: float) -> np.ndarray:
    """P(so many of `number` pass their probation): own outcomes over the company's own figure."""
    good = passed + WEIGHT_OF_PRIOR * (1 - share_failing)
    bad = failed + WEIGHT_OF_PRIOR * share_failing
    return beta_binomial(number, max(good, 0.01), max(bad, 0.01))


def together(*parts: np.ndarray) -> np.ndarray:
    """P(so many in all) of independent counts."""
    whole = np.array([1.0])
    for part in parts:
        whole = np.convolve(whole, part)
    return _trimmed(whole)


def _trimmed(shares: np.ndarray) -> np.ndarray:
    keep = np.nonzero(shares > TAIL)[0]
    cut = shares[: keep[-1] + 1] if len(keep) else shares[:1]
    return cut / cut.sum()


def key_accounts(number: int, new: Pace, lost: Pace, months: float) -> np.ndarray:
    """P(so many key accounts in `months`), of `number` today; paces are own history alone."""
    new, lost = new.over(START_NEW), lost.over(START_LOST)
    fading = lost.a_month * months
    stays = (1 - exp(-fading)) / fading if fading else 1.0  # a newcomer is half as long at risk
    return together(staying(number, lost, months), coming(new, months, stays=stays))


def managers(
    number: int, left: Pace, months: float, newcomers: np.ndarray | None = None
) -> np.ndarray:
    """P(so many managers in `months`), with the newcomers who pass by then."""
    parts = [staying(number, left.over(START_LEFT), months)]
    return together(*parts, *([] if newcomers is None else [newcomers]))


def present(days_away: float, days: float) -> float:
    """The part of working days that managers are there; own days over the weak start."""
    return 1 - (days_away + START_AWAY[0]) / (days + START_AWAY[1])


def needed(key: int, work: Work) -> int:
    """Managers for so many key accounts and the others there are: by number and by hours.

    >>> needed(8, Work(30, 120, 120, 3))
    3
    """
    by_number = ceil(key / work.most_key) if work.most_key else 0
    hours = key * work.hours_of_key + work.hours_of_others
    by_hours = ceil(round(hours / work.hours_of_manager, 6)) if work.hours_of_manager > 0 else 0
    return max(by_number, by_hours)


def gap(key: np.ndarray, there: np.ndarray, work: Work) -> dict[int, float]:
    """P(so many managers are missing); below nought there are more than needed."""
    found: dict[int, float] = {}
    for number, share in enumerate(key):
        wanted = needed(number, work)
        for has, chance in enumerate(there):
            found[wanted - has] = found.get(wanted - has, 0.0) + float(share * chance)
    return {missing: share for missing, share in sorted(found.items()) if share > 0}


def band(shares: Sequence[float] | Mapping[int, float]) -> Band:
    """Of the chances of 0, 1, 2 … or of the counts named."""
    pairs = list(shares.items()) if isinstance(shares, Mapping) else list(enumerate(shares))
    counts = np.array([count for count, _share in pairs])
    weights = np.array([share for _count, share in pairs], dtype=float)
    rising = np.cumsum(weights) / weights.sum()

    def quantile(share: float) -> int:
        return int(counts[min(int(np.searchsorted(rising, share - 1e-12)), len(counts) - 1)])

    return Band(
        middle=quantile(0.5),
        low_50=quantile(0.25),
        high_50=quantile(0.75),
        low_80=quantile(0.1),
        high_80=quantile(0.9),
        mean=float((counts * weights).sum() / weights.sum()),
    )


def is_thin(*paces: Pace) -> bool:
    """Few events, or less than a year: the bands are wide and the page says why."""
    return any(pace.events < ENOUGH_EVENTS or pace.months < ENOUGH_MONTHS for pace in paces)

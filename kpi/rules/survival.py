"""How long customers stay: Kaplan-Meier over days since the first order, with honest ranges.

A customer counts as lost on the day its silence reaches the window of activity (methods 1.6), and
is known as a customer until then; who is not lost by the last day is only known to have stayed so
far. Ranges are Greenwood's on the log-log scale, which stay between 0 and 1; before the first loss,
where they do not exist, Wilson's for as many as are observed.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from kpi.rules.intervals import Z95, wilson

VERSION = "survival-1"
LEAST = 5  # fewer observed customers tell nothing


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` after the first order on: the share that stays, its range, and how many were
    still observed just before."""

    day: int
    share: float
    low: float
    high: float
    at_risk: int


def lives(
    account: np.ndarray, day: np.ndarray, last: int, window: int
) -> tuple[np.ndarray, np.ndarray]:
    """Days observed and whether it ended in a loss, of each account with an order by `last`.

    The first silence of `window` days is the loss, also of who came back after it.
    """
    kept = day <= last
    if not kept.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    wide = last + 1  # one number a pair sorts far quicker than pairs do
    accounts, days = np.divmod(np.unique(account[kept].astype(np.int64) * wide + day[kept]), wide)
    _ids, starts = np.unique(accounts, return_index=True)
    following = np.append(days[1:], last + window + 1)
    ends = np.append(accounts[1:] != accounts[:-1], True)
    silence = np.where(ends, last - days, following - days)
    lost = silence >= window
    lost_on = np.where(lost, days + window, np.iinfo(np.int64).max)
    first_loss = np.minimum.reduceat(lost_on, starts)
    ended = first_loss <= last
    return np.where(ended, first_loss, last) - days[starts], ended


def curve(duration: np.ndarray, ended: np.ndarray) -> list[Step]:
    """Steps of the estimate, the first at day 0; nothing for nobody."""
    total = len(duration)
    if not total:
        return []
    share, spread = 1.0, 0.0
    found = [_step(0, share, spread, total)]
    days, losses = np.unique(duration[ended], return_counts=True)
    gone = np.searchsorted(np.sort(duration), days)
    rows = zip(days.tolist(), losses.tolist(), (total - gone).tolist(), strict=True)
    for day, lost, at_risk in rows:
        share *= 1 - lost / at_risk
        if at_risk > lost:
            spread += lost / (at_risk * (at_risk - lost))
        found.append(_step(day, share, spread, at_risk))
    return found


def _step(day: int, share: float, spread: float, at_risk: int) -> Step:
    if share in (0.0, 1.0):
        low, high = wilson(round(share * at_risk), at_risk) or (0.0, 1.0)
        return Step(day, share, low, high, at_risk)
    error = Z95 * sqrt(spread) / abs(log(share))
    return Step(day, share, share ** exp(error), share ** exp(-error), at_risk)


def at_day(steps: list[Step], duration: np.ndarray, day: int) -> Step | None:
    """The estimate `day` days after the first order; None where fewer than LEAST were observed.

    While nobody was lost the range is Wilson's for those observed until then.
    """
    observed = int((duration >= day).sum())
    if observed < LEAST:
        return None
    step = [one for one in steps if one.day <= day][-1]
    if step.share == 1.0:
        return _step(day, 1.0, 0.0, observed)
    return Step(day, step.share, step.low, step.high, observed)

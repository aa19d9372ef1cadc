"""Which warnings stand, what excuses a silence, and what is at stake (methods 2 and 1.10).

Arrays in, arrays out: days are ordinals and 0 is no day, money is int units, chances are whole
percent. A changed threshold is a new RULE_VERSION.
"""

import datetime as dt
from collections.abc import Hashable, Sequence

import numpy as np

RULE_VERSION = "warnings-2"
CALM, AMBER, RED = range(3)
HORIZON = 90  # days ahead that the money is of
YEAR = 365
GONE = dt.timedelta(days=365)  # an alarm that stands so long is a loss and no warning any more
RETURN = 14  # days: a season may begin so much earlier than last year, or end later
UNLIKELY, VERY_UNLIKELY = 20, 10  # percent
NOT_TOLD = -1  # percent, where no chance is told
LINES_A_WEEK = 7  # a manager can work in a week, as many as a day of theirs shows


def silence_level(day: int, amber: np.ndarray, alarm: np.ndarray) -> np.ndarray:
    """From the days the night has stored; CALM: none, too early, or gone."""
    stands = (amber > 0) & (alarm > 0) & (day >= amber) & (day - alarm <= GONE.days)
    return np.where(stands, np.where(day >= alarm, RED, AMBER), CALM)


def chance_level(percent: np.ndarray) -> np.ndarray:
    stands = (percent != NOT_TOLD) & (percent <= UNLIKELY)
    return np.where(stands, np.where(percent <= VERY_UNLIKELY, RED, AMBER), CALM)


def contact_level(day: int, last: np.ndarray, every: np.ndarray) -> np.ndarray:
    """Amber beyond the agreed rhythm, red beyond twice of it; `every` 0: none is wanted."""
    silent = day - last
    stands = (last > 0) & (every > 0) & (silent > every)
    return np.where(stands, np.where(silent > 2 * every, RED, AMBER), CALM)


def season_ends(
    *, first: np.ndarray, last: np.ndarray, before: np.ndarray, after: np.ndarray,
    unusual: np.ndarray, day: int, back: int,
) -> np.ndarray:  # fmt: skip
    """Until when the same silence of last year excuses this one; 0: it does not.

    `before` and `after` are the orders around the same day a year ago, which is `back`; `last` is
    the last order now. Two years of orders are asked for, that gap must itself have been unusual
    (`unusual` days), and this silence may not have begun much earlier in its year: some weeks of
    last November do not explain why nothing came since June.
    """
    known = (first > 0) & (first <= back - YEAR) & (before > 0) & (after > 0)
    alike = (after - before >= unusual) & (day - last <= back - before + RETURN)
    return np.where(known & alike, after + (day - back) + RETURN, 0)


def expected(units: np.ndarray) -> np.ndarray:
    """Units of 90 days from those of twelve months, half up, never below zero."""
    return np.maximum(0, (2 * units * HORIZON + YEAR) // (2 * YEAR))


def at_stake(revenue: np.ndarray, percent: np.ndarray) -> np.ndarray:
    """(1 - p) x the expected revenue where a chance is told, else all of it; half up."""
    kept = np.where(percent == NOT_TOLD, 100, 100 - percent)
    return np.maximum(0, (2 * revenue * kept + 100) // 200)


def times(probability: float) -> int | None:
    """N of "1 time in N"; None where it is rarer than 1 in 1,000."""
    return None if probability < 0.001 else max(1, round(1 / probability))


def fold(owners: Sequence[Hashable], most: int = LINES_A_WEEK) -> list[bool]:
    """Which of the lines, ordered by money, their owner can work this week."""
    seen: dict[Hashable, int] = {}
    shown = []
    for owner in owners:
        seen[owner] = seen.get(owner, 0) + 1
        shown.append(seen[owner] <= most)
    return shown

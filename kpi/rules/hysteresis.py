"""Tiers that do not flap: up at once, down only after two month-ends below the cut.

Whoever counts two month-ends below each cut finds that an account holds the best tier of today
and of the last two month-ends: a month-end at or above the cut starts the count anew, and an
account below it at both has served its time. So the tier in force needs no history but two
month-ends, and is the same whichever nights ran. A rise between month-ends shows the same day
and becomes history at the month-end.
"""

from datetime import date

import numpy as np

from kpi.rules.windows import first_full_year, last_two_month_ends

RULE_VERSION = "hysteresis-1"


def tier_in_force(today: np.ndarray, *month_ends: np.ndarray) -> np.ndarray:
    """int8 levels: the best of today's and of the (at most two) remembered month-ends'."""
    held = today.copy()
    for level in month_ends:
        held = np.maximum(held, level)
    return held


def remembered_month_ends(day: date, first_day: date | None) -> list[date]:
    """The month-ends that hold tiers on `day`, newest first.

    History begins with the first full twelve months of ledger: earlier month-ends would compare
    a part of a year with a whole one, so they hold nothing.
    """
    if first_day is None:
        return []
    start = first_full_year(first_day)
    return [end for end in last_two_month_ends(day) if end >= start]

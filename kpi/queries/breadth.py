"""How many service lines accounts buy now, and the most they did in any three months of a year.

Whole groups count for their head. It changes when an account's months change, or the month turns.
Most touched accounts changed in the running month only: what they bought at most before it is kept,
so that of twelve months the last four are read.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from accounts.queries.listing import twelve_months
from common import dbops

if TYPE_CHECKING:
    from kpi.queries.state import State

NAMES = ("lines", "most_lines")
BEFORE = "most_lines_before"
KEPT = (*NAMES, BEFORE)
UNKNOWN = -1  # of BEFORE: nobody has counted it yet
MANY = 4  # of more than one account in so many all months are read
MONTHS = 3
NOW_MONTHS = MONTHS + 1  # the running month is not over yet
ACCOUNT, LINE, MONTH, NET = range(4)


def service_months(
    day: dt.date, where: str = "TRUE", params: Sequence = (), last: int = 12
) -> np.ndarray:
    """Account, service line, month (a day number) and net of the `last` months to `day`."""
    unnamed = "SELECT id FROM accounts_serviceline WHERE code = ''"
    return dbops.read_ints(
        ["m.account_id", "m.service_line_id", dbops.day_number("m.month"), "m.net"],
        "FROM accounts_servicemonth m WHERE m.month >= %s AND m.month <= %s"
        f" AND m.service_line_id NOT IN ({unnamed}) AND {where}",
        [twelve_months(day)[-last], day, *params],
    )


def breadth(
    at: np.ndarray, rows: np.ndarray, day: dt.date, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Lines now and at the peak, for `size` places; row by row `at` says for which it counts."""
    now, latest, before = _counts(at, rows, day, size)
    return now, np.maximum(latest, before)


def _counts(at: np.ndarray, rows: np.ndarray, day: dt.date, size: int) -> list[np.ndarray]:
    """Lines now, in the three months with the running one, and the most in any three before."""
    months = np.array([month.toordinal() for month in twelve_months(day)])
    lines = rows[:, LINE].max(initial=0) + 1
    pairs, pair = np.unique(at * lines + rows[:, LINE], return_inverse=True)
    bought = np.zeros((len(pairs), len(months)), dtype=np.int64)
    np.add.at(bought, (pair, np.searchsorted(months, rows[:, MONTH])), rows[:, NET])
    active, place = bought > 0, pairs // lines

    def count(window: np.ndarray) -> np.ndarray:
        return np.bincount(place[window.any(axis=1)], minlength=size)

    ends = range(MONTHS, len(months))
    before = np.max([count(active[:, end - MONTHS : end]) for end in ends], axis=0)
    return [count(active[:, -NOW_MONTHS:]), count(active[:, -MONTHS:]), before]


def count_lines(
    state: "State",
    day: dt.date,
    changed: np.ndarray | None = None,
    earlier: np.ndarray | None = None,
) -> None:
    """Count the lines of `changed` positions with their groups (all without it) as of `day`.

    Those of them that are not in `earlier` changed in the running month only, and the last count
    was made in it.
    """
    if changed is None or earlier is None or (state[BEFORE] == UNKNOWN).any():
        _count_whole(state, day, np.ones(len(state.ids), dtype=bool))
        return
    whole = state.whole_groups(earlier)
    _count_whole(state, day, whole)
    running = state.whole_groups(changed) & ~whole
    now, latest, _part = _of_months(state, day, running, last=NOW_MONTHS)
    state["lines"][running] = now[running]
    state["most_lines"][running] = np.maximum(latest, state[BEFORE])[running]


def _count_whole(state: "State", day: dt.date, wanted: np.ndarray) -> None:
    now, latest, before = _of_months(state, day, wanted)
    for name, values in zip(KEPT, (now, np.maximum(latest, before), before), strict=True):
        state[name][wanted] = values[wanted]


def _of_months(
    state: "State", day: dt.date, wanted: np.ndarray, last: int = 12
) -> list[np.ndarray]:
    """_counts of each position as far as the `last` months tell; right for the `wanted` groups."""
    where, params = "TRUE", []
    if MANY * np.count_nonzero(wanted) < len(wanted):
        where, params = dbops.one_of("m.account_id", state.ids[wanted])
    rows = service_months(day, where, params, last)
    rows = rows[state.knows(rows[:, ACCOUNT])]
    own = state.positions(rows[:, ACCOUNT])
    member = np.flatnonzero(~state.alone[own])
    at = np.concatenate([own, state.head[own[member]]])
    return _counts(at, np.concatenate([rows, rows[member]]), day, len(state.ids))

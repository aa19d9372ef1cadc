"""How many service lines accounts buy now, and the most they did in any three months of a year.

Whole groups count for their head. It changes when an account's months change, or the month turns.
"""

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from accounts.queries.listing import twelve_months
from common import dbops

if TYPE_CHECKING:
    from kpi.queries.state import State

NAMES = ("lines", "most_lines")
MANY = 4  # of more than one account in so many all months are read
MONTHS = 3
NOW_MONTHS = MONTHS + 1  # the running month is not over yet
ACCOUNT, LINE, MONTH, NET = range(4)


def service_months(day: dt.date, where: str = "TRUE", params: list | None = None) -> np.ndarray:
    """Account, service line, month (a day number) and net of the twelve months to `day`."""
    return dbops.read_ints(
        ["m.account_id", "m.service_line_id", dbops.day_number("m.month"), "m.net"],
        "FROM accounts_servicemonth m JOIN accounts_serviceline l ON l.id = m.service_line_id"
        f" WHERE l.code <> '' AND m.month >= %s AND m.month <= %s AND {where}",
        [twelve_months(day)[0], day, *(params or [])],
    )


def breadth(
    at: np.ndarray, rows: np.ndarray, day: dt.date, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Lines now and at the peak, for `size` places; row by row `at` says for which it counts."""
    months = np.array([month.toordinal() for month in twelve_months(day)])
    lines = rows[:, LINE].max(initial=0) + 1
    pairs, pair = np.unique(at * lines + rows[:, LINE], return_inverse=True)
    bought = np.zeros((len(pairs), len(months)), dtype=np.int64)
    np.add.at(bought, (pair, np.searchsorted(months, rows[:, MONTH])), rows[:, NET])
    active, place = bought > 0, pairs // lines

    def count(window: np.ndarray) -> np.ndarray:
        return np.bincount(place[window.any(axis=1)], minlength=size)

    ends = range(MONTHS, len(months) + 1)
    windows = [count(active[:, end - MONTHS : end]) for end in ends]
    return count(active[:, -NOW_MONTHS:]), np.max(windows, axis=0)


def count_lines(state: "State", day: dt.date, changed: np.ndarray | None = None) -> None:
    """Count the lines of `changed` positions with their groups (all without it) as of `day`."""
    wanted = np.ones(len(state.ids), dtype=bool)
    where, params = "TRUE", []
    if changed is not None:
        wanted = state.whole_groups(changed)
        if MANY * np.count_nonzero(wanted) < len(wanted):
            where, params = dbops.one_of("m.account_id", state.ids[wanted])
    rows = service_months(day, where, params)
    rows = rows[state.knows(rows[:, ACCOUNT])]
    own = state.positions(rows[:, ACCOUNT])
    member = np.flatnonzero(~state.alone[own])
    at = np.concatenate([own, state.head[own[member]]])
    rows = np.concatenate([rows, rows[member]])
    for name, values in zip(NAMES, breadth(at, rows, day, len(state.ids)), strict=True):
        state[name][wanted] = values[wanted]

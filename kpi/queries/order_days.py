"""Every day on which an account ordered, as arrays: what the back-test looks back upon."""

import datetime as dt

import numpy as np

from accounts.models import AccountDay
from common import dbops
from kpi.queries import state as states
from kpi.queries.state import State
from kpi.rules.chance import Orders

TABLE = AccountDay._meta.db_table


def order_days(until: dt.date) -> tuple[Orders, np.ndarray]:
    """Days with positive net up to `until`, and the ids of the accounts that stand alone.

    Members of a group count with its head; a day counts once, if the group's net is above zero.
    """
    state = states.empty_state()
    heads = np.flatnonzero(state.alone)
    parts = [_own(state, after, end) for after, end in _years(state.first_day, until)]
    parts.append(_of_groups(state, until))
    head, day = np.concatenate(parts, axis=1)
    account = np.searchsorted(heads, head).astype(np.int32)
    order = np.lexsort((day, account))
    return Orders(account[order], day[order], len(heads)), state.ids[heads]


def _years(first: dt.date | None, until: dt.date) -> list[tuple[dt.date, dt.date]]:
    """(after, end] one after the other: rows of one year are in memory at a time."""
    found = []
    after = first - dt.timedelta(days=1) if first else until
    while after < until:
        end = min(until, after + dt.timedelta(days=365))
        found.append((after, end))
        after = end
    return found


def _own(state: State, after: dt.date, end: dt.date) -> np.ndarray:
    """int32 [2, days]: position and day number of accounts that belong to no group."""
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("day")],
        f"FROM {TABLE} WHERE day > %s AND day <= %s AND net > 0",
        [after, end],
    )
    rows = rows[state.knows(rows[:, 0])]
    at = state.positions(rows[:, 0])
    return np.stack([at, rows[:, 1]])[:, ~state.grouped[at]].astype(np.int32)


def _of_groups(state: State, until: dt.date) -> np.ndarray:
    if not state.grouped.any():
        return np.zeros((2, 0), dtype=np.int32)
    condition, params = dbops.one_of("account_id", state.ids[state.grouped])
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("day"), "net"],
        f"FROM {TABLE} WHERE day <= %s AND {condition}",
        [until, *params],
    )
    head = state.head[state.positions(rows[:, 0])]
    days, which = np.unique(np.stack([head, rows[:, 1]]), axis=1, return_inverse=True)
    net = np.zeros(days.shape[1], dtype=np.int64)
    np.add.at(net, which.ravel(), rows[:, 2])
    return days[:, net > 0].astype(np.int32)

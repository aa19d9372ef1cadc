"""Gaps between order days, slid with the 36 months in which they count.

A new order day adds the gap before it; a day that leaves takes the gap after it away. Each gap is
one whole number, so what was added is exactly what is taken off.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from accounts.models import Account, AccountDay
from common import dbops
from kpi.queries.facts import FIRST, NEVER, ORDERS, Facts
from kpi.rules import rhythm, windows
from kpi.rules.windows import Window

if TYPE_CHECKING:
    from kpi.queries.state import State

NAMES = ("gaps", "log_gaps", "log_gaps_squared")
PART = dt.timedelta(days=92)  # so many days are read at once
Days = tuple[np.ndarray, np.ndarray]  # positions and their order days, by position and day


def slide_gaps(state: "State", facts: Facts, start: dt.date, day: dt.date) -> None:
    """Make the gaps of `start` those of `day`; call it while last_order is still that of `start`.

    `facts` tells which accounts are wanted. The others keep what they have.
    """
    old, new = windows.rhythm_window(start), windows.rhythm_window(day)
    last = np.where(state["last_order"] > old.after.toordinal(), state["last_order"], NEVER)
    if new.after >= old.until:
        last[:] = NEVER
        for name in NAMES:
            state[name][facts.wanted] = 0
    else:
        _take_off(state, facts, Window(old.after, new.after), day)
    _add(state, facts, Window(max(start, new.after), day), last)


def _add(state: "State", facts: Facts, part: Window, last: np.ndarray) -> None:
    """Count the gaps that end in `part`; `last` is each position's order day before it."""
    for piece in _pieces(part):
        at, days = order_days(facts, piece)
        follows = np.flatnonzero(at[1:] == at[:-1]) + 1
        before = last[at]
        before[follows] = days[follows - 1]
        known = before != NEVER
        _count(state, at[known], days[known] - before[known], 1)
        np.maximum.at(last, at, days)


def _take_off(state: "State", facts: Facts, part: Window, until: dt.date) -> None:
    """Uncount the gaps that begin in `part`; the last one ends at the first order day after it."""
    at, days = order_days(facts, part)
    if not len(at):
        return
    follows = np.append(at[1:] == at[:-1], False)
    after = np.empty_like(days)
    after[:-1] = days[1:]
    ends = ~follows
    after[ends] = _first_days(facts, at[ends], Window(part.until, until))
    known = after != NEVER
    _count(state, at[known], after[known] - days[known], -1)


def _count(state: "State", at: np.ndarray, gaps: np.ndarray, sign: int) -> None:
    for name, values in zip(NAMES, (np.ones_like(gaps), *rhythm.log_units(gaps)), strict=True):
        np.add.at(state[name], at, sign * values)


def _pieces(part: Window) -> Iterator[Window]:
    after = part.after
    while after < part.until:
        until = min(after + PART, part.until)
        yield Window(after, until)
        after = until


def order_days(facts: Facts, part: Window) -> Days:
    """Order days within `part`: each account's own, a head's those of its group."""
    if (part.until - part.after).days == 1:  # what the sums of one day have told already
        at, rows = facts.orders_of(part)
        ordered = rows[:, ORDERS] > 0
        at, days = at[ordered], rows[ordered, FIRST]
    else:
        at, days = _read_days(facts, part)
    order = np.lexsort((days, at))
    return at[order], days[order]


def _read_days(facts: Facts, part: Window) -> Days:
    state = facts.state
    if part.until < state.first_day:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    at, days = facts.order_days(part)
    if not state.grouped.any():
        return at, days
    own = facts.stands_for_itself(at)
    heads, numbers = facts.group_days(part)
    return np.concatenate([at[own], heads]), np.concatenate([days[own], numbers])


def _first_days(facts: Facts, at: np.ndarray, part: Window) -> np.ndarray:
    """The first order day of each of these positions within `part`, or NEVER."""
    found = np.full(len(facts.state.ids), NEVER, dtype=np.int64)
    own = facts.stands_for_itself(at)
    rows = _first_own_days(facts.state.ids[at[own]], part)
    found[facts.state.positions(rows[:, 0])] = rows[:, 1]
    heads = np.zeros(len(found), dtype=bool)
    heads[at[~own]] = True
    for piece in _pieces(part):
        if not heads.any():
            break
        which, days = facts.group_days(piece, heads[facts.state.head])
        first = np.full(len(found), np.iinfo(np.int64).max)
        np.minimum.at(first, which, days)
        found[which] = first[which]
        heads[which] = False
    return found[at]


def _first_own_days(ids: np.ndarray, part: Window) -> np.ndarray:
    """[rows, 2]: account and its first order day, one look into the index for each."""
    first = (
        f"SELECT d.day FROM {AccountDay._meta.db_table} d WHERE d.account_id = a.id"  # noqa: S608
        " AND d.day > %s AND d.day <= %s AND d.net > 0 ORDER BY d.day LIMIT 1"
    )
    condition, params = dbops.one_of("a.id", ids)
    return dbops.read_ints(
        ["a.id", f"COALESCE({dbops.day_number(f'({first})')}, {NEVER})"],
        f"FROM {Account._meta.db_table} a WHERE {condition}",
        [part.after, part.until, *params],
    )

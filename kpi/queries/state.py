"""The whole book as arrays: what each account's trailing windows hold on a day.

A State is loaded as the last night left it, or built from the daily facts, and then slid: days
that enter a window are added, days that leave it are taken off. It never reads the ledger.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Min

from accounts.models import AccountDay, AccountScore
from common import dbops
from kpi.queries import breadth, gaps
from kpi.queries.facts import COST, FIRST, LAST, NET, NEVER, ORDERS, UNCOSTED, Facts
from kpi.rules import key, pareto, windows
from kpi.rules.windows import Window, moved

# The columns of AccountScore that a night needs back.
COLUMNS = (
    "own_revenue",
    "own_cost",
    "own_uncosted",
    "own_revenue_before",
    "own_quarter",
    "own_quarter_before",
    *breadth.KEPT,
    "order_days",
    "first_order",
    "last_order",
    *gaps.NAMES,
    "month_end_revenue",
    "month_end_margin",
    "earlier_month_end_revenue",
    "earlier_month_end_margin",
)
NET_OF = {
    "own_revenue_before": windows.previous_year,
    "own_quarter": windows.trailing_quarter,
    "own_quarter_before": windows.quarter_a_year_before,
}
DAYS = ("first_order", "last_order")
ALARMS = ("amber_day", "alarm_day")
SILENCE = ("usual_gap", *ALARMS)


@dataclass
class State:
    """Arrays are as long as `ids` (ascending); money is int64 units, days are day numbers.

    `head` is the position of the account that one counts with: its survivor, its parent if it
    rolls up, or itself; `merged` ones have no tier, not even their head's. `own_…` hold each
    account's own facts; order days and month-ends of a head are those of its whole group.
    """

    ids: np.ndarray
    head: np.ndarray
    merged: np.ndarray
    day: dt.date | None = None
    first_day: dt.date | None = None
    arrays: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in COLUMNS:
            self.arrays.setdefault(name, np.zeros(len(self.ids), dtype=np.int64))
        self.alone = self.head == np.arange(len(self.ids))
        self.members = np.flatnonzero(~self.alone)
        self.grouped = np.zeros(len(self.ids), dtype=bool)
        self.grouped[self.members] = True
        self.grouped[self.head[self.members]] = True

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def positions(self, ids: np.ndarray) -> np.ndarray:
        """Where these accounts stand; all of them must be known."""
        return np.searchsorted(self.ids, ids)

    def knows(self, ids: np.ndarray) -> np.ndarray:
        """bool: which of these accounts existed when the state was made."""
        if not len(self.ids):
            return np.zeros(len(ids), dtype=bool)
        return self.ids[np.minimum(self.positions(ids), len(self.ids) - 1)] == ids

    def known_positions(self, ids: Iterable[int]) -> np.ndarray:
        """Where those of these accounts stand that are known."""
        wanted = np.array(list(ids), dtype=np.int64)
        return self.positions(wanted[self.knows(wanted)])

    def whole_groups(self, changed: np.ndarray) -> np.ndarray:
        """bool: the groups that hold these positions, and the positions themselves."""
        touched = np.zeros(len(self.ids), dtype=bool)
        touched[self.head[changed]] = True
        wanted = touched[self.head]
        wanted[changed] = True
        return wanted

    def rolled_up(self, values: np.ndarray) -> np.ndarray:
        """Own values added up to the accounts they count with; zero for the others."""
        total = np.where(self.alone, values, 0)
        np.add.at(total, self.head[self.members], values[self.members])
        return total

    def revenue(self) -> np.ndarray:
        return self.rolled_up(self["own_revenue"])

    def margin(self) -> np.ndarray:
        own = windows.margin(self["own_revenue"], self["own_cost"], self["own_uncosted"])
        return self.rolled_up(own)

    def remember_month_end(self) -> None:
        """Call on a month-end: what it found becomes the last month-end's figures."""
        for basis, values in (("revenue", self.revenue()), ("margin", self.margin())):
            self.arrays[f"earlier_month_end_{basis}"] = self[f"month_end_{basis}"]
            self.arrays[f"month_end_{basis}"] = values


def first_day() -> dt.date | None:
    """Where the ledger begins."""
    return AccountDay.objects.aggregate(day=Min("day"))["day"]


def empty_state() -> State:
    """All accounts of today with their groups, and no facts yet."""
    ids = np.sort(dbops.read_ints(["id"], "FROM accounts_account")[:, 0])
    links = dbops.read_ints(
        ["id", "COALESCE(merged_into_id, parent_id)", _is_true("merged_into_id IS NOT NULL")],
        "FROM accounts_account WHERE merged_into_id IS NOT NULL"
        " OR (parent_id IS NOT NULL AND rolls_up)",
    )
    merged = np.zeros(len(ids), dtype=bool)
    merged[np.searchsorted(ids, links[links[:, 2] == 1, 0])] = True
    return State(ids=ids, head=_heads(ids, links), merged=merged, first_day=first_day())


def _is_true(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _heads(ids: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Follow each account to the top of its group; a circle, which commands forbid, is cut."""
    head = np.arange(len(ids))
    head[np.searchsorted(ids, links[:, 0])] = np.searchsorted(ids, links[:, 1])
    for _generation in range(64):
        further = head[head]
        if (further == head).all():
            return head
        head = further
    return np.arange(len(ids))


@dataclass(frozen=True)
class Stored:
    """What AccountScore held: `exists` tells which positions have a row; levels, reasons;
    `silence` the columns of SILENCE, zero where they are empty."""

    exists: np.ndarray
    head: np.ndarray
    tier_of_day: np.ndarray
    tier: np.ndarray
    key_reason: np.ndarray
    silence: dict[str, np.ndarray]


def stored_state(day: dt.date) -> tuple[State, Stored]:
    """The book as the night of `day` left it. Nothing about accounts without a row is known."""
    state = empty_state()
    state.day = day
    codes = [_code("tier_of_day", pareto.LETTERS), _code("tier", pareto.LETTERS)]
    rows = dbops.read_ints(
        [
            "account_id",
            "COALESCE(counts_with_id, account_id)",
            f"{codes[0]} + 10 * {codes[1]} + 100 * {_code('key_reason', key.REASONS)}",
            *(_as_number(name) for name in (*COLUMNS, *SILENCE)),
        ],
        f"FROM {AccountScore._meta.db_table}",
    )
    at = state.positions(rows[:, 0])
    for position, name in enumerate(COLUMNS, 3):
        state[name][at] = rows[:, position]
    exists = np.zeros(len(state.ids), dtype=bool)
    exists[at] = True
    head = np.arange(len(state.ids))
    head[at] = state.positions(rows[:, 1])
    code, *days = np.zeros((1 + len(SILENCE), len(state.ids)), dtype=np.int64)
    code[at] = rows[:, 2]
    silence = dict(zip(SILENCE, days, strict=True))
    for position, name in enumerate(SILENCE, 3 + len(COLUMNS)):
        silence[name][at] = rows[:, position]
    return state, Stored(exists, head, code % 10, code // 10 % 10, code // 100, silence)


def regrouped(state: State, stored: Stored) -> np.ndarray:
    """Positions the stored sums are not true for: new rows, and groups whose members changed."""
    moved_on = np.flatnonzero(stored.head != state.head)
    return np.concatenate(
        [np.flatnonzero(~stored.exists), moved_on, stored.head[moved_on], state.head[moved_on]]
    )


def _code(column: str, words: Iterable[str]) -> str:
    """SQL for the position of a column's text in `words`."""
    cases = " ".join(f"WHEN '{word}' THEN {code}" for code, word in enumerate(words))
    return f"(CASE {column} {cases} ELSE 0 END)"


def _as_number(name: str) -> str:
    if name in (*DAYS, *ALARMS):
        return f"COALESCE({dbops.day_number(name)}, {NEVER})"
    if name == breadth.BEFORE:
        return f"COALESCE({name}, {breadth.UNKNOWN})"
    return f"COALESCE({name}, 0)" if name in SILENCE else name


def rebuild(state: State, day: dt.date, changed: np.ndarray | None = None) -> None:
    """Make `changed` positions (all without it) true for `day` from the daily facts alone.

    Service lines are counted after it (kpi.queries.breadth): they have no days.
    Whole groups are rebuilt, by sliding from before the ledger through the two month-ends that
    hysteresis remembers.
    """
    wanted = np.ones(len(state.ids), dtype=bool)
    if changed is not None:
        wanted = state.whole_groups(changed)
    for name in COLUMNS:
        if name not in breadth.KEPT:
            state[name][wanted] = 0
    state.day = day
    if state.first_day is None:
        return
    newest, earlier = windows.last_two_month_ends(day)
    only = None if changed is None else wanted
    at = state.first_day - dt.timedelta(days=1)
    facts = Facts(state, only)
    for stop in sorted({earlier, newest, day}):
        if stop > at:
            _slide(state, facts, at, stop)
            at = stop
        for name, end in (("month_end", newest), ("earlier_month_end", earlier)):
            if stop == end:
                state[f"{name}_revenue"][wanted] = state.revenue()[wanted]
                state[f"{name}_margin"][wanted] = state.margin()[wanted]


def slide(state: State, day: dt.date) -> None:
    """Move the whole state on to `day`; month-ends in between must be stopped at by the caller."""
    if state.first_day is not None and day > state.day:
        _slide(state, Facts(state, None), state.day, day)
    state.day = day


def _slide(state: State, facts: Facts, start: dt.date, day: dt.date) -> None:
    """Add and take off what lies between the windows of `start` and of `day`."""
    for sign, part in moved(windows.trailing_year(start), windows.trailing_year(day)):
        at, rows = facts.of(part)
        for name, column in (("own_revenue", NET), ("own_cost", COST), ("own_uncosted", UNCOSTED)):
            state[name][at] += sign * rows[:, column]
    for name, window in NET_OF.items():
        for sign, part in moved(window(start), window(day)):
            at, rows = facts.of(part)
            state[name][at] += sign * rows[:, NET]
    for sign, part in moved(windows.rhythm_window(start), windows.rhythm_window(day)):
        at, rows = facts.orders_of(part)
        state["order_days"][at] += sign * rows[:, ORDERS]
    gaps.slide_gaps(state, facts, start, day)
    at, rows = facts.orders_of(Window(start, day))
    ordered = rows[:, LAST] > NEVER
    at, rows = at[ordered], rows[ordered]
    last, first = state["last_order"], state["first_order"]
    last[at] = np.maximum(last[at], rows[:, LAST])
    first[at] = np.where(first[at] == NEVER, rows[:, FIRST], first[at])

"""The whole book as arrays: what each account's trailing windows hold on a day.

A State is loaded as the last night left it (kpi.queries.kept_scores), or built from the daily
facts, and then slid: days that enter a window are added, days that leave it are taken off. It never
reads the ledger.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.db.models import Min

from accounts.models import AccountDay
from common import dbops
from kpi.queries import breadth, gaps
from kpi.queries.facts import COST, FIRST, LAST, NET, NEVER, ORDERS, UNCOSTED, Facts
from kpi.queries.kept_scores import Kept, kept_scores
from kpi.rules import windows
from kpi.rules.groups import Places
from kpi.rules.windows import Window, moved

# What a night needs back of each account.
COLUMNS = (
    "own_revenue",
    "own_cost",
    "own_uncosted",
    "own_revenue_before",
    "own_quarter",
    "own_quarter_before",
    *breadth.NAMES,
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
UNSEEN = ("own_quarter", "own_quarter_before")  # not in the rows of scores: no list shows them
DAYS = ("first_order", "last_order")
ALARMS = ("amber_day", "alarm_day")
SILENCE = ("usual_gap", *ALARMS)
HEAD = "head"  # id of the account that one counts with
LEVELS = ("tier_of_day", "tier", "key_reason")
JUDGED = (HEAD, *LEVELS, *SILENCE)


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
    bought: breadth.Bought | None = None

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
        return self._places.of(ids)

    def knows(self, ids: np.ndarray) -> np.ndarray:
        """bool: which of these accounts existed when the state was made."""
        if not len(self.ids):
            return np.zeros(len(ids), dtype=bool)
        return self.ids[np.minimum(self.positions(ids), len(self.ids) - 1)] == ids

    @cached_property
    def _places(self) -> Places:
        return Places(self.ids)

    def known_positions(self, ids: np.ndarray) -> np.ndarray:
        """Where those of these accounts stand that are known."""
        return self.positions(ids[self.knows(ids)])

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
    """What the last night left: `exists` tells which positions it knew; `columns` are COLUMNS,
    JUDGED and what was bought, zero where it knew nothing; `kept` is how they were read."""

    exists: np.ndarray
    columns: dict[str, np.ndarray]
    kept: Kept

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]


def stored_state(day: dt.date) -> tuple[State, Stored] | None:
    """The book as the night of `day` left it; None if that is not kept, or by other rules."""
    kept = kept_scores()
    if kept is None or not {*COLUMNS, *JUDGED} <= set(kept.columns):
        return None
    state = empty_state()
    known = state.knows(kept.ids)
    at = state.positions(kept.ids[known])

    def placed(values: np.ndarray) -> np.ndarray:
        if len(at) == len(kept.ids) == len(state.ids):
            return values
        found = np.zeros(len(state.ids), dtype=values.dtype)
        found[at] = values[known]
        return found

    exists = placed(np.ones(len(kept.ids), dtype=bool))
    stored = Stored(exists, {name: placed(one) for name, one in kept.columns.items()}, kept)
    state.day = day
    for name in COLUMNS:
        state.arrays[name] = stored[name].astype(np.int64)
    state.bought = breadth.Bought.of(kept.lines, stored.columns)
    return state, stored


def heads_before(state: State, stored: Stored) -> np.ndarray:
    """The position of the account that each one counted with; its own where there is none now."""
    head, own = stored[HEAD], np.arange(len(state.ids))
    known = stored.exists & state.knows(head)
    return np.where(known, state.positions(np.where(known, head, state.ids)), own)


def regrouped(state: State, stored: Stored) -> np.ndarray:
    """Positions the stored sums are not true for: new rows, and groups whose members changed."""
    before = heads_before(state, stored)
    moved_on = np.flatnonzero(before != state.head)
    return np.concatenate(
        [np.flatnonzero(~stored.exists), moved_on, before[moved_on], state.head[moved_on]]
    )


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
        if name not in breadth.NAMES:
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
    facts.forget()

"""Sums of daily facts over parts of windows, by account and by group: what a state is built of."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from accounts.models import AccountDay
from common import dbops
from kpi.rules.windows import Window

if TYPE_CHECKING:
    from kpi.queries.state import State

NEVER = 0  # day number of an order that never was
FACTS = [
    "account_id",
    "sum(net)",
    "sum(cost)",
    "sum(uncosted)",
    "sum(CASE WHEN net > 0 THEN 1 ELSE 0 END)",
]
ACCOUNT, NET, COST, UNCOSTED, ORDERS, FIRST, LAST = range(7)
DAY, DAY_NET = 1, 2  # in rows of single days: account, day number, net, cost, uncosted
DAYS = 2**23  # above every day number
FEW = 2_000  # accounts whose days are read whole, once, and summed here


class Facts:
    """Sums of daily facts per account over parts of windows, each read once.

    `only` (bool per position) names the wanted accounts. Of a few all days are held, for asking
    the database about each part of each window costs more than their days do.
    """

    def __init__(self, state: "State", only: np.ndarray | None):
        self.state, self.only = state, only
        self.wanted = np.ones(len(state.ids), dtype=bool) if only is None else only
        self.holds = only is not None and np.count_nonzero(only) <= FEW
        self.read: dict[Window, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        """Positions and [rows, 7] sums of own facts; days of orders are those with net > 0."""
        if part not in self.read:
            self.read[part] = self._sums(part)
        return self.read[part]

    def forget(self) -> None:
        """The sums read so far: another day asks about other parts, and of a large book they are
        the most that lies in memory."""
        self.read.clear()

    def _sums(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        if part.until < self.state.first_day:
            return np.zeros(0, dtype=np.int64), np.zeros((0, 7), dtype=np.int64)
        if self.holds:
            return self._sums_held(part)
        ordered = "CASE WHEN net > 0 THEN day END"
        edges = [
            f"COALESCE({dbops.day_number(f'{edge}({ordered})')}, {NEVER})"
            for edge in ("min", "max")
        ]
        where, params = self._where(part, self.only)
        rows = dbops.read_ints([*FACTS, *edges], f"{where} GROUP BY account_id", params)
        rows = rows[self.state.knows(rows[:, ACCOUNT])]  # an import may bring new ones meanwhile
        return self.state.positions(rows[:, ACCOUNT]), rows

    def _sums_held(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        days = self.days(part)
        if not len(days):
            return np.zeros(0, dtype=np.int64), np.zeros((0, 7), dtype=np.int64)
        begins = np.flatnonzero(np.diff(days[:, ACCOUNT], prepend=-1))
        ordered = days[:, DAY_NET] > 0
        never = np.iinfo(np.int64).max
        rows = np.empty((len(begins), 7), dtype=np.int64)
        rows[:, ACCOUNT] = days[begins, ACCOUNT]
        rows[:, NET : UNCOSTED + 1] = np.add.reduceat(days[:, DAY_NET:], begins)
        rows[:, ORDERS] = np.add.reduceat(ordered.astype(np.int64), begins)
        first = np.minimum.reduceat(np.where(ordered, days[:, DAY], never), begins)
        rows[:, FIRST] = np.where(first == never, NEVER, first)
        rows[:, LAST] = np.maximum.reduceat(np.where(ordered, days[:, DAY], NEVER), begins)
        return self.state.positions(rows[:, ACCOUNT]), rows

    def days(self, part: Window, only: np.ndarray | None = None) -> np.ndarray:
        """[rows, 5] of single days of the wanted (of these also in `only`), by account and day."""
        if self.holds:
            day = self._held[:, DAY]
            rows = self._held[(day > part.after.toordinal()) & (day <= part.until.toordinal())]
            return rows if only is None else rows[only[self.state.positions(rows[:, ACCOUNT])]]
        return self._days(*self._where(part, self.wanted if only is None else self.wanted & only))

    @cached_property
    def _held(self) -> np.ndarray:
        condition, ids = dbops.one_of("account_id", self.state.ids[self.wanted])
        return self._days(f"FROM {AccountDay._meta.db_table} WHERE {condition}", ids)

    def _days(self, where: str, params: list) -> np.ndarray:
        columns = ["account_id", dbops.day_number("day"), "net", "cost", "uncosted"]
        rows = dbops.read_ints(columns, where, params)
        return rows[np.argsort(rows[:, ACCOUNT] * DAYS + rows[:, DAY], kind="stable")]

    def order_days(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        """Positions and day numbers of own days above zero, in no order."""
        if self.holds:
            days = self.days(part)
            days = days[days[:, DAY_NET] > 0]
        else:
            where, params = self._where(part, self.only)
            columns = ["account_id", dbops.day_number("day")]
            days = dbops.read_ints(columns, f"{where} AND net > 0", params)
            days = days[self.state.knows(days[:, ACCOUNT])]
        return self.state.positions(days[:, ACCOUNT]), days[:, DAY]

    def _where(self, part: Window, only: np.ndarray | None) -> tuple[str, list]:
        where = f"FROM {AccountDay._meta.db_table} WHERE day > %s AND day <= %s"
        params: list = [part.after, part.until]
        if only is not None:
            condition, ids = dbops.one_of("account_id", self.state.ids[only])
            where, params = f"{where} AND {condition}", params + ids
        return where, params

    def orders_of(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        """The same with the order days of a head counted over its group: a day counts once, and
        only if the group's net of that day is above zero."""
        at, rows = self.of(part)
        if not self.state.grouped.any():
            return at, rows
        keep = self.stands_for_itself(at)
        group_at, group_rows = self._group_orders(part)
        return np.concatenate([at[keep], group_at]), np.concatenate([rows[keep], group_rows])

    def stands_for_itself(self, at: np.ndarray) -> np.ndarray:
        """bool: order days of these positions are their own, not those of a group they head."""
        return ~(self.state.alone & self.state.grouped)[at]

    def _group_orders(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        heads, numbers = self.group_days(part)
        at, counts = np.unique(heads, return_counts=True)
        rows = np.zeros((len(at), 7), dtype=np.int64)
        rows[:, ORDERS] = counts
        place = np.searchsorted(at, heads)
        rows[:, FIRST] = np.iinfo(np.int64).max
        np.minimum.at(rows[:, FIRST], place, numbers)
        np.maximum.at(rows[:, LAST], place, numbers)
        return at, rows

    def group_days(self, part: Window, only: np.ndarray | None = None) -> tuple:
        """Positions of heads and the day numbers on which their group's net was above zero."""
        grouped = self.state.grouped if only is None else self.state.grouped & only
        facts = self.days(part, grouped)
        head = self.state.head[self.state.positions(facts[:, ACCOUNT])]
        days, which = np.unique(np.stack([head, facts[:, DAY]]), axis=1, return_inverse=True)
        net = np.zeros(days.shape[1], dtype=np.int64)
        np.add.at(net, which.ravel(), facts[:, DAY_NET])
        return days[0, net > 0], days[1, net > 0]

"""Sums of daily facts over parts of windows, by account and by group: what a state is built of."""

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


class Facts:
    """Sums of daily facts per account over parts of windows, each read once."""

    def __init__(self, state: "State", only: np.ndarray | None):
        self.state, self.only = state, only
        self.wanted = np.ones(len(state.ids), dtype=bool) if only is None else only
        self.read: dict[Window, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        """Positions and [rows, 7] sums of own facts; days of orders are those with net > 0."""
        if part not in self.read:
            self.read[part] = self._read(part)
        return self.read[part]

    def _read(self, part: Window) -> tuple[np.ndarray, np.ndarray]:
        if part.until < self.state.first_day:
            return np.zeros(0, dtype=np.int64), np.zeros((0, 7), dtype=np.int64)
        ordered = "CASE WHEN net > 0 THEN day END"
        edges = [
            f"COALESCE({dbops.day_number(f'{edge}({ordered})')}, {NEVER})"
            for edge in ("min", "max")
        ]
        where, params = self.where(part, self.only)
        rows = dbops.read_ints([*FACTS, *edges], f"{where} GROUP BY account_id", params)
        rows = rows[self.state.knows(rows[:, ACCOUNT])]  # an import may bring new ones meanwhile
        return self.state.positions(rows[:, ACCOUNT]), rows

    def where(self, part: Window, only: np.ndarray | None) -> tuple[str, list]:
        """FROM and WHERE of the days of a part, of these accounts."""
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
        grouped = self.state.grouped & self.wanted
        where, params = self.where(part, grouped if only is None else grouped & only)
        facts = dbops.read_ints(["account_id", dbops.day_number("day"), "net"], where, params)
        head = self.state.head[self.state.positions(facts[:, 0])]
        days, which = np.unique(np.stack([head, facts[:, 1]]), axis=1, return_inverse=True)
        net = np.zeros(days.shape[1], dtype=np.int64)
        np.add.at(net, which.ravel(), facts[:, 2])
        return days[0, net > 0], days[1, net > 0]

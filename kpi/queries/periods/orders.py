"""Order days of whole groups: the lives of customers, for cohorts and survival."""

from dataclasses import dataclass

import numpy as np

from accounts.models import Account, AccountDay
from common import dbops
from kpi.queries.periods.book import heads_of
from kpi.queries.state import empty_state
from people.models import User

TABLE = AccountDay._meta.db_table


@dataclass(frozen=True)
class Orders:
    """One row a customer and day on which its group's net is above zero; days are ordinals."""

    account: np.ndarray
    day: np.ndarray
    first_day: int | None

    def median_gap(self) -> float | None:
        """Days between order days of the middle customer: each has one voice, however often it
        orders. None where nobody ordered twice."""
        same = self.account[1:] == self.account[:-1]
        gaps, owner = np.diff(self.day)[same], self.account[1:][same]
        if not len(gaps):
            return None
        order = np.lexsort((gaps, owner))
        _ids, starts, counts = np.unique(owner[order], return_index=True, return_counts=True)
        low, high = starts + (counts - 1) // 2, starts + counts // 2
        return float(np.median((gaps[order][low] + gaps[order][high]) / 2))


def order_days(last: int, reader: User | None = None) -> Orders:
    """Up to day `last`, by customer and day; of those the reader may open, None: of all."""
    state = empty_state()
    rows = dbops.read_ints(["account_id", dbops.day_number("day"), "net"], f"FROM {TABLE}")
    rows = rows[rows[:, 1] <= last]
    known, head = heads_of(state, rows[:, 0])
    rows = rows[known]
    if reader is not None and not reader.is_director:
        seen = Account.objects.visible_to(reader).values_list("pk", flat=True)
        keep = np.isin(state.ids[head], list(seen))
        head, rows = head[keep], rows[keep]
    keys, at = np.unique(np.stack([head, rows[:, 1]]), axis=1, return_inverse=True)
    net = np.zeros(keys.shape[1], dtype=np.int64)
    np.add.at(net, at.ravel(), rows[:, 2])
    heads, days = keys[:, net > 0]
    begun = state.first_day.toordinal() if state.first_day else None
    return Orders(state.ids[heads], days, begun)

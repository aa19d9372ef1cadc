"""Order days of whole groups: the lives of customers, for cohorts and survival."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from accounts.models import Account, AccountDay
from common import dbops
from kpi.queries.order_days import order_days as company_days
from kpi.queries.periods.book import heads_of
from kpi.queries.state import State, empty_state, first_day
from people.models import User

TABLE = AccountDay._meta.db_table
DAY_BITS = 22  # every date is a smaller number


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
    begun = first_day()
    begun = begun.toordinal() if begun else None
    if reader is None or reader.is_director:
        found, ids = company_days(dt.date.fromordinal(last))
        return Orders(ids[found.account], found.day.astype(np.int64), begun)
    state = empty_state()
    rows = _rows_of(state, last, reader)
    known, head = heads_of(state, rows[:, 0])
    keys, at = np.unique(head << DAY_BITS | rows[known, 1], return_inverse=True)
    net = np.zeros(len(keys), dtype=np.int64)
    np.add.at(net, at.ravel(), rows[known, 2])
    keys = keys[net > 0]
    return Orders(state.ids[keys >> DAY_BITS], keys & ((1 << DAY_BITS) - 1), begun)


def _rows_of(state: State, last: int, reader: User) -> np.ndarray:
    """Account, day and net of the groups whose head the reader may open."""
    seen = Account.objects.visible_to(reader).values_list("pk", flat=True)
    members = state.ids[np.isin(state.ids[state.head], list(seen))]
    condition, ids = dbops.one_of("account_id", members)
    return dbops.read_ints(
        ["account_id", dbops.day_number("day"), "net"],
        f"FROM {TABLE} WHERE day <= %s AND {condition}",
        [dt.date.fromordinal(last), *ids],
    )

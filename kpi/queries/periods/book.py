"""What every account brought in both periods, counted with its group: merges and children too."""

from dataclasses import dataclass

import numpy as np

from accounts.models import Account
from kpi.queries.periods.period import Pair
from kpi.queries.periods.source import Source, heads_of
from kpi.queries.state import State
from kpi.rules import retention
from people.models import User

__all__ = ["Book", "heads_of", "read_book"]


@dataclass(frozen=True)
class Book:
    """Rows are accounts that count for themselves and had money in either period, by id.

    `state` knows every account's group; money is in units.
    """

    source: Source
    pair: Pair
    ids: np.ndarray
    base: np.ndarray
    current: np.ndarray
    status: np.ndarray

    @property
    def state(self) -> State:
        return self.source.state


def read_book(pair: Pair, reader: User | None = None, source: Source | None = None) -> Book:
    """A constant number of queries. A reader gets the accounts they may open; None and directors
    get all. `source`: what days that are read together share."""
    source = source or Source([pair])
    state = source.state
    sums = _sums(source, pair)
    keep = (sums != 0).any(axis=1) & state.alone
    if reader is not None and not reader.is_director:
        seen = Account.objects.visible_to(reader).values_list("pk", flat=True)
        keep &= np.isin(state.ids, list(seen))
    at = np.flatnonzero(keep)
    base, current = sums[at].T
    bought = source.bought_by(pair.base.last, at[(base <= 0) & (current > 0)])
    status = retention.statuses(base, current, bought[at])
    return Book(source, pair, state.ids[at], base, current, status)


def _sums(source: Source, pair: Pair) -> np.ndarray:
    """[accounts, 2]: base and current of each head with its group."""
    found = np.zeros((2, len(source.state.ids)), dtype=np.int64)
    for sums, period in zip(found, (pair.base, pair.current), strict=True):
        table = source.net(period)
        known, head = heads_of(source.state, table[:, 0])
        np.add.at(sums, head, table[known, 1])
    return found.T

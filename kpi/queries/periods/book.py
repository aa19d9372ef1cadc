"""What every account brought in both periods, counted with its group: merges and children too."""

from dataclasses import dataclass
from functools import cached_property

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

    @property
    def state(self) -> State:
        return self.source.state

    @cached_property
    def status(self) -> np.ndarray:
        at = self.state.positions(self.ids)
        comes = at[(self.base <= 0) & (self.current > 0)]
        bought = self.source.bought_by(self.pair.base.last, comes)
        return retention.statuses(self.base, self.current, bought[at])

    @cached_property
    def hands(self) -> np.ndarray:
        """bool: changed hands within 90 days up to the last day."""
        return np.isin(self.ids, self.source.moved(self.pair.current.last))


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
    return Book(source, pair, state.ids[at], base, current)


def _sums(source: Source, pair: Pair) -> np.ndarray:
    """[accounts, 2]: base and current of each head with its group."""
    found = np.zeros((2, len(source.state.ids)), dtype=np.int64)
    for sums, period in zip(found, (pair.base, pair.current), strict=True):
        table = source.net(period)
        known, head = heads_of(source.state, table[:, 0])
        np.add.at(sums, head, table[known, 1])
    return found.T

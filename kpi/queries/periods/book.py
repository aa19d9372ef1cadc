"""What every account brought in both periods, counted with its group: merges and children too."""

from dataclasses import dataclass

import numpy as np

from accounts.models import Account, AccountDay
from common import dbops
from kpi.queries.periods.period import Pair
from kpi.queries.state import State, empty_state
from kpi.rules import retention
from people.models import User

TABLE = AccountDay._meta.db_table


@dataclass(frozen=True)
class Book:
    """Rows are accounts that count for themselves and had money in either period, by id.

    `state` knows every account's group; money is in units.
    """

    pair: Pair
    state: State
    ids: np.ndarray
    base: np.ndarray
    current: np.ndarray
    status: np.ndarray


def read_book(pair: Pair, reader: User | None = None) -> Book:
    """Four queries and one more for a reader, who gets the accounts they may open; None and
    directors get all."""
    state = empty_state()
    sums = _sums(state, pair)
    keep = (sums != 0).any(axis=1) & state.alone
    if reader is not None and not reader.is_director:
        seen = Account.objects.visible_to(reader).values_list("pk", flat=True)
        keep &= np.isin(state.ids, list(seen))
    at = np.flatnonzero(keep)
    base, current = sums[at].T
    status = retention.statuses(base, current, _bought_before(state, pair)[at])
    return Book(pair, state, state.ids[at], base, current, status)


def heads_of(state: State, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of `accounts` are known, and the position of the head of each that is."""
    known = state.knows(accounts)  # an import may bring new ones meanwhile
    return known, state.head[state.positions(accounts[known])]


def _sums(state: State, pair: Pair) -> np.ndarray:
    """[accounts, 2]: base and current of each head with its group."""
    first, middle = pair.base, pair.current
    parts = ["SUM(CASE WHEN day >= %s AND day <= %s THEN net ELSE 0 END)"] * 2
    days = [first.first, first.last, middle.first, middle.last]
    found = dbops.read_ints(
        ["account_id", *parts],
        f"FROM {TABLE} WHERE day >= %s AND day <= %s GROUP BY account_id",
        [*days, first.first, middle.last],
    )
    known, head = heads_of(state, found[:, 0])
    sums = np.zeros((len(state.ids), 2), dtype=np.int64)
    np.add.at(sums, head, found[known, 1:])
    return sums


def _bought_before(state: State, pair: Pair) -> np.ndarray:
    """bool per account: somebody of its group ordered by the last day of the base."""
    found = dbops.read_ints(
        ["account_id"],
        f"FROM {TABLE} WHERE day <= %s AND net > 0 GROUP BY account_id",
        [pair.base.last],
    )
    bought = np.zeros(len(state.ids), dtype=bool)
    bought[heads_of(state, found[:, 0])[1]] = True
    return bought

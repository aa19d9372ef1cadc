"""What every account brought in both periods, counted with its group: merges and children too."""

from dataclasses import dataclass

import numpy as np

from accounts.models import Account, AccountDay, AccountScore, DirtyAccount, Scoring
from common import dbops
from kpi.queries.periods.period import Pair, pair_of
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
    """A constant number of queries. A reader gets the accounts they may open; None and directors
    get all."""
    state = empty_state()
    sums = _sums(state, pair)
    keep = (sums != 0).any(axis=1) & state.alone
    if reader is not None and not reader.is_director:
        seen = Account.objects.visible_to(reader).values_list("pk", flat=True)
        keep &= np.isin(state.ids, list(seen))
    at = np.flatnonzero(keep)
    base, current = sums[at].T
    bought = _bought_before(state, pair, at[(base <= 0) & (current > 0)])
    status = retention.statuses(base, current, bought[at])
    return Book(pair, state, state.ids[at], base, current, status)


def heads_of(state: State, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of `accounts` are known, and the position of the head of each that is."""
    known = state.knows(accounts)  # an import may bring new ones meanwhile
    return known, state.head[state.positions(accounts[known])]


def _sums(state: State, pair: Pair) -> np.ndarray:
    """[accounts, 2]: base and current of each head with its group."""
    found = _stored() if _is_stored(pair) else _read(pair)
    known, head = heads_of(state, found[:, 0])
    sums = np.zeros((len(state.ids), 2), dtype=np.int64)
    np.add.at(sums, head, found[known, 1:])
    return sums


def _is_stored(pair: Pair) -> bool:
    """The night has these very sums, and no fact has changed since."""
    scoring = Scoring.current()
    if not scoring.whole or scoring.as_of is None or pair != pair_of(scoring.as_of):
        return False
    return not DirtyAccount.objects.exists()


def _stored() -> np.ndarray:
    return dbops.read_ints(
        ["account_id", "own_revenue_before", "own_revenue"],
        f"FROM {AccountScore._meta.db_table} WHERE own_revenue_before <> 0 OR own_revenue <> 0",
    )


def _read(pair: Pair) -> np.ndarray:
    base, current = pair.base, pair.current
    parts = ["SUM(CASE WHEN day >= %s AND day <= %s THEN net ELSE 0 END)"] * 2
    days = [base.first, base.last, current.first, current.last]
    return dbops.read_ints(
        ["account_id", *parts],
        f"FROM {TABLE} WHERE day >= %s AND day <= %s GROUP BY account_id",
        [*days, base.first, current.last],
    )


def _bought_before(state: State, pair: Pair, heads: np.ndarray) -> np.ndarray:
    """bool per account: somebody of its group ordered by the last day of the base. Asked only for
    `heads`, positions without a base that buy now: few of a large book."""
    bought = np.zeros(len(state.ids), dtype=bool)
    members = state.ids[np.isin(state.head, heads)]
    if not len(members):
        return bought
    condition, ids = dbops.one_of("account_id", members)
    found = dbops.read_ints(
        ["account_id"],
        f"FROM {TABLE} WHERE day <= %s AND net > 0 AND {condition} GROUP BY account_id",
        [pair.base.last, *ids],
    )
    bought[heads_of(state, found[:, 0])[1]] = True
    return bought

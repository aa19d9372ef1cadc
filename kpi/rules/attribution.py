"""Whose money it is: the same ledger counted to managers by different rules (methods 1.14).

Days are ordinals, money int64 units in columns. Every view gives out every unit exactly once, to
an owner or to NOBODY, so that all views add up to the same total. A changed formula gets a new
VERSION.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

VERSION = "attribution-1"
NOBODY = 0
OPEN = 4_000_000  # an ordinal after every day there is
WIDTH = 8_000_000  # days of one account in a sort key
HANDS_DAYS = 90


class View(StrEnum):
    """`DAYS` is for plans and averages only: it pays nobody for a day somebody else worked."""

    INVOICE = "invoice"
    FIRST = "first"
    LAST = "last"
    DAYS = "days"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Holding:
    """Who owned an account from `start` up to, not including, `end`."""

    account: int
    user: int
    start: int
    end: int = OPEN


class Dated:
    """What was true of many accounts (or people) on many days at once; of two the later counts."""

    def __init__(self, table: np.ndarray):
        """[rows, 4]: account, first day, the day after the last, and what it was."""
        table = np.asarray(table, dtype=np.int64).reshape(-1, 4)
        table = table[np.lexsort(table.T[::-1])]
        self.account, self.start, self.end, self.user = table.T
        self.key = self.account * WIDTH + self.start

    def on(self, account: np.ndarray, day: np.ndarray | int) -> np.ndarray:
        """0 (NOBODY) where nothing is known."""
        account = np.asarray(account, dtype=np.int64)
        day = np.broadcast_to(np.asarray(day, dtype=np.int64), account.shape)
        if not len(self.key):
            return np.zeros(len(account), dtype=np.int64)
        at = np.searchsorted(self.key, account * WIDTH + day, side="right") - 1
        found = np.maximum(at, 0)
        holds = (at >= 0) & (self.account[found] == account) & (day < self.end[found])
        return np.where(holds, self.user[found], NOBODY)


class Owners(Dated):
    """Who owned which account when."""

    def __init__(self, holdings: Iterable[Holding] = (), *, table: np.ndarray | None = None):
        """`table` as of Dated, for very many."""
        if table is None:
            rows = [(one.account, one.start, one.end, one.user) for one in holdings]
            table = np.array(rows, dtype=np.int64)
        super().__init__(table)

    def of(self, account: int) -> list[Holding]:
        low, high = np.searchsorted(self.account, [account, account + 1])
        return [
            Holding(account, int(self.user[i]), int(self.start[i]), int(self.end[i]))
            for i in range(low, high)
        ]

    def turns(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """Accounts, and the days after the first of the two on which they come to an owner, or go
        from one."""
        account = np.concatenate([self.account, self.account])
        day = np.concatenate([self.start, self.end])
        within = (day > first) & (day <= last)
        return account[within], day[within]

    def tenures(self, periods: Iterable[tuple[int, int]]) -> np.ndarray:
        """[rows, 3]: account, the day of a turn within one of the periods (first and last days),
        and the day before which what follows matters: its next turn, or the end of the latest
        period that holds the turn."""
        periods = list(periods)
        if not periods:
            return np.zeros((0, 3), dtype=np.int64)
        bounds = min(first for first, _last in periods), max(last for _first, last in periods)
        turns = np.unique(np.stack(self.turns(*bounds), axis=1), axis=0)
        account, turn = turns.T
        until = np.full(len(turns), OPEN, dtype=np.int64)
        until[:-1] = np.where(account[1:] == account[:-1], turn[1:], OPEN)
        end = np.zeros(len(turns), dtype=np.int64)
        for first, last in periods:
            holds = (turn > first) & (turn <= last)
            end[holds] = np.maximum(end[holds], last + 1)
        return np.column_stack([turns, np.minimum(until, end)])[end > 0]

    def changing(self, first: int, last: int) -> set[int]:
        """Accounts whose owner of some day between the two is another than on the first."""
        return set(self.turns(first, last)[0].tolist())


@dataclass(frozen=True)
class Facts:
    """Money of accounts on days: `money` is [rows, columns].

    `day` decides the owner: of a credit note whose invoice is known the invoice's.
    """

    account: np.ndarray
    day: np.ndarray
    money: np.ndarray


@dataclass
class Share:
    """What one owner is counted: a sum per column, and of how many accounts."""

    money: list[int]
    accounts: set[int] = field(default_factory=set)


Counted = dict[int, Share]


def attribute(
    facts: Facts, owners: Owners, view: View, *, first: int, last: int, today: int
) -> Counted:
    """Every unit of `facts` to one owner by `view`; the period is first..last, both included."""
    if view == View.DAYS:
        return _by_days(facts, owners, first, last)
    fixed = {View.FIRST: first, View.LAST: last, View.TODAY: today}
    day = facts.day if view == View.INVOICE else fixed[view]
    return _added(owners.on(facts.account, day), facts.account, facts.money)


def _added(user: np.ndarray, account: np.ndarray, money: np.ndarray) -> Counted:
    if not len(user):
        return {}
    found: Counted = {}
    order = np.argsort(user, kind="stable")
    ids, starts = np.unique(user[order], return_index=True)
    for owner, rows in zip(ids.tolist(), np.split(order, starts[1:]), strict=True):
        found[owner] = Share(money[rows].sum(axis=0).tolist(), set(account[rows].tolist()))
    return found


def _by_days(facts: Facts, owners: Owners, first: int, last: int) -> Counted:
    ids, at = np.unique(facts.account, return_inverse=True)
    sums = np.zeros((len(ids), facts.money.shape[1]), dtype=np.int64)
    np.add.at(sums, at.ravel(), facts.money)
    changing = owners.changing(first, last)
    mixed = np.isin(ids, list(changing))
    found = _added(owners.on(ids[~mixed], first), ids[~mixed], sums[~mixed])
    for account, money in zip(ids[mixed].tolist(), sums[mixed].tolist(), strict=True):
        days = owned_days(owners, account, first, last)
        parts = zip(*(allot(column, list(days.values())) for column in money), strict=True)
        for user, part in zip(days, parts, strict=True):
            share = found.setdefault(user, Share([0] * len(money)))
            share.money = [a + b for a, b in zip(share.money, part, strict=True)]
            share.accounts.add(account)
    return found


def owned_days(owners: Owners, account: int, first: int, last: int) -> dict[int, int]:
    """How many days of first..last each owner held it; days without anybody are NOBODY's."""
    holdings = owners.of(account)
    cuts = {first, last + 1}
    for one in holdings:
        cuts |= {day for day in (one.start, one.end) if first < day <= last}
    edges = sorted(cuts)
    found: dict[int, int] = defaultdict(int)
    begun = np.array(edges[:-1], dtype=np.int64)
    users = owners.on(np.full(len(begun), account, dtype=np.int64), begun).tolist()
    for user, start, end in zip(users, edges, edges[1:], strict=False):
        found[user] += end - start
    return dict(found)


def allot(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole units by weight; what rounding leaves goes to the largest remainders."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for place in order[:rest]:
        parts[place] += 1
    return parts


def total(counted: Counted, columns: int) -> list[int]:
    """What all owners and NOBODY were counted together."""
    return [sum(share.money[column] for share in counted.values()) for column in range(columns)]


def place_of(counted: Counted, user: int, *, least: int) -> tuple[int, int] | None:
    """Place by the first column and of how many; None among fewer than `least` managers."""
    sums = {owner: share.money[0] for owner, share in counted.items() if owner != NOBODY}
    if user not in sums or len(sums) < least:
        return None
    return 1 + sum(value > sums[user] for value in sums.values()), len(sums)


@dataclass(frozen=True, slots=True)
class Hands:
    """An account that went from one owner to another, or to NOBODY, on its day."""

    account: int
    giver: int
    taker: int
    day: int


def changed_hands(owners: Owners, last: int) -> list[Hands]:
    """In the HANDS_DAYS up to `last`, the newest first; a first owner takes it from nobody's hands
    and is not one of them."""
    found = [Hands(*row) for row in hands(owners, last).tolist()]
    return sorted(found, key=lambda row: (-row.day, row.account))


def hands(owners: Owners, last: int) -> np.ndarray:
    """The same as [rows, 4] in the order of Hands' fields."""
    account, day = owners.turns(last - HANDS_DAYS, last)
    key = np.unique(account * WIDTH + day)
    account, day = key // WIDTH, key % WIDTH
    before, after = owners.on(account, day - 1), owners.on(account, day)
    moved = (before != after) & (before != NOBODY)
    return np.stack([account, before, after, day], axis=1)[moved]

"""The accounts whose health is asked for, and where the rows of others count."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from common import dbops

NEVER = 10_000  # days: nothing was ever recorded


@dataclass(frozen=True)
class Book:
    """`ids` ascending; `only` the ids asked for, None for the whole company.

    `members` says for which accounts a row of the ledger counts (those merged into them and the
    children that count with them), `merged` the same for what people record.
    """

    day: dt.date
    ids: np.ndarray
    members: np.ndarray
    merged: np.ndarray
    only: tuple[int, ...] | None = None

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def number(self) -> int:
        """The day as numbers of days are counted in the database."""
        return self.day.toordinal()

    def among(self, column: str, links: np.ndarray | None = None) -> tuple[str, list]:
        """SQL for rows of the accounts asked for; with `links` of all that count for them too."""
        if self.only is None:
            return "TRUE", []
        ids = self.only if links is None else [*self.only, *links[:, 0].tolist()]
        return dbops.one_of(column, ids)

    def places(self, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where these accounts stand, and which of them (bool) do at all."""
        return found_in(accounts, self.ids)

    def blank(self, value: int = 0) -> np.ndarray:
        return np.full(self.size, value, dtype=np.int64)


@dataclass(frozen=True)
class Found:
    """One part of all accounts: points, how old (days) its source is and how long that counts.

    `inputs` are the raw figures by name, NONE where there is none; a name tells the kind: `…_on`
    is a day, `…_units` money. `is_shared`: all accounts stand on one source of one age.
    """

    points: np.ndarray
    age: np.ndarray
    shelf: np.ndarray
    inputs: dict[str, np.ndarray] = field(default_factory=dict)
    is_shared: bool = True


def open_book(day: dt.date, account_ids: Collection[int] | None = None) -> Book:
    """Active accounts and prospects that were not merged away; three queries."""
    only = None if account_ids is None else tuple(account_ids)
    where, params = "TRUE", []
    if only is not None:
        where, params = dbops.one_of("id", only)
    ids = dbops.read_ints(
        ["id"],
        f"FROM accounts_account WHERE status IN ('active', 'prospect') AND {where}",
        params,
    )[:, 0]
    members = _links(
        "account_id", "counts_with_id", "accounts_accountscore", "counts_with_id", only
    )
    merged = _links("id", "merged_into_id", "accounts_account", "merged_into_id", only)
    return Book(day, np.sort(ids), members, merged, only)


def _links(member: str, head: str, table: str, column: str, only) -> np.ndarray:
    """[rows, 2]: whose rows count for whom."""
    where, params = "TRUE", []
    if only is not None:
        where, params = dbops.one_of(column, only)
    source = f"FROM {table} WHERE {column} IS NOT NULL AND {where} ORDER BY 1"
    return dbops.read_ints([member, head], source, params)


def counted(book: Book, links: np.ndarray, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(places in the book, rows) that rows of `accounts` count for: themselves and their heads."""
    own, is_own = book.places(accounts)
    rows = np.flatnonzero(is_own)
    if not len(links) or not len(accounts):
        return own, rows
    at = np.minimum(np.searchsorted(links[:, 0], accounts), len(links) - 1)
    linked = np.flatnonzero(links[at, 0] == accounts)
    heads, known = book.places(links[at[linked], 1])
    return np.concatenate([own, heads]), np.concatenate([rows, linked[known]])


def found_in(wanted: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where these stand in `keys`, which ascend, and which of them (bool) do at all."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    there = keys[at] == wanted
    return at[there], there


def age_of(book: Book, newest: dt.date | None) -> np.ndarray:
    """How old a source is that all accounts share."""
    days = NEVER if newest is None else max((book.day - newest).days, 0)
    return book.blank(days)

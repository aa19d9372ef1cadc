"""What the measures of one day are made from: the accounts of both years and whose they are."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from accounts.models import Account, TierSpan
from kpi.choices import Scope
from kpi.queries.measures.registry import SPLITS
from kpi.queries.periods import NOBODY, Pair, pair_of
from kpi.queries.periods.book import Book, read_book
from kpi.queries.periods.splits import Split, split, teams_on
from kpi.rules.attribution import Owners
from kpi.rules.pareto import LETTERS

COMPANY_KEY = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A reading before it is stored; `numerator` and `denominator` are counts or units of money."""

    code: str
    scope: Scope
    key: str
    numerator: int | None
    denominator: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    inputs: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """`compares`: the ledger holds the whole base year too."""

    day: dt.date
    book: Book
    splits: dict[Scope, Split]
    compares: bool

    @property
    def pair(self) -> Pair:
        return self.book.pair

    @property
    def owners(self) -> Owners:
        return self.splits[Scope.COMPANY].owners

    def groups(self, scope: Scope, accounts: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The group of something that happened at an account on a day (ordinals): by the owner of
        that day, his team of the last day, the account's segment of today, its tier at first."""
        if scope == Scope.COMPANY:
            return np.zeros(len(accounts), dtype=np.int64)
        if scope in (Scope.MANAGER, Scope.TEAM):
            owner = self.owners.on(accounts, days)
            return owner if scope == Scope.MANAGER else teams_on(owner, self.day)
        return looked_up(self.heads(accounts), self.words(scope))

    def heads(self, accounts: np.ndarray) -> np.ndarray:
        """Ids of the accounts these count with; one that is not known yet is its own."""
        state = self.book.state
        known = state.knows(accounts)
        found = accounts.copy()
        found[known] = state.ids[state.head[state.positions(accounts[known])]]
        return found

    def words(self, scope: Scope) -> dict[int, int]:
        if scope == Scope.SEGMENT:
            rows = Account.objects.exclude(segment=None)
            return dict(rows.values_list("pk", "segment"))
        levels = {str(letter): number for number, letter in enumerate(LETTERS)}
        spans = TierSpan.objects.on(self.pair.current.first)
        return {pk: levels[tier] for pk, tier in spans.values_list("account", "tier")}


def lay(day: dt.date) -> Ground | None:
    """None while the ledger does not hold the whole year up to `day`."""
    book = read_book(pair_of(day))
    begun = book.state.first_day
    if begun is None or begun > book.pair.current.first:
        return None
    splits = {scope: split(book, scope.value) for scope in SPLITS}
    return Ground(day, book, splits, compares=begun <= book.pair.base.first)


def looked_up(keys: np.ndarray, values: dict[int, int]) -> np.ndarray:
    found = (values.get(key, NOBODY) for key in keys.tolist())
    return np.fromiter(found, dtype=np.int64, count=len(keys))


def key_of(scope: Scope, group: int | str) -> str:
    """The key of a reading: "" for the company, a letter for tiers, else an id, 0 for none."""
    if scope == Scope.COMPANY:
        return COMPANY_KEY
    if scope == Scope.TIER and not isinstance(group, str):
        return str(LETTERS[group])
    return str(group)


def summed(groups: np.ndarray, values: np.ndarray) -> dict[int, list[int]]:
    """int64 sums of the columns of `values` by group."""
    ids, at = np.unique(groups, return_inverse=True)
    sums = np.zeros((len(ids), values.shape[1]), dtype=np.int64)
    np.add.at(sums, at.ravel(), values)
    return dict(zip(ids.tolist(), sums.tolist(), strict=True))


def share(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator > 0 else None

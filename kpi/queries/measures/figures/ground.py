"""What the measures of one day are made from: the accounts of both years and whose they are."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kpi.choices import Scope
from kpi.queries.measures.registry import SPLITS
from kpi.queries.periods import Pair, pair_of
from kpi.queries.periods.book import Book, heads_of, read_book
from kpi.queries.periods.source import Source
from kpi.queries.periods.splits import Split, split
from kpi.rules.attribution import Owners
from kpi.rules.groups import Cells, Groups
from kpi.rules.pareto import LETTERS
from kpi.rules.retention import Retention, of_groups, outcomes

COMPANY_KEY = ""
APART = (Scope.MANAGER, Scope.SEGMENT, Scope.TIER)  # the other splits are made of these


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
    def source(self) -> Source:
        return self.book.source

    @property
    def pair(self) -> Pair:
        return self.book.pair

    @property
    def owners(self) -> Owners:
        return self.splits[Scope.COMPANY].owners

    def groups(self, accounts: np.ndarray, days: np.ndarray) -> dict[Scope, np.ndarray]:
        """Of something that happened at accounts on days (ordinals), by each split: the owner of
        that day, his team of the last day, the account's segment of today, its tier at first."""
        source, current = self.source, self.pair.current
        owner, head = source.owner.on_days(accounts, days), self.heads(accounts)
        return {
            Scope.COMPANY: np.zeros(len(accounts), dtype=np.int64),
            Scope.MANAGER: owner,
            Scope.TEAM: source.teams.on(owner, self.day.toordinal()),
            Scope.SEGMENT: source.segments.on(head, current.first),
            Scope.TIER: source.tiers.on(head, current.first),
        }

    def summed(
        self, accounts: np.ndarray, days: np.ndarray, values: np.ndarray
    ) -> dict[Scope, dict[int, list[int]]]:
        """int64 sums of the columns of `values` by those groups."""
        groups = self.groups(accounts, days)
        cells = Cells(groups[scope] for scope in APART)
        sums = cells.sums(values)
        return {scope: summed(cells.of(groups[scope]), sums) for scope in SPLITS}

    def heads(self, accounts: np.ndarray) -> np.ndarray:
        """Ids of the accounts these count with; one that is not known yet is its own."""
        state = self.book.state
        known, head = heads_of(state, accounts)
        found = accounts.copy()
        found[known] = state.ids[head]
        return found

    @cached_property
    def kept(self) -> dict[Scope, dict[int | str, Retention]]:
        """By split and group; accounts that are together in all splits are added up once."""
        book, splits = self.book, self.splits
        cells = Cells([splits[Scope.MANAGER].before, *(splits[scope].after for scope in APART)])
        accounts = outcomes(book.base, book.current, book.status, book.hands)
        added = [cells.sums(column) for column in accounts]
        found = {}
        for scope, parts in splits.items():
            groups = of_groups(added, cells.of(parts.before), cells.of(parts.after))
            found[scope] = {parts.key(group): one for group, one in groups.items()}
        found[Scope.COMPANY].setdefault(0, Retention())
        return found


def lay(day: dt.date, source: Source | None = None) -> Ground | None:
    """None while the ledger does not hold the whole year up to `day`. `source`: what days that are
    read together share."""
    source = source or Source([pair_of(day)])
    begun, pair = source.state.first_day, pair_of(day)
    if begun is None or begun > pair.current.first:
        return None
    book = read_book(pair, source=source)
    splits = {scope: split(book, scope.value) for scope in SPLITS}
    return Ground(day, book, splits, compares=begun <= pair.base.first)


def key_of(scope: Scope, group: int | str) -> str:
    """The key of a reading: "" for the company, a letter for tiers, else an id, 0 for none."""
    if scope == Scope.COMPANY:
        return COMPANY_KEY
    if scope == Scope.TIER and not isinstance(group, str):
        return str(LETTERS[group])
    return str(group)


def summed(groups: np.ndarray, values: np.ndarray) -> dict[int, list[int]]:
    """int64 sums of the columns of `values` by group."""
    found = Groups(groups)
    return dict(zip(found.ids.tolist(), found.sums(values).tolist(), strict=True))


def share(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator > 0 else None

"""Whose an account's base and its outcome are: the groups of every way to split the company.

Base goes to the owner on the first day of the current period, the outcome to the owner on its last
day (methods 1.14), and so does the team of that owner. Segment and tier are one and the same for
both: the segment of today, the tier in force on the first day.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accounts.models import Account, TierSpan
from kpi.queries.attribution.facts import owners
from kpi.queries.periods.book import Book
from kpi.rules.attribution import NOBODY, Owners, changed_hands
from kpi.rules.pareto import LETTERS
from people.models import Membership

__all__ = ["NOBODY", "SPLITS", "Split", "split"]

SPLITS = ("company", "manager", "team", "segment", "tier", "account")


@dataclass(frozen=True)
class Split:
    """Groups of the book's rows; `key` turns a group's number into what callers get."""

    before: np.ndarray
    after: np.ndarray
    hands: np.ndarray
    owners: Owners
    key: Callable[[int], int | str] = int


def split(book: Book, by: str) -> Split:
    """ValueError for a way that is none of SPLITS."""
    held = owners()
    first, last = book.pair.current.first, book.pair.current.last
    moved = {one.account for one in changed_hands(held, last.toordinal())}
    hands = np.isin(book.ids, list(moved))
    if by == "company":
        nobody = np.zeros(len(book.ids), dtype=np.int64)
        return Split(nobody, nobody, hands, held)
    if by == "account":
        return Split(book.ids, book.ids, hands, held)
    if by in ("segment", "tier"):
        own = _segments(book) if by == "segment" else _tiers(book)
        return Split(own, own, hands, held, int if by == "segment" else _letter)
    if by not in SPLITS:
        raise ValueError(f"no such split: {by}")
    before = held.on(book.ids, first.toordinal())
    after = held.on(book.ids, last.toordinal())
    if by == "team":
        before, after = teams_on(before, first), teams_on(after, last)
    return Split(before, after, hands, held)


def teams_on(users: np.ndarray, day: dt.date) -> np.ndarray:
    """The team each user belonged to that day; NOBODY without one."""
    return _looked_up(users, dict(Membership.objects.on(day).values_list("user", "team")))


def _segments(book: Book) -> np.ndarray:
    rows = Account.objects.exclude(segment=None).values_list("pk", "segment")
    return _looked_up(book.ids, dict(rows))


def _tiers(book: Book) -> np.ndarray:
    spans = TierSpan.objects.on(book.pair.current.first).values_list("account", "tier")
    level = {str(letter): number for number, letter in enumerate(LETTERS)}
    return _looked_up(book.ids, {pk: level[tier] for pk, tier in spans})


def _letter(level: int) -> str:
    return str(LETTERS[level])


def _looked_up(keys: np.ndarray, values: dict[int, int]) -> np.ndarray:
    """The value of each key, 0 without one."""
    found = (values.get(key, NOBODY) for key in keys.tolist())
    return np.fromiter(found, dtype=np.int64, count=len(keys))

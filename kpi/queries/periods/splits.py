"""Whose an account's base and its outcome are: the groups of every way to split the company.

Base goes to the owner on the first day of the current period, the outcome to the owner on its last
day (methods 1.14), and so does the team of that owner. Segment and tier are one and the same for
both: the segment of today, the tier in force on the first day.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kpi.queries.periods.book import Book
from kpi.rules.attribution import NOBODY, Owners
from kpi.rules.pareto import LETTERS

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
    source, ids, hands, current = book.source, book.ids, book.hands, book.pair.current
    if by == "company":
        nobody = np.zeros(len(ids), dtype=np.int64)
        return Split(nobody, nobody, hands, source.owners)
    if by == "account":
        return Split(ids, ids, hands, source.owners)
    if by == "segment":
        own = source.segments.on(ids, current.last)
        return Split(own, own, hands, source.owners)
    if by == "tier":
        own = source.tiers.on(ids, current.first)
        return Split(own, own, hands, source.owners, _letter)
    if by not in SPLITS:
        raise ValueError(f"no such split: {by}")
    before, after = source.owner.on(ids, current.first), source.owner.on(ids, current.last)
    if by == "team":
        before = source.teams.on(before, current.first.toordinal())
        after = source.teams.on(after, current.last.toordinal())
    return Split(before, after, hands, source.owners)


def _letter(level: int) -> str:
    return str(LETTERS[level])

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
    source = book.source
    held, hands = source.owners, np.isin(book.ids, source.moved(book.pair.current.last))
    first, last = book.pair.current.first.toordinal(), book.pair.current.last.toordinal()
    if by == "company":
        nobody = np.zeros(len(book.ids), dtype=np.int64)
        return Split(nobody, nobody, hands, held)
    if by == "account":
        return Split(book.ids, book.ids, hands, held)
    if by == "segment":
        own = source.segments.on(book.ids, last)
        return Split(own, own, hands, held)
    if by == "tier":
        own = source.tiers.on(book.ids, first)
        return Split(own, own, hands, held, _letter)
    if by not in SPLITS:
        raise ValueError(f"no such split: {by}")
    before, after = held.on(book.ids, first), held.on(book.ids, last)
    if by == "team":
        before, after = source.teams.on(before, first), source.teams.on(after, last)
    return Split(before, after, hands, held)


def _letter(level: int) -> str:
    return str(LETTERS[level])

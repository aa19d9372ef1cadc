"""All parts of all accounts in one table: what a night scores and a page tells."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from kpi.queries.health.book import NEVER, Book, Found, open_book
from kpi.queries.health.left import Left, left_by_night
from kpi.queries.health.orders import is_silent, orders
from kpi.queries.health.plan import plan
from kpi.queries.health.relationship import (
    has_lost_its_sponsor,
    newest_touchpoint_day,
    relationship,
)
from kpi.queries.health.voice import voice
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import CAPS, PARTS, Cap, Part
from kpi.rules.health.told import NONE, told

RECORDED = (Part.ORDERS, Part.RELATIONSHIP, Part.PLAN, Part.VOICE)


@dataclass(frozen=True)
class Sheet:
    """`values` [accounts, PARTS] are points of what is known and fresh, `capped` [accounts, CAPS].

    Service and money have no records yet, nor have their caps: they stay unknown.
    """

    book: Book
    left: Left
    found: dict[Part, Found]
    values: np.ndarray
    capped: np.ndarray

    def told(self, place: int) -> dict[Part, dict]:
        """What made the score of the account there, part by part: see rules.health.told."""
        return {part: self._told(part, place) for part in self.found}

    def _told(self, part: Part, place: int) -> dict:
        found = self.found[part]
        inputs = {name: int(values[place]) for name, values in found.inputs.items()}
        is_fresh = self.values[place, PARTS.index(part)] > UNKNOWN
        return told(
            int(found.points[place]), bool(is_fresh), self._day(found, place),
            int(found.shelf[place]), inputs,
        )  # fmt: skip

    def source_day(self, part: Part) -> dt.date | None:
        """Of a source that all share."""
        age = int(self.found[part].age.min(initial=NEVER))
        return None if age >= NEVER else self.book.day - dt.timedelta(days=age)

    def _day(self, found: Found, place: int) -> int:
        """The day number of the source, NONE without one, and of a fresh one that all share: that
        is told once for all (accounts.Scoring)."""
        age = int(found.age[place])
        if age >= NEVER or (found.is_shared and age <= found.shelf[place]):
            return NONE
        return self.book.number - age


def sheet(day: dt.date, account_ids: Collection[int] | None = None) -> Sheet:
    """As many queries for ten accounts as for ten thousand. Rights are the caller's."""
    book = open_book(day, account_ids)
    left = left_by_night(book)
    newest = newest_touchpoint_day()
    found = {
        Part.ORDERS: orders(book, left),
        Part.RELATIONSHIP: relationship(book, newest),
        Part.PLAN: plan(book, newest, left),
        Part.VOICE: voice(book),
    }
    values = np.full((book.size, len(PARTS)), UNKNOWN, dtype=np.int64)
    for part, one in found.items():
        fresh = one.age <= one.shelf
        values[:, PARTS.index(part)] = np.where(fresh, one.points, UNKNOWN)
    capped = np.zeros((book.size, len(CAPS)), dtype=bool)
    silent = is_silent(book, found[Part.ORDERS])
    fresh = values[:, PARTS.index(Part.ORDERS)] > UNKNOWN  # a ledger that stopped is no silence
    capped[:, CAPS.index(Cap.SILENCE)] = silent & fresh
    gone = has_lost_its_sponsor(book, found[Part.RELATIONSHIP])
    capped[:, CAPS.index(Cap.SPONSOR)] = gone
    return Sheet(book, left, found, values, capped)

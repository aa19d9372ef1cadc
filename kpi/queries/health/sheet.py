"""All parts of all accounts in one table: what a night scores and stores."""

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
from kpi.rules.health import kept
from kpi.rules.health.kept import NONE
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import CAPS, PARTS, Cap, Part

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

    def digests(self) -> np.ndarray:
        """One number for all that is stored of an account's parts."""
        columns = [*self.values.T]
        for part in self.found.values():
            columns += [*part.inputs.values(), self._days(part)]
        mixed = np.zeros(self.book.size, dtype=np.uint64)
        with np.errstate(over="ignore"):
            for column in columns:
                mixed = (mixed ^ column.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
                mixed ^= mixed >> np.uint64(29)
        return mixed.astype(np.int64)

    def kept(self, places: np.ndarray) -> np.ndarray:
        """Of each place what its row keeps, packed."""
        rows = np.empty(len(places), dtype=kept.FORMAT)
        for part, found in self.found.items():
            fresh = self.values[:, PARTS.index(part)] > UNKNOWN
            columns = {
                "points": found.points, "fresh": fresh.astype(np.int64), "day": self._days(found),
                "shelf": found.shelf, **found.inputs,
            }  # fmt: skip
            kept.pack(part, {name: values[places] for name, values in columns.items()}, rows)
        return rows

    def parts(self, places: np.ndarray) -> list[dict]:
        return [kept.unpack(row.tobytes()) for row in self.kept(places)]

    def source_day(self, part: Part) -> dt.date | None:
        """Of a source that all share."""
        age = int(self.found[part].age.min(initial=NEVER))
        return None if age >= NEVER else self.book.day - dt.timedelta(days=age)

    def _days(self, found: Found) -> np.ndarray:
        """Day numbers of the source, NONE without one.

        A source that all share and that is fresh moves on each night: it is told once for all, so
        that no row changes because of it (accounts.Scoring).
        """
        is_told = found.is_shared & (found.age <= found.shelf)
        return np.where((found.age >= NEVER) | is_told, NONE, self.book.number - found.age)


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

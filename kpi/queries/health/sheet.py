"""All parts of all accounts in one table: what a night scores and stores."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from kpi.queries.health.book import NEVER, NONE, Book, Found, open_book
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

RECORDED = (Part.ORDERS, Part.RELATIONSHIP, Part.PLAN, Part.VOICE)


@dataclass(frozen=True)
class Sheet:
    """`values` [accounts, PARTS] are points of what is known and fresh, `capped` [accounts, CAPS].

    Service and money have no records yet, nor have their caps: they stay unknown.
    """

    book: Book
    found: dict[Part, Found]
    values: np.ndarray
    capped: np.ndarray

    def digests(self) -> np.ndarray:
        """One number for all that is stored of an account's parts."""
        columns = [self.values.T]
        for part in self.found.values():
            columns += [np.stack([*part.inputs.values()]), _source_days(self.book, part)[None]]
        table = np.concatenate(columns).astype(np.uint64)
        with np.errstate(over="ignore"):
            mixed = np.zeros(self.book.size, dtype=np.uint64)
            for row in table:
                mixed = (mixed ^ row) * np.uint64(0x9E3779B97F4A7C15)
                mixed ^= mixed >> np.uint64(29)
        return mixed.astype(np.int64)

    def parts(self, places: np.ndarray) -> list[dict]:
        """Of each place what its row keeps, ready for JSON."""
        rows: list[dict] = [{} for _place in places]
        for number, part in enumerate(PARTS):
            if part not in self.found:
                continue
            found = self.found[part]
            days = _source_days(self.book, found)[places].tolist()
            raw = found.points[places].tolist()
            fresh = (self.values[places, number] > UNKNOWN).tolist()
            inputs = _plain(found, places)
            shelf = found.shelf[places].tolist()
            for row, values in enumerate(zip(raw, fresh, days, shelf, inputs, strict=True)):
                rows[row][part.value] = _kept(*values)
        return rows


def _source_days(book: Book, found: Found) -> np.ndarray:
    return np.where(found.age >= NEVER, NONE, book.number - found.age)


def _kept(points: int, is_fresh: bool, day: int, shelf: int, inputs: dict) -> dict:
    """`value` None: unknown or stale; what a stale one was is `stale`."""
    on = None if day == NONE else dt.date.fromordinal(day)
    kept = {"value": points if is_fresh else None, "day": on and on.isoformat(), "inputs": inputs}
    if on:
        kept["until"] = (on + dt.timedelta(days=shelf)).isoformat()
    if not is_fresh and points > UNKNOWN:
        kept["stale"] = points
    return kept


def _plain(found: Found, places: np.ndarray) -> list[dict]:
    """Inputs as plain values by name; what nobody recorded is left out."""
    columns = {name: values[places].tolist() for name, values in found.inputs.items()}
    rows: list[dict] = [{} for _place in places]
    for name, values in columns.items():
        is_day = name.endswith("_on")
        for row, value in zip(rows, values, strict=True):
            if value != NONE:
                row[name] = dt.date.fromordinal(value).isoformat() if is_day else value
    return rows


def sheet(day: dt.date, account_ids: Collection[int] | None = None) -> Sheet:
    """As many queries for ten accounts as for ten thousand. Rights are the caller's."""
    book = open_book(day, account_ids)
    newest = newest_touchpoint_day()
    found = {
        Part.ORDERS: orders(book),
        Part.RELATIONSHIP: relationship(book, newest),
        Part.PLAN: plan(book, newest),
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
    return Sheet(book, found, values, capped)

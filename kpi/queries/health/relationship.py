"""Relationship: power-weighted coverage, effective threads, and whether a sponsor is there.

A sponsor is who holds that role, or controls the outcome (power 3). Field notes 4.4 and 4.5.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db.models import Max

from accounts.choices import Power, TouchpointState
from accounts.models import Touchpoint
from accounts.queries.dependence import looked_up, pair, powers_seen
from accounts.queries.ties import with_us_all
from common import dbops
from kpi.queries.health.book import Book, Found, age_of, found_in
from kpi.rules.health import points
from kpi.rules.health.score import SHELF, SPONSOR_DAYS
from kpi.rules.health.told import NONE
from people.models import company_zone

SPONSOR_ROLE = "sponsor"
ACCOUNT, CONTACT, TOLD = range(3)
BITS = (1, 1, 1, 22)  # of what is told of each


@dataclass(frozen=True)
class People:
    """Everybody who has or had a place, in the order of accounts and people.

    `at` is the place of the account in the book, `until` the last day number (0: still there),
    `power` 0 where unknown, `held` the strength of the tie with us all of who is there, else 0.
    """

    size: int
    at: np.ndarray
    contact: np.ndarray
    has_name: np.ndarray
    has_role: np.ndarray
    is_there: np.ndarray
    until: np.ndarray
    power: np.ndarray
    held: np.ndarray

    def summed(self, values: np.ndarray) -> np.ndarray:
        """By account of the book."""
        return np.bincount(self.at, weights=values, minlength=self.size)

    def counted(self, which: np.ndarray) -> np.ndarray:
        return np.bincount(self.at[which], minlength=self.size)


def newest_touchpoint_day() -> dt.date | None:
    """The last day on which anything was told of any customer."""
    at = Touchpoint.objects.filter(state=TouchpointState.DONE).aggregate(at=Max("at"))["at"]
    return at.astimezone(company_zone()).date() if at else None


def relationship(book: Book, newest: dt.date | None) -> Found:
    """Three queries; `newest` is newest_touchpoint_day."""
    people = _people(book)
    weight = np.where(people.is_there & people.has_name, people.power, 0)
    coverage = points.coverage_points(
        people.summed(weight * people.held), people.summed(weight).astype(np.int64)
    )
    # In a share unknown power weighs like the least.
    lived = people.held * np.maximum(people.power, 1)
    threads = points.threads_points(people.summed(lived), people.summed(lived**2))
    sponsors = _sponsors(book, people)
    sponsor = points.sponsor_points(sponsors["sponsors"], sponsors["tied"], sponsors["left"])
    inputs = {
        "powerful": people.counted(weight > 0),
        "people": people.counted(people.is_there & people.has_name),
        **sponsors,
        "coverage": coverage,
        "threads": threads,
        "sponsor": sponsor,
    }
    value = points.known_mean(coverage, threads, sponsor)
    return Found(value, age_of(book, newest), book.blank(SHELF), inputs)


def has_lost_its_sponsor(book: Book, found: Found) -> np.ndarray:
    """bool: the last one left more than 45 days ago and nobody came after."""
    gone = found.inputs["left_on"]
    return (gone != NONE) & (book.number - gone > SPONSOR_DAYS)


def _people(book: Book) -> People:
    columns = _places(book)
    at, there = book.places(columns[ACCOUNT])
    account, contact, has_name, has_role, is_there, until = (one[there] for one in columns)
    del columns  # of a million accounts they are large
    keys = pair(account, contact)
    return People(
        size=book.size,
        at=at,
        contact=contact,
        has_name=has_name,
        has_role=has_role,
        is_there=is_there,
        until=until,
        power=looked_up(keys, *powers_seen(book.day, book.only)),
        held=np.where(is_there, _held(book, keys), 0),
    )


def _held(book: Book, keys: np.ndarray) -> np.ndarray:
    """The strength of the tie with us all, of those who left too."""
    account, contact, strengths = with_us_all(book.day, book.only)
    place, known = found_in(pair(account, contact), keys)
    found = np.zeros(len(keys))
    found[place] = strengths[known]
    return found


def _places(book: Book) -> list[np.ndarray]:
    """Everybody who has or had a place, once each in the order of their keys (see pair): the
    columns account, contact, has a name, has the role, is there (bool) and until."""
    where, params = book.among("account_id")
    told = (
        "CASE WHEN contact_id IN (SELECT id FROM accounts_contact WHERE name = '')"
        " THEN 0 ELSE 1 END",
        "CASE WHEN role_id IN (SELECT id FROM accounts_contactrole WHERE code = %s)"
        " THEN 1 ELSE 0 END",
        "CASE WHEN valid_to IS NULL OR valid_to > %s THEN 1 ELSE 0 END",
        f"COALESCE({dbops.day_number('valid_to')}, 0)",
    )
    rows = dbops.read_ints(
        ["account_id", "contact_id", dbops.side_by_side(*zip(told, BITS, strict=True))],
        f"FROM accounts_position WHERE valid_from <= %s AND {where}",
        [SPONSOR_ROLE, book.day, book.day, *params],
    )
    keys = pair(rows[:, ACCOUNT], rows[:, CONTACT])
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    *marks, until = dbops.apart(rows[:, TOLD], *BITS)
    found = [rows[:, ACCOUNT], rows[:, CONTACT], *(mark == 1 for mark in marks), until]
    if len(first) == len(rows):
        return found
    return [np.maximum.reduceat(one, first) for one in found]


def _sponsors(book: Book, people: People) -> dict[str, np.ndarray]:
    """How many are there, tied and gone; and where none is left, who went last, and when."""
    is_one = people.has_name & (people.has_role | (people.power == int(Power.INNER)))
    there = is_one & people.is_there
    gone = is_one & ~people.is_there & (people.until > 0) & (people.until <= book.number)
    found = {
        "sponsors": people.counted(there),
        "tied": people.counted(there & (people.held >= points.TIED)),
        "left": people.counted(gone),
    }
    left_on, who = book.blank(NONE), book.blank(NONE)
    leavers = np.flatnonzero(gone)
    leavers = leavers[np.argsort(people.until[leavers], kind="stable")]  # the last is written last
    at = people.at[leavers]
    left_on[at], who[at] = people.until[leavers], people.contact[leavers]
    alone = found["sponsors"] == 0
    return found | {
        "left_on": np.where(alone, left_on, NONE),
        "left_contact": np.where(alone, who, NONE),
    }

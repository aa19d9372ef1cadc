"""Relationship: power-weighted coverage, effective threads, and whether a sponsor is there.

A sponsor is who holds that role, or controls the outcome (power 3). Field notes 4.4 and 4.5.
"""

import datetime as dt

import numpy as np
from django.db.models import Max

from accounts.choices import Power, TouchpointState
from accounts.models import Touchpoint
from accounts.queries.dependence import Ties, looked_up, pair, powers_seen, ties_on
from common import dbops
from kpi.queries.health.book import Book, Found, age_of
from kpi.rules.health import points
from kpi.rules.health.kept import NONE
from kpi.rules.health.score import SHELF, SPONSOR_DAYS
from people.models import company_zone

SPONSOR_ROLE = "sponsor"
ACCOUNT, CONTACT, HAS_ROLE, IS_THERE, UNTIL = range(5)


def newest_touchpoint_day() -> dt.date | None:
    """The last day on which anything was told of any customer."""
    at = Touchpoint.objects.filter(state=TouchpointState.DONE).aggregate(at=Max("at"))["at"]
    return at.astimezone(company_zone()).date() if at else None


def relationship(book: Book, newest: dt.date | None) -> Found:
    """Three queries; `newest` is newest_touchpoint_day."""
    powers = powers_seen(book.day, book.only)
    ties = ties_on(book.day, book.only, named=False, powers=powers)
    people = _people(book)
    power = looked_up(pair(people[:, ACCOUNT], people[:, CONTACT]), *powers)
    held = _strength(people, ties)
    there = people[:, IS_THERE] == 1
    weight = np.where(there, power, 0)
    coverage = points.coverage_points(
        _summed(book, people, weight * held), _summed(book, people, weight).astype(np.int64)
    )
    threads = _threads(book, ties)
    sponsors = _sponsors(book, people, power, held)
    sponsor = points.sponsor_points(sponsors["sponsors"], sponsors["tied"], sponsors["left"])
    inputs = {
        "powerful": _summed(book, people, weight > 0).astype(np.int64),
        "people": _summed(book, people, there).astype(np.int64),
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


def _people(book: Book) -> np.ndarray:
    """Everybody with a name who has or had a place, a row each; UNTIL is their last day number."""
    where, params = book.among("p.account_id")
    day = book.day
    rows = dbops.read_ints(
        [
            "p.account_id",
            "p.contact_id",
            f"CASE WHEN r.code = '{SPONSOR_ROLE}' THEN 1 ELSE 0 END",
            "CASE WHEN p.valid_to IS NULL OR p.valid_to > %s THEN 1 ELSE 0 END",
            f"COALESCE({dbops.day_number('p.valid_to')}, 0)",
        ],
        "FROM accounts_position p JOIN accounts_contact c ON c.id = p.contact_id"
        " LEFT JOIN accounts_contactrole r ON r.id = p.role_id"
        f" WHERE c.name <> '' AND p.valid_from <= %s AND {where}",
        [day, day, *params],
    )
    rows = rows[np.argsort(pair(rows[:, ACCOUNT], rows[:, CONTACT]))]
    keys = pair(rows[:, ACCOUNT], rows[:, CONTACT])
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return np.maximum.reduceat(rows, first) if len(first) else rows


def _strength(people: np.ndarray, ties: Ties) -> np.ndarray:
    keys = pair(ties.account, ties.contact)
    order = np.argsort(keys)
    wanted = pair(people[:, ACCOUNT], people[:, CONTACT])
    return looked_up(wanted, keys[order], ties.strength[order])


def _summed(book: Book, people: np.ndarray, values: np.ndarray) -> np.ndarray:
    total = np.zeros(book.size)
    at, there = book.places(people[:, ACCOUNT])
    np.add.at(total, at, values[there])
    return total


def _threads(book: Book, ties: Ties) -> np.ndarray:
    total, squares = np.zeros(book.size), np.zeros(book.size)
    at, there = book.places(ties.account)
    weight = ties.weight[there]
    np.add.at(total, at, weight)
    np.add.at(squares, at, weight**2)
    return points.threads_points(total, squares)


def _sponsors(book, people, power, held) -> dict[str, np.ndarray]:
    """How many are there, tied and gone; and where none is left, who went last, and when."""
    is_one = (people[:, HAS_ROLE] == 1) | (power == int(Power.INNER))
    there = is_one & (people[:, IS_THERE] == 1)
    gone = is_one & ~there & (people[:, UNTIL] > 0) & (people[:, UNTIL] <= book.number)
    counts = {
        "sponsors": _summed(book, people, there),
        "tied": _summed(book, people, there & (held >= points.TIED)),
        "left": _summed(book, people, gone),
    }
    found = {name: values.astype(np.int64) for name, values in counts.items()}
    left_on, who = book.blank(NONE), book.blank(NONE)
    rows = people[gone]
    rows = rows[np.argsort(rows[:, UNTIL], kind="stable")]  # the last to leave is written last
    at, known = book.places(rows[:, ACCOUNT])
    left_on[at], who[at] = rows[known, UNTIL], rows[known, CONTACT]
    alone = found["sponsors"] == 0
    return found | {
        "left_on": np.where(alone, left_on, NONE),
        "left_contact": np.where(alone, who, NONE),
    }

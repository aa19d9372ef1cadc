"""What a manager carries and can carry, in hours a month with customers (field notes 4.9).

The notes give two to eight hours for one relationship a month and no figure for its age: that
people one has just taken over cost half as much again for the days of the watch is our choice.

The notes count "relationships", of which a strategic account has five to ten; a map of three
hundred people holds far more names than anybody keeps up. Who counts is told by `lived_after`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np

VERSION = "load-2"
Numbers = TypeVar("Numbers", float, np.ndarray)
LIVES = dt.timedelta(days=365)
NEW = dt.timedelta(days=90)
FRESH = 1.5
WEEKEND = 5  # Monday is 0
MONTHS_RUNNING = 2
MONTH = 30
NIGHTS_ENOUGH = 10
OWN_LIMITS = {"hours_a_month": 300, "most_key": 50, "most_regular": 500}  # what may be entered


class Over(StrEnum):
    HOURS = "hours"
    KEY = "key"
    REGULAR = "regular"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the company, or this manager, reckons with; hours by the letter of the tier."""

    hours_a_month: float = 120
    hours_by_tier: Mapping[str, float] | None = None
    fixed_by_tier: Mapping[str, float] | None = None
    most_key: int = 3
    most_regular: int = 25

    def for_relationship(self, tier: str) -> float:
        return _of_tier(self.hours_by_tier, tier)

    def for_account(self, tier: str) -> float:
        return _of_tier(self.fixed_by_tier, tier)


def _of_tier(hours: Mapping[str, float] | None, tier: str) -> float:
    """Of a tier nobody gave hours to: none."""
    return float((hours or {}).get(tier, 0))


@dataclass(frozen=True, slots=True)
class Load:
    """Hours a month asked for and to be had; `share` is None when nobody is there to give any."""

    hours: float
    capacity: float

    @property
    def share(self) -> float | None:
        return self.hours / self.capacity if self.capacity > 0 else None


def lived_after(day: dt.date) -> tuple[dt.date, dt.date]:
    """The days after which both sides have to have spoken, or a person to have come on the map, to
    be a relationship that takes hours: within a year, or within a quarter, being got to know.

    Somebody of power whom nobody speaks to is a gap of the map and takes no hours yet.

    >>> lived_after(dt.date(2026, 5, 20))
    (datetime.date(2025, 5, 20), datetime.date(2026, 2, 19))
    """
    return day - LIVES, day - NEW


def account_hours(
    tier: str, relationships: int, figures: Figures, *, is_fresh: bool = False, is_own: bool = True
) -> float:
    """Of one account: its people and, where it is an account by itself, the account as such.

    >>> account_hours("A", 8, Figures(hours_by_tier={"A": 4}, fixed_by_tier={"A": 6}))
    38.0
    """
    each, fixed = figures.for_relationship(tier), figures.for_account(tier)
    return hours(relationships, each, fixed, is_fresh, is_own)


def hours(
    relationships: Numbers, each: Numbers, fixed: Numbers, is_fresh: Numbers, is_own: Numbers
) -> Numbers:
    """The same of one account or, as arrays, of many."""
    return relationships * each * (1 + (FRESH - 1) * is_fresh) + fixed * is_own


def load(
    relationships_by_tier: Mapping[str, float],
    accounts_by_tier: Mapping[str, int],
    figures: Figures,
    *,
    present: float = 1.0,
) -> Load:
    """`present`: the part of the month that somebody is there."""
    people = sum(n * figures.for_relationship(tier) for tier, n in relationships_by_tier.items())
    fixed = sum(n * figures.for_account(tier) for tier, n in accounts_by_tier.items())
    return Load(people + fixed, figures.hours_a_month * present)


def accounts_held(
    capacity: float, relationships: float, hours_each: float, fixed: float = 0
) -> float:
    """How many alike accounts fill the capacity; why the bench marks of the trade differ.

    >>> accounts_held(120, 8, 4), accounts_held(120, 5, 2), accounts_held(120, 10, 8)
    (3.75, 12.0, 1.5)
    """
    each = relationships * hours_each + fixed
    if each <= 0:
        raise ValueError("accounts that cost no hours fill nothing")
    return capacity / each


def working_days(start: dt.date, end: dt.date) -> set[dt.date]:
    """Mondays to Fridays of start <= day < end."""
    every = (start + dt.timedelta(days=n) for n in range((end - start).days))
    return {day for day in every if day.weekday() < WEEKEND}


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Its first day, and the first of the next."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=32)).replace(day=1)


def share_within(spans: Iterable[tuple[dt.date, dt.date]], start: dt.date, end: dt.date) -> float:
    """The part of the working days of start <= day < end that lies in half-open `spans`, which
    may overlap."""
    days = working_days(start, end)
    if not days:
        return 0.0
    within: set[dt.date] = set()
    for first, last in spans:
        within |= working_days(max(first, start), min(last, end))
    return len(within) / len(days)


def overs(found: Load, key: int, regular: int, figures: Figures) -> tuple[Over, ...]:
    """Every limit that is passed, the heaviest reason first; at a limit is not over it."""
    reasons = (
        (Over.HOURS, found.share is not None and found.share > 1),
        (Over.KEY, key > figures.most_key),
        (Over.REGULAR, regular > figures.most_regular),
    )
    return tuple(reason for reason, is_over in reasons if is_over)


def is_over_running(nights: Iterable[tuple[dt.date, float, float]], day: dt.date) -> bool:
    """Whether each of the two months (of thirty days) up to `day` asked for more hours than there
    were; `nights` are (day, hours, capacity). A month of which few nights are known says nothing.
    """
    months: list[list[tuple[float, float]]] = [[] for _ in range(MONTHS_RUNNING)]
    for night, hours, capacity in nights:
        age = (day - night).days
        if 0 <= age < MONTH * MONTHS_RUNNING:
            months[age // MONTH].append((hours, capacity))
    return all(
        len(rows) >= NIGHTS_ENOUGH and sum(row[0] for row in rows) > sum(row[1] for row in rows)
        for rows in months
    )

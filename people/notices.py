"""Kinds of news: what each says, where it leads, and whether the reader may still see its target.

A notification stores a code and a target, never words or names. Apps above register what they
know; rights are asked anew each time it is shown, counted or mailed (docs/security.md).
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from common.lists import capped_counts
from people.models import User

Find = Callable[[User, Collection[int]], Mapping[int, Model]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`find`: of these targets those the user may see now; `sentence` and `url` of one of them."""

    icon: str
    find: Find
    sentence: Callable[[Any, dict], str]
    url: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a digest."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the digest that is read when it is sent: what is due, not what happened."""

    title: str
    items: list[Item]


KINDS: dict[str, Kind] = {}
COUNTS: dict[str, Callable[[User], dict[str, QuerySet]]] = {}
SECTIONS: list[Callable[[User, dt.date], Section | None]] = []


def register(kinds: dict[str, Kind]) -> None:
    KINDS.update(kinds)


def register_section(make: Callable[[User, dt.date], Section | None]) -> None:
    """`make(user, day)` reads with the user's rights of the moment; None when there is nothing."""
    if make not in SECTIONS:
        SECTIONS.append(make)


def register_count(url: str, rows: Callable[[User], dict[str, QuerySet]]) -> None:
    """The number beside this place of the navigation: rows to count; nought is not shown."""
    COUNTS[url] = rows


def counts(user: User, urls: Collection[str]) -> dict[str, int]:
    """What waits at each of these places; one query for all of them."""
    places = [url for url in urls if url in COUNTS]
    rows = {(url, name): rows for url in places for name, rows in COUNTS[url](user).items()}
    found = capped_counts(rows)
    return {url: sum(n for (place, _name), n in found.items() if place == url) for url in places}

"""The order of the search: when a circle is exhausted, and when the next one may be opened."""

from collections.abc import Iterable
from typing import NamedTuple


class Circle(NamedTuple):
    """A search tier in figures; `percent` of those found must be reached to exhaust it."""

    is_open: bool
    found: int
    reached: int
    percent: int


def share(circle: Circle) -> float | None:
    """How many of those found were reached; None while nobody was found."""
    return circle.reached / circle.found if circle.found else None


def is_exhausted(circle: Circle) -> bool:
    """Nobody found yet means that nobody has looked: not exhausted.

    >>> is_exhausted(Circle(True, 10, 8, 80)), is_exhausted(Circle(True, 0, 0, 80))
    (True, False)
    """
    return circle.found > 0 and circle.reached * 100 >= circle.percent * circle.found


def may_open(before: Iterable[Circle]) -> bool:
    """Without a reason: all tiers before it are open and exhausted; the first one always."""
    return all(circle.is_open and is_exhausted(circle) for circle in before)

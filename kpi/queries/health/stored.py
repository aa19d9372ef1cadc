"""What the last night left of every account's health, as arrays beside a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from common import dbops
from kpi.queries.health.book import Book
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import CAPS, Earlier

REACHED = ("score", "mean", "confidence", "known", "ceiling", "missing")
BEFORE = ("was_mean", "was_known", "was_ceiling", "was_missing")
NEVER = 0
SMALL = 15  # bits of a number that is at most 1,000


@dataclass(frozen=True)
class Stored:
    """`as_of` is a day number, NEVER without a row; the others are those of the row. `newest` is
    the last of all rows, those of closed accounts too."""

    as_of: np.ndarray
    cap: np.ndarray
    weights: np.ndarray
    reached: dict[str, np.ndarray]
    before: Earlier
    newest: int

    def earlier(self, day: int) -> Earlier:
        """What a night of `day` goes on from: the row, or what the row went on from itself."""
        again = self.as_of >= day
        names = ("mean", "known", "ceiling", "missing")
        return Earlier(
            *(np.where(again, getattr(self.before, name), self.reached[name]) for name in names)
        )


def stored(book: Book) -> Stored:
    """One query."""
    where, params = book.among("account_id")
    held = (f"{dbops.place_in('cap', CAPS, UNKNOWN)} - {UNKNOWN}", SMALL)
    rows = dbops.read_ints(
        [
            "account_id", dbops.day_number("as_of"), "COALESCE(weights_id, 0)",
            dbops.side_by_side(held, *(_told(name) for name in REACHED[:3])),
            dbops.side_by_side(*(_told(name) for name in REACHED[3:])),
            dbops.side_by_side(*(_told(name) for name in BEFORE)),
        ],
        f"FROM kpi_health WHERE {where}",
        params,
    )  # fmt: skip
    at, there = book.places(rows[:, 0])
    newest = int(rows[:, 1].max(initial=NEVER))
    rows = rows[there]

    def spread(values: np.ndarray, empty: int) -> np.ndarray:
        column = book.blank(empty)
        column[at] = values
        return column

    def columns(place: int, names: Sequence[str]) -> list[np.ndarray]:
        parts = dbops.apart(rows[:, place], *[SMALL] * len(names))
        return [
            spread(part + UNKNOWN, 0 if name.endswith(("known", "missing")) else UNKNOWN)
            for name, part in zip(names, parts, strict=True)
        ]

    cap, *first = columns(3, ("cap", *REACHED[:3]))
    return Stored(
        as_of=spread(rows[:, 1], NEVER),
        cap=cap,
        weights=spread(rows[:, 2], 0),
        reached=dict(zip(REACHED, [*first, *columns(4, REACHED[3:])], strict=True)),
        before=Earlier(*columns(5, BEFORE)),
        newest=newest,
    )


def _told(name: str) -> tuple[str, int]:
    """SQL for a small number or UNKNOWN, above zero, and its bits."""
    return f"COALESCE({name}, {UNKNOWN}) - {UNKNOWN}", SMALL


def rewound(book: Book) -> Earlier:
    """What the history says of the day before `book.day`, for a night that goes back in time."""
    where, params = book.among("account_id")
    names = ("mean", "known", "ceiling", "missing")
    newest = (
        "SELECT account_id, MAX(day) AS day FROM kpi_healthday"  # noqa: S608  our own condition
        f" WHERE day < %s AND {where} GROUP BY account_id"
    )
    rows = dbops.read_ints(
        ["h.account_id", *(f"COALESCE(h.{name}, {UNKNOWN})" for name in names)],
        f"FROM kpi_healthday h JOIN ({newest}) n ON n.account_id = h.account_id AND n.day = h.day",
        [book.day, *params],
    )
    found = Earlier.nothing(book.size)
    at, there = book.places(rows[:, 0])
    for place, name in enumerate(names, 1):
        getattr(found, name)[at] = rows[there, place]
    return found

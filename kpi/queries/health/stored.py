"""What the last night left of every account's health, as arrays beside a sheet."""

from dataclasses import dataclass

import numpy as np

from common import dbops
from kpi.queries.health.book import Book
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import CAPS, Earlier

REACHED = ("score", "mean", "confidence", "known", "ceiling", "missing")
BEFORE = ("was_mean", "was_known", "was_ceiling", "was_missing")
NEVER = 0


@dataclass(frozen=True)
class Stored:
    """`as_of` is a day number, NEVER without a row; the others are those of the row. `newest` is
    the last of all rows, those of closed accounts too."""

    as_of: np.ndarray
    digest: np.ndarray
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
    cases = " ".join(f"WHEN '{cap}' THEN {place}" for place, cap in enumerate(CAPS))
    names = [*REACHED, *BEFORE]
    rows = dbops.read_ints(
        [
            "account_id",
            dbops.day_number("as_of"),
            "digest",
            f"CASE cap {cases} ELSE {UNKNOWN} END",
            "COALESCE(weights_id, 0)",
            *(f"COALESCE({name}, {UNKNOWN})" for name in names),
        ],
        f"FROM kpi_health WHERE {where}",
        params,
    )
    at, there = book.places(rows[:, 0])
    newest = int(rows[:, 1].max(initial=NEVER))
    rows = rows[there]

    def column(place: int, empty: int) -> np.ndarray:
        values = book.blank(empty)
        values[at] = rows[:, place]
        return values

    empty = {name: 0 if name.endswith(("known", "missing")) else UNKNOWN for name in names}
    found = {name: column(place, empty[name]) for place, name in enumerate(names, 5)}
    return Stored(
        as_of=column(1, NEVER),
        digest=column(2, 0),
        cap=column(3, UNKNOWN),
        weights=column(4, 0),
        reached={name: found[name] for name in REACHED},
        before=Earlier(*(found[name] for name in BEFORE)),
        newest=newest,
    )


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

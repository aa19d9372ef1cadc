"""What health tells the warnings: since when somebody falls, whose sponsor left, who buys fewer
lines.

Of the whole company, with the evidence of each; rights are the reader's of the warning.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from common import dbops
from kpi.models import HealthDay
from kpi.queries.health.book import open_book
from kpi.queries.health.relationship import (
    has_lost_its_sponsor,
    relationship,
)
from kpi.queries.reporting import newest_ledger_day
from kpi.rules.health.score import (
    SHELF,
    SLOPE_DAYS,
    SLOPE_POINTS,
    SPONSOR_DAYS,
    TENTHS,
)

PART = 500  # accounts asked for at once
FEWER = "(s.lines > 0 AND 2 * s.lines <= s.most_lines)"  # SQL of points.has_fewer_lines


@dataclass(frozen=True, slots=True)
class SponsorLeft:
    """`contact_id` was the last to leave, on `left_on`; nobody followed for `days`."""

    contact_id: int
    left_on: dt.date
    days: int


def fallen_since(accounts: Collection[int], day: dt.date) -> dict[int, dt.date]:
    """Since which day each of them has been falling so fast, day after day, at most a month ago."""
    rows: dict[int, list[tuple]] = defaultdict(list)
    for some in dbops.chunks(accounts, PART):
        kept = HealthDay.objects.filter(account__in=some, day__lte=day).order_by("day")
        for pk, on, score, weights in kept.values_list("account", "day", "score", "weights"):
            rows[pk].append((on, score, weights))
    return {pk: _begun(rows[pk], day) for pk in accounts}


def _begun(rows: list[tuple], day: dt.date) -> dt.date:
    """`rows`: from a day on its score and weights, ascending."""
    begun = day
    for ago in range(1, SLOPE_DAYS + 1):
        earlier = day - dt.timedelta(days=ago)
        if not _fell(_on(rows, earlier), _on(rows, earlier - dt.timedelta(days=SLOPE_DAYS))):
            break
        begun = earlier
    return begun


def _on(rows: list[tuple], day: dt.date) -> tuple:
    place = bisect_right(rows, day, key=itemgetter(0))
    return rows[place - 1] if place else (day, None, None)


def _fell(now: tuple, then: tuple) -> bool:
    if now[1] is None or then[1] is None or now[2] != then[2]:
        return False
    return then[1] - now[1] >= SLOPE_POINTS * TENTHS


def sponsors_left(day: dt.date) -> dict[int, SponsorLeft]:
    """Accounts whose last sponsor left more than 45 days ago and has no successor."""
    accounts = _whose_people_left(day - dt.timedelta(days=SPONSOR_DAYS))
    if not accounts:
        return {}
    book = open_book(day, accounts)
    found = relationship(book, None)
    places = np.flatnonzero(has_lost_its_sponsor(book, found))
    who, left = found.inputs["left_contact"], found.inputs["left_on"]
    return {
        int(book.ids[place]): SponsorLeft(
            int(who[place]),
            dt.date.fromordinal(int(left[place])),
            int(book.number - left[place]),
        )
        for place in places.tolist()
    }


def _whose_people_left(day: dt.date) -> list[int]:
    """Accounts at which somebody's time ended before `day`: of most books a few."""
    rows = dbops.read_ints(
        ["account_id"], "FROM accounts_position WHERE valid_to < %s GROUP BY 1", [day]
    )
    return rows[:, 0].tolist()


def knows_lines(day: dt.date) -> bool:
    """Whether the night's count of service lines may be told: not of a ledger that is older than
    its shelf."""
    newest = newest_ledger_day()
    return newest is not None and (day - newest).days <= SHELF

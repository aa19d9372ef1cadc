"""What health tells the warnings: who falls fast, whose sponsor left, who buys fewer lines.

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
from kpi.queries.health.orders import is_slid_to, service_lines
from kpi.queries.health.relationship import (
    has_lost_its_sponsor,
    relationship,
)
from kpi.queries.reporting import newest_ledger_day
from kpi.rules.health.points import has_fewer_lines
from kpi.rules.health.score import (
    SHELF,
    SLOPE_DAYS,
    SLOPE_POINTS,
    SPONSOR_DAYS,
    TENTHS,
)

PART = 500  # accounts asked for at once


@dataclass(frozen=True, slots=True)
class Slope:
    """Tenths of a point, today and `SLOPE_DAYS` earlier; by the same weights."""

    now: int
    then: int
    since: dt.date

    @property
    def lost(self) -> int:
        """Whole points."""
        return (self.then - self.now) // TENTHS


@dataclass(frozen=True, slots=True)
class SponsorLeft:
    """`contact_id` was the last to leave, on `left_on`; nobody followed for `days`."""

    contact_id: int
    left_on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class FewerLines:
    """Service lines bought in the last months against the most in any three of twelve."""

    now: int
    peak: int


def slopes(day: dt.date) -> dict[int, Slope]:
    """Ten points and more lost in thirty days; one query, which asks the history of each account
    for one row, however long it is. Adopted weights are no fall."""
    since = day - dt.timedelta(days=SLOPE_DAYS)
    rows = dbops.read_ints(
        ["h.account_id", "h.score", "d.score"],
        "FROM kpi_health h"
        " JOIN kpi_healthday d ON d.id = (SELECT x.id FROM kpi_healthday x"
        " WHERE x.account_id = h.account_id AND x.day <= %s ORDER BY x.day DESC LIMIT 1)"
        " JOIN accounts_account a ON a.id = h.account_id"
        " WHERE a.status IN ('active', 'prospect') AND h.score IS NOT NULL"
        " AND d.score - h.score >= %s AND d.weights_id IS NOT DISTINCT FROM h.weights_id",
        [since, SLOPE_POINTS * TENTHS],
    )
    return {account: Slope(now, then, since) for account, now, then in rows.tolist()}


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


def fewer_lines(day: dt.date) -> dict[int, FewerLines]:
    """Accounts that still buy, but half of their service lines or fewer; nothing while the ledger
    is older than its shelf."""
    newest = newest_ledger_day()
    if newest is None or (day - newest).days > SHELF:
        return {}
    if is_slid_to(day):
        return _fewer_by_night()
    book = open_book(day)
    now, peak = service_lines(book, None)
    places = np.flatnonzero(has_fewer_lines(now, peak))
    return {
        int(book.ids[place]): FewerLines(int(now[place]), int(peak[place]))
        for place in places.tolist()
    }


def _fewer_by_night() -> dict[int, FewerLines]:
    """What the night counted; only rows that may say it are read."""
    rows = dbops.read_ints(
        ["s.account_id", "s.lines", "s.most_lines"],
        "FROM accounts_accountscore s JOIN accounts_account a ON a.id = s.account_id"
        " WHERE a.status IN ('active', 'prospect') AND s.lines > 0 AND 2 * s.lines <= s.most_lines",
    )
    rows = rows[has_fewer_lines(rows[:, 1], rows[:, 2])]
    return {account: FewerLines(now, peak) for account, now, peak in rows.tolist()}

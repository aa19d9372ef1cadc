"""What health tells the warnings: who falls fast, whose sponsor left, who buys fewer lines.

Of the whole company, with the evidence of each; rights are the reader's of the warning.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from common import dbops
from kpi.queries.health.book import age_of, open_book
from kpi.queries.health.orders import is_slid, service_lines
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


def sponsors_left(day: dt.date) -> dict[int, SponsorLeft]:
    """Accounts whose last sponsor left more than 45 days ago and has no successor."""
    book = open_book(day, _whose_people_left(day - dt.timedelta(days=SPONSOR_DAYS)))
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
    book = open_book(day)
    if int(age_of(book, newest_ledger_day()).max(initial=0)) > SHELF:
        return {}
    now, peak = service_lines(book, is_slid(book))
    places = np.flatnonzero(has_fewer_lines(now, peak))
    return {
        int(book.ids[place]): FewerLines(int(now[place]), int(peak[place]))
        for place in places.tolist()
    }

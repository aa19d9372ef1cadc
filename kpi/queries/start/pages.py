"""What each role's page holds, as its template reads it.

`compares`: the ledger holds the twelve months before the last twelve.
"""

import datetime as dt
from dataclasses import asdict

from django.db.models import QuerySet

from accounts.models import Account
from hiring.queries.start.director import hiring_now
from kpi.queries.remembered import remembered
from kpi.queries.start import (
    company,
    kept,
    matters,
    moves,
    news,
    overload,
    own,
    recruiting,
    risk,
    scores,
    silences,
    since,
    system,
    told,
)
from people.models import User

MONTH = dt.timedelta(days=31)
MOVES, OWN_MOVES = 3, 6


def director_page(
    user: User, *, as_of: dt.date, today: dt.date, currency: str, compares: bool
) -> dict:
    """Five figures of the company, what to decide, what moved; one query a subject."""
    monday = since.last_monday(today)
    visible = Account.objects.visible_to(user)
    last = company.last_whole_day(as_of, today)
    night = remembered(
        "monday-2", lambda: _of_night(visible, as_of, monday, last), as_of, monday, last
    )
    book, load = scores.Book(**night["book"]), overload.carried(today)
    danger, noted = risk.risk_of(user, monday), told.told_of(user, as_of, monday, night["keys"])
    changed = moves.moves(
        visible, since=as_of - MONTH, day=as_of, is_whole=True, among=night["moves"]
    )
    sums, planned = company.Sums.told(night["sums"]), company.planned_by(last)
    hiring = hiring_now(user, today)
    found = [
        *(risk.matters(user, as_of, currency) if danger.alarms else []),
        *matters.fallen(changed, currency),
        *overload.overloaded(today, currency, load, hiring.asked),
        *matters.without_owner(noted.free, noted.unowned, currency),
        *matters.pins_ending(noted.pins, currency),
        *matters.new_keys(noted.keys, currency),
        *matters.failed_work(),
        *recruiting.matters(hiring.approvals),
        *matters.without_rate(noted.rates),
    ]
    moved = sum(move.day >= monday for move in changed)
    return {
        "as_of": as_of,
        "monday": monday,
        "since": since.phrases(book, noted, danger.newly, moved, sums.since, currency),
        "tiles": [
            company.month_tile((sums.now, sums.then), last, currency, planned),
            risk.tile(danger, book.judged, currency),
            kept.tile(book, compares=compares),
            overload.tile(load),
            recruiting.tile(hiring),
        ],
        "matters": matters.ordered(found),
        "moves": changed[:MOVES],
        "road": recruiting.road(hiring.people),
    }


def _of_night(accounts: QuerySet[Account], as_of: dt.date, monday: dt.date, last: dt.date) -> dict:
    """What would weigh every account at each look; the same for all directors."""
    changed = moves.largest(accounts, since=as_of - MONTH, day=as_of)
    return {
        "book": asdict(scores.book_of(as_of, monday)),
        "moves": changed,
        "keys": told.newest_keys(as_of),
        "sums": company.sums_of(last, monday).kept(),
    }


def manager_page(
    user: User, *, as_of: dt.date, today: dt.date, currency: str, compares: bool
) -> dict:
    """Own accounts: whom to ask after, the largest, hand-overs; for a lead the team besides."""
    accounts = own.own_accounts(user)
    silent = silences.silent_accounts(accounts, as_of)
    last = company.last_whole_day(as_of, today)
    month = own.month_sums(accounts, last)
    sums = own.sums(accounts, compares=compares)
    return {
        "as_of": as_of,
        "tiles": own.tiles(sums, month, silent, last=last, currency=currency),
        "matters": own.matters(silent, currency=currency),
        "largest": own.largest(accounts, compares=compares),
        "moves": _own_moves(accounts, as_of),
        "handovers": own.handovers(user),
        "team": own.team(user, compares=compares),
    }


def assistant_page(user: User, *, as_of: dt.date, compares: bool) -> dict:
    """The accounts of the managers they assist, without sums of money."""
    accounts = own.served_accounts(user)
    silent = silences.silent_accounts(accounts, as_of)
    managers = own.managers_served(user)
    sums = own.sums(accounts, compares=compares)
    return {
        "as_of": as_of,
        "tiles": own.assistant_tiles(sums, silent, managers),
        "matters": own.matters(silent, currency=""),
        "largest": own.largest(accounts, compares=compares),
        "hides_money": True,
        "moves": _own_moves(accounts, as_of),
        "handovers": own.handovers(user),
    }


def system_page(user: User) -> dict:
    """Whether all is well, and who may sign in."""
    return {
        "states": system.system(user),
        "people": system.people_state(user),
        "last_import": news.last_import(user),
    }


def _own_moves(accounts, as_of: dt.date) -> list[moves.Move]:
    """Their reasons tell no figure of the whole company."""
    return moves.moves(accounts, since=as_of - MONTH, day=as_of, is_whole=False)[:OWN_MOVES]

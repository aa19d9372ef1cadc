"""What each role's page holds, as its template reads it.

`compares`: the ledger holds the twelve months before the last twelve.
"""

import datetime as dt

from accounts.models import Account
from kpi.queries.runs import last_night
from kpi.queries.start import company, matters, moves, news, overload, own, silences, system
from people.models import User

MONTH = dt.timedelta(days=31)
WEEK = dt.timedelta(days=7)
MOVES = 6


def director_page(
    user: User, *, as_of: dt.date, today: dt.date, currency: str, compares: bool
) -> dict:
    """Five figures of the company, what to decide, what moved and what ran."""
    rows = company.book(as_of)
    visible = Account.objects.visible_to(user)
    changed = moves.moves(visible, since=as_of - MONTH, day=as_of, is_whole=True)
    unowned, largest = company.unowned(user)
    waiting = company.unconverted()
    found = [
        *matters.silent(silences.silent_accounts(visible.present(), as_of), currency),
        *matters.fallen(changed, currency),
        *matters.without_owner(unowned, largest, currency),
        *matters.pins_ending(as_of, currency),
        *matters.new_keys(rows[-1], currency),
        *matters.single_customer(rows[-1], currency),
        *overload.overloaded(user, today, currency),
        *matters.failed_work(),
        *matters.without_rate(waiting),
    ]
    lately = sum(move.day > as_of - WEEK for move in changed)
    last = company.last_whole_day(as_of, today)
    return {
        "as_of": as_of,
        "tiles": company.tiles(
            rows,
            last,
            currency=currency,
            unowned=unowned,
            waiting=waiting["lines"],
            compares=compares,
        ),
        "matters": matters.ordered(found),
        "moves": changed[:MOVES],
        "since": news.since_words(lately, as_of - WEEK),
        "night": last_night(user),
        "last_import": news.last_import(user),
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
    return moves.moves(accounts, since=as_of - MONTH, day=as_of, is_whole=False)[:MOVES]

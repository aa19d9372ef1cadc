"""The reader's own start page: each role has one, and an empty company has its first steps."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Account, Scoring
from kpi.queries.runs import last_night
from kpi.queries.start import (
    colleagues,
    company,
    matters,
    moves,
    news,
    own,
    silences,
    steps,
    system,
)
from people.choices import Role

MONTH = dt.timedelta(days=31)
WEEK = dt.timedelta(days=7)


@login_required
@require_GET
def start_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    pages = (
        (user.is_director, _director_page),
        (user.is_kam, _manager_page),
        (user.is_assistant, _assistant_page),
        (user.is_administrator, _system_page),
        (True, _welcome_page),
    )
    page = next(page for fits, page in pages if fits)
    return page(request)


def _director_page(request: HttpRequest) -> HttpResponse:
    rows = company.book(_today(request)["today"])
    if not rows:
        context = {"steps": steps.first_steps(request.user), "night": last_night(request.user)}
        return render(request, "kpi/start/first_steps.html", {**_today(request), **context})
    currency, user = request.company.currency, request.user
    today = rows[-1]
    changed = moves.moves(
        Account.objects.visible_to(user), since=today.day - MONTH, day=today.day, is_whole=True
    )
    count, largest = company.unowned(user)
    waiting = company.unconverted()
    silent = silences.silent_accounts(Account.objects.visible_to(user).present(), today.day)
    found = [
        *matters.silent(silent, currency),
        *matters.fallen(changed, currency),
        *matters.without_owner(count, largest, currency),
        *matters.pins_ending(today.day, currency),
        *matters.new_keys(today, currency),
        *matters.single_customer(today, currency),
        *matters.failed_work(),
        *matters.without_rate(waiting),
    ]
    context = {
        "as_of": today.day,
        "tiles": company.tiles(rows, currency=currency, unowned=count, waiting=waiting["lines"]),
        "matters": matters.ordered(found),
        "moves": changed[:6],
        "since": news.since_words(_lately(changed, today.day), today.day - WEEK),
        "night": last_night(user),
        "last_import": news.last_import(user),
    }
    return render(request, "kpi/start/director.html", {**_today(request), **context})


def _lately(changed: list[moves.Move], day: dt.date) -> int:
    return sum(move.day > day - WEEK for move in changed)


def _manager_page(request: HttpRequest) -> HttpResponse:
    user, currency = request.user, request.company.currency
    as_of = Scoring.current().as_of
    if as_of is None:
        return render(request, "kpi/start/waiting.html", _today(request))
    accounts = own.own_accounts(user)
    silent = silences.silent_accounts(accounts, as_of)
    sums = own.sums(accounts)
    month = own.month_sums(accounts, as_of)
    context = {
        "as_of": as_of,
        "tiles": own.tiles(sums, month, silent, day=as_of, currency=currency),
        "matters": own.matters(silent, currency=currency),
        "largest": own.largest(accounts),
        "moves": _moves(accounts, as_of),
        "handovers": own.handovers(user),
        "team": own.team(user),
    }
    return render(request, "kpi/start/manager.html", {**_today(request), **context})


def _assistant_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    as_of = Scoring.current().as_of
    if as_of is None:
        return render(request, "kpi/start/waiting.html", _today(request))
    accounts = own.served_accounts(user)
    silent = silences.silent_accounts(accounts, as_of)
    managers = own.managers_served(user)
    context = {
        "as_of": as_of,
        "tiles": own.assistant_tiles(own.sums(accounts), silent, managers),
        "matters": own.matters(silent, currency=""),
        "largest": own.largest(accounts),
        "hides_money": True,
        "moves": _moves(accounts, as_of),
        "handovers": own.handovers(user),
        "managers": managers,
    }
    return render(request, "kpi/start/manager.html", {**_today(request), **context})


def _moves(accounts, day: dt.date) -> list[moves.Move]:
    return moves.moves(accounts, since=day - MONTH, day=day, is_whole=False)[:6]


def _system_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "states": system.system(user),
        "people": system.people_state(user),
        "last_import": news.last_import(user),
    }
    return render(request, "kpi/start/system.html", {**_today(request), **context})


def _welcome_page(request: HttpRequest) -> HttpResponse:
    """For roles whose work comes later, and for people without a role."""
    roles = request.user.roles
    context = {
        "teams": colleagues.teams(request.user),
        "roles": colleagues.roles_words(request.user),
        "is_recruiter": Role.RECRUITER in roles,
        "has_role": bool(roles),
    }
    return render(request, "kpi/start/welcome.html", {**_today(request), **context})


def _today(request: HttpRequest) -> dict:
    """Today where the company is; the request has its row already."""
    return {"today": timezone.localdate(timezone=ZoneInfo(request.company.time_zone))}

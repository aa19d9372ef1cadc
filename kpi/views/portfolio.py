"""/portfolio/: how concentrated the book is, who carries it, who moved."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common import formats
from common.money import to_units
from kpi.queries import charts, customers, moves
from kpi.queries import overview as query
from kpi.queries import runs as work
from kpi.queries.dependence import dependence
from people.models import company_day

KNOWN = {"as_of", "after", "since"}


@login_required
@require_safe
def portfolio_page(request: HttpRequest) -> HttpResponse:
    readers_only(request.user)
    if unknown := set(request.GET) - KNOWN:
        raise BadRequest(f"unknown: {sorted(unknown)}")
    standing = query.standing(company_day())
    view = chosen_view(request, standing)
    context = {
        "standing": standing,
        "night": work.last_night(request.user),
        "view": view,
        "asked": request.GET.get("as_of", ""),
    }
    if view is None or not view.accounts:
        return render(request, "kpi/portfolio_empty.html", context)
    context |= figures(request, view)
    context["compares"] = standing.compares(view.day)
    template = "kpi/_portfolio_table.html" if request.htmx else "kpi/portfolio_page.html"
    return render(request, template, context)


@login_required
@require_safe
def dependence_card(request: HttpRequest) -> HttpResponse:
    """A part of the page, asked for once it stands: on whom most money hangs."""
    readers_only(request.user)
    context = {"dependence": dependence(request.user), "currency": request.company.currency}
    return render(request, "kpi/_dependence.html", context)


def figures(request: HttpRequest, view: query.Overview) -> dict:
    """What the page shows of a view; the accounts it names are read once."""
    currency = request.company.currency
    since = request.GET.get("since")
    since = since if since in moves.SINCE else "year"
    after = cursor(request)
    if view.book is None:
        lines = customers.stored_lines(policy=view.policy, after=after)
    else:
        lines = customers.page_lines(view.book, after)
    moved = moves.found_moves(view, since)
    named = {line.account for line in lines} | {pk for pk, *_rest in view.largest + moved.listed}
    accounts = query.accounts_by_id(named)
    names = {pk: account.name for pk, account in accounts.items()}
    return {
        "page": customers.customer_page(
            lines,
            accounts,
            positive=to_units(view.positive),
            policy=view.policy,
            after=after,
            is_whole=view.is_whole,
        ),
        "totals": view.totals,
        "currency": currency,
        "symbol": formats.currency_symbol(currency, formats.language()),
        "moves": moves.tier_moves(view, moved, accounts),
        "since": since,
        "finding": charts.finding(view),
        "finding_why": charts.finding_why(view),
        "lead": charts.lead(view, names),
        "chart": charts.pareto_chart(view, currency, names),
        "trend": charts.trend_chart(view),
        "concentration": charts.concentration_rows(view),
    }


def chosen_view(request: HttpRequest, standing: query.Standing) -> query.Overview | None:
    """The day asked for, else the newest; a day that was not computed shows the one before it."""
    if standing.as_of is None:
        return None
    day = standing.as_of
    if asked := request.GET.get("as_of"):
        try:
            day = query.stored_day(min(dt.date.fromisoformat(asked), standing.as_of)) or day
        except ValueError:
            raise BadRequest("as_of is not a date") from None
    compares = standing.compares(day)
    return query.overview(request.user, day=day, as_of=standing.as_of, compares=compares)


def cursor(request: HttpRequest) -> customers.Cursor | None:
    try:
        return customers.Cursor.parse(request.GET.get("after", ""))
    except (ValueError, TypeError):
        raise BadRequest("after is not a place in this list") from None


def readers_only(user) -> None:
    """Directors see the company, managers their own accounts; for others there is no such page."""
    if not (user.is_director or user.is_kam):
        raise Http404

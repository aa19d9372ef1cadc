"""/portfolio/: how concentrated the book is, who carries it, who moved."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common import formats
from common.money import to_units
from kpi.queries import charts, customers, moves
from kpi.queries import overview as query
from kpi.queries import runs as work

KNOWN = {"as_of", "after", "since"}


@login_required
@require_GET
def portfolio_page(request: HttpRequest) -> HttpResponse:
    readers_only(request.user)
    if unknown := set(request.GET) - KNOWN:
        raise BadRequest(f"unknown: {sorted(unknown)}")
    standing = query.standing()
    view = chosen_view(request, standing)
    context = {
        "standing": standing,
        "night": work.last_night(request.user),
        "view": view,
        "asked": request.GET.get("as_of", ""),
    }
    if view is None or not view.accounts:
        return render(request, "kpi/portfolio_empty.html", context)
    since = request.GET.get("since", "year")
    page = customer_page(request, view)
    names = query.names(view)
    context |= {
        "page": page,
        "totals": view.totals,
        "currency": request.company.currency,
        "symbol": formats.currency_symbol(request.company.currency, formats.language()),
        "moves": moves.tier_moves(request.user, view, since if since in moves.SINCE else "year"),
        "since": since,
        "finding": charts.finding(view),
        "finding_why": charts.finding_why(view),
        "lead": charts.lead(view, names),
        "chart": charts.pareto_chart(view, request.company.currency, names),
        "trend": charts.trend_chart(view),
        "concentration": charts.concentration_rows(view),
    }
    template = "kpi/_portfolio_table.html" if request.htmx else "kpi/portfolio_page.html"
    return render(request, template, context)


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
    return query.overview(request.user, day=day, as_of=standing.as_of)


def customer_page(request: HttpRequest, view: query.Overview) -> customers.CustomerPage:
    try:
        after = customers.Cursor.parse(request.GET.get("after", ""))
    except (ValueError, TypeError):
        raise BadRequest("after is not a place in this list") from None
    if view.book is not None:
        return customers.ranked_page(
            view.book, policy=view.policy, after=after, is_whole=view.is_whole
        )
    return customers.stored_page(policy=view.policy, positive=to_units(view.positive), after=after)


def readers_only(user) -> None:
    """Directors see the company, managers their own accounts; for others there is no such page."""
    if not (user.is_director or user.is_kam):
        raise Http404

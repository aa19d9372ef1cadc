"""/kpi/by-manager/: the same money counted to managers by five views."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.export import csv_response
from kpi.queries.attribution import ByManager, by_manager
from kpi.queries.attribution.page import WORDS, file_rows, header
from kpi.queries.attribution.period import period_of, usual
from kpi.queries.reporting import reporting_day
from kpi.queries.scorecard.people import scored_people
from kpi.rules.attribution import HANDS_DAYS, View


@login_required
@require_safe
def by_manager_page(request: HttpRequest) -> HttpResponse:
    """Days that are no period are answered with the twelve months, and with what is wrong."""
    problem = ""
    try:
        found = asked_for(request)
    except BadRequest:
        found = by_manager(request.user, period_of({}, reporting_day()), View.INVOICE)
        problem = _("Choose a last day that is not before the first, at most five years after it.")
    page = reverse("kpi:by_manager_page")
    period, view = found.period, found.view
    days = f"period={period.code}" if period.code else period.query
    context = {
        "found": found,
        "problem": problem,
        "scored": set(scored_people(request.user).values_list("pk", flat=True)),
        "hands_days": HANDS_DAYS,
        "currency": request.company.currency,
        "views": [
            {"value": one.value, "label": words, "url": f"{page}?{days}&view={one.value}"}
            for one, words in WORDS.items()
        ],
        "periods": [
            {"value": code, "label": words, "url": f"{page}?period={code}&view={view.value}"}
            for code, (words, _first, _last) in usual(reporting_day()).items()
        ],
        "file_url": f"{reverse('kpi:by_manager_export')}?{days}&view={view.value}",
    }
    return render(
        request, "kpi/attribution/by_manager.html", context, status=400 if problem else 200
    )


@login_required
@require_safe
def by_manager_export(request: HttpRequest) -> HttpResponse:
    """The rows of the page for the same reader, as CSV."""
    found = asked_for(request)
    period = found.period
    name = f"by-manager-{period.first.isoformat()}-{period.last.isoformat()}-{found.view.value}"
    columns = header(request.user, request.company.currency)
    return csv_response(name, columns, file_rows(request.user, found))


def asked_for(request: HttpRequest) -> ByManager:
    user = request.user
    if not (user.is_director or user.is_kam or user.is_assistant):
        raise Http404
    try:
        period = period_of(request.GET.dict(), reporting_day())
        view = View(request.GET.get("view") or View.INVOICE)
    except ValueError:
        raise BadRequest("no such period or view") from None
    return by_manager(user, period, view)

"""/kpi/cohorts/: customers by the quarter they began in, and how long they stay."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpi.queries import cohorts as query
from kpi.rules.survival import LEAST
from kpi.views.exports import KINDS
from people.guards import sellers_only


@sellers_only
@require_safe
def cohort_page(request: HttpRequest) -> HttpResponse:
    """The company for directors, the team for its lead, the own book for a KAM."""
    page = query.cohort_page(request.user)
    context = {
        "page": page, "finding": query.finding(page), "sentence": query.sentence(page),
        "least": LEAST,
    }  # fmt: skip
    return render(request, "kpi/cohorts/cohort_page.html", context)


@sellers_only
@require_safe
def cohort_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every cell of the table, also of quarters too old for the page."""
    if kind not in KINDS:
        raise Http404
    page = query.cohort_page(request.user)
    name = f"cohorts-{page.day.isoformat()}"
    return KINDS[kind](name, query.header(), query.file_rows(page))

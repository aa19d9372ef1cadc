"""/kpi/losses/: the year against the year before, and the customers who were lost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpi.queries import losses as query
from kpi.rules.attribution import HANDS_DAYS
from kpi.views.exports import KINDS
from people.guards import sellers_only


@sellers_only
@require_safe
def loss_page(request: HttpRequest) -> HttpResponse:
    """The company for directors, the team for its lead, the own book for a KAM."""
    page, currency = query.loss_page(request.user), request.company.currency
    context = {
        "page": page, "currency": currency, "chart": query.chart(page, currency),
        "finding": query.finding(page, currency), "sentence": query.sentence(page),
        "hands_days": HANDS_DAYS,
    }  # fmt: skip
    return render(request, "kpi/losses/loss_page.html", context)


@sellers_only
@require_safe
def loss_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every lost customer, also those beyond the page's list."""
    if kind not in KINDS:
        raise Http404
    page = query.loss_page(request.user)
    name = f"losses-{page.pair.current.last.isoformat()}"
    header = query.header(request.company.currency)
    return KINDS[kind](name, header, query.file_rows(page))

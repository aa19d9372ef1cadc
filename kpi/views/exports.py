"""The portfolio's table to take away."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from common import export
from kpi.queries import overview
from kpi.queries import spreadsheet as query
from kpi.views.portfolio import chosen_view, readers_only
from people.models import company_day

KINDS = {"csv": export.csv_response, "xlsx": export.xlsx_response}


@login_required
@require_safe
def portfolio_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows as the page for the same reader and day; CSV or XLSX."""
    readers_only(request.user)
    view = chosen_view(request, overview.standing(company_day()))
    if kind not in KINDS or view is None:
        raise Http404
    name = f"portfolio-{view.day.isoformat()}"
    header = query.header(request.company.currency)
    return KINDS[kind](name, header, query.rows(request.user, view))

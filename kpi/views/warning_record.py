"""/kpi/warnings/record/: how often the alarms were right, with the rows behind it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kpi.queries.warnings.record import HEADER, PER_PAGE, file_rows, record
from kpi.views.exports import KINDS
from people.guards import sellers_only


@sellers_only
@require_safe
def warning_record(request: HttpRequest) -> HttpResponse:
    found = record(request.user)
    context = {
        "record": found,
        "shown": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
        "file_url": reverse("kpi:warning_record_export", args=["csv"]),
        "tab": "record",
    }
    return render(request, "kpi/warnings/warning_record.html", context)


@sellers_only
@require_safe
def warning_record_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every alarm of the record, also those beyond the page's list."""
    if kind not in KINDS:
        raise Http404
    found = record(request.user)
    return KINDS[kind]("warnings-record", HEADER, file_rows(found))

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.queries.search import Kind
from kpi.queries import search as queries

LONGEST = 100


def typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()


@login_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything that fits, by groups; with `kind`, one group in pages."""
    try:
        kind = Kind(request.GET["kind"]) if request.GET.get("kind") else None
        page = int(request.GET.get("page") or 1)
    except ValueError as error:
        raise Http404 from error
    if not 1 <= page <= queries.PAGES:
        raise Http404
    context = queries.results(request.user, typed(request), kind, page)
    return render(request, "kpi/search_page.html", {"found": context})

"""/kpi/groups/: customers by what they bring, how steadily, and how recently."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpi.queries import groups as query
from kpi.rules.steadiness import LEAST_RANKED
from kpi.views.exports import KINDS
from people.guards import sellers_only


@sellers_only
@require_safe
def group_page(request: HttpRequest) -> HttpResponse:
    """The company for directors, the team for its lead, the own book for a KAM.

    ?tier=, ?xyz= and ?quiet=1 choose the customers of the list; what is unknown chooses nothing.
    ?page= turns its pages.
    """
    page = query.group_page(request.user)
    tier, letter = request.GET.get("tier", ""), request.GET.get("xyz", "")
    quiet = bool(request.GET.get("quiet"))
    found = Paginator(page.chosen(tier, letter, quiet=quiet), query.PER_PAGE)
    context = {
        "page": page, "rows": found.get_page(request.GET.get("page")), "tier": tier,
        "xyz": letter, "quiet": quiet, "is_chosen": bool(tier or letter or quiet),
        "currency": request.company.currency, "least": LEAST_RANKED,
    }  # fmt: skip
    return render(request, "kpi/groups/group_page.html", context)


@sellers_only
@require_safe
def group_export(request: HttpRequest, kind: str) -> HttpResponse:
    """All customers with their quarters, whatever the page shows of them."""
    if kind not in KINDS:
        raise Http404
    page = query.group_page(request.user)
    header = query.header(page, request.company.currency)
    return KINDS[kind](f"groups-{page.day.isoformat()}", header, query.file_rows(page))

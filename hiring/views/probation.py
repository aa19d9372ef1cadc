"""Probations: all of them, a new one, its plan until the newcomer has it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hiring.queries import probation as queries
from hiring.queries import probation_list as lists
from hiring.queries.probation_plan import plans_for
from hiring.queries.sections import section_tabs
from people.guards import only

PER_PAGE = 50
trials_reader = only(lambda user: user.hires or user.is_kam)


@trials_reader
@require_safe
def probation_list(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view")
    view = view if view in lists.VIEWS else "open"
    q = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(lists.listed(request.user, view=view, q=q), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = queries.trial_rows(request.user, page.object_list)
    lines = [
        (row, lists.TONES.get(row.probation.state, ""), lists.COURSE_TONES.get(row.course, ""))
        for row in rows
    ]
    context = {
        "page": page, "lines": lines, "view": view, "views": lists.numbers(request.user), "q": q,
        "sections": section_tabs(request.user, "probations"), "may_plan": plans_for(request.user),
    }  # fmt: skip
    return render(request, "hiring/probation/list.html", context)

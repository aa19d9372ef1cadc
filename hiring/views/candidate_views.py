"""Save, change, share, delete and put first a view of the list."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hiring.queries.candidate_state import CandidateState, parse
from hiring.queries.candidate_tabs import PAGE, built_in
from people import saved_views
from people.guards import hirers_only


def asked_query(request: HttpRequest) -> str:
    try:
        state = parse(dict(request.GET.lists()))
    except ValueError:
        state = CandidateState()
    return state.query(view="all")


LIST = saved_views.ViewedList(
    page=PAGE,
    url=reverse_lazy("hiring:candidate_list"),
    query_of=asked_query,
    delete="hiring:candidate_view_delete",
    built_in=built_in,
    renew=gettext_lazy("Keep the filters I see now"),
)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def view_save(request: HttpRequest) -> HttpResponse:
    """The drawer that names this state of the list."""
    return saved_views.save(request, LIST)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    return saved_views.change(request, LIST, pk)


@hirers_only
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return saved_views.delete(request, LIST, pk)


@hirers_only
@require_POST
def view_first(request: HttpRequest) -> HttpResponse:
    return saved_views.first(request, LIST)

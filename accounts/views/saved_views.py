"""Save, change, share, delete and put first a view of the list."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries.list_state import BUILT_IN, ListState, parse
from accounts.queries.tabs import PAGE
from people import saved_views
from people.guards import accounts_reader


def asked_query(request: HttpRequest) -> str:
    try:
        state = parse(dict(request.GET.lists()))
    except ValueError:
        state = ListState()
    return state.query(view="all")


LIST = saved_views.ViewedList(
    page=PAGE,
    url=reverse_lazy("accounts:account_list"),
    query_of=asked_query,
    delete="accounts:view_delete",
    built_in=lambda user: BUILT_IN,
    renew=gettext_lazy("Keep the filters and columns I see now"),
)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def view_save(request: HttpRequest) -> HttpResponse:
    """The drawer that names this state of the list."""
    return saved_views.save(request, LIST)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    return saved_views.change(request, LIST, pk)


@accounts_reader
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return saved_views.delete(request, LIST, pk)


@accounts_reader
@require_POST
def view_first(request: HttpRequest) -> HttpResponse:
    return saved_views.first(request, LIST)

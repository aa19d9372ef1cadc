"""The main page of a vacancy: its board."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.drawer import drawer
from hiring.models import Vacancy
from hiring.queries.pipeline.board import Board, board
from hiring.queries.pipeline.filters import chips, choices, list_choices, quick_filters
from hiring.queries.pipeline.state import State, parse
from hiring.queries.vacancy import vacancy_head
from people.guards import hirers_only


def shown(request: HttpRequest, pk: int) -> Vacancy:
    rows = Vacancy.objects.visible_to(request.user).select_related("profile", "recruiter", "team")
    return get_object_or_404(rows, pk=pk)


def state_of(request: HttpRequest) -> State:
    try:
        return parse(dict(request.GET.lists()))
    except ValueError as error:
        raise BadRequest(str(error)) from error


@hirers_only
@require_safe
def vacancy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it, or the board alone when the page renews it."""
    vacancy, state = shown(request, pk), state_of(request)
    found = board(request.user, vacancy, state)
    context = {
        "vacancy": vacancy, "state": state, "board": found,
        "head": vacancy_head(vacancy, request.user, "board"),
        "lane": lane_of_phone(found, state),
        "chips": chips(vacancy, found.stages, state, is_list=False),
        "quick": quick_filters(request.user, state, found.quick),
        "may_edit": request.user.is_recruiter,
        "here": "?" + state.query(),
        "filters_url": filters_url(pk, state, is_list=False),
        "switch": "?" + state.query(ended=not state.ended),
    }  # fmt: skip
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "hiring/pipeline/_board.html" if is_part else "hiring/board.html", context
    )


def filters_url(pk: int, state: State, *, is_list: bool) -> str:
    name = "hiring:list_filters" if is_list else "hiring:board_filters"
    return f"{reverse(name, args=[pk])}?{state.query(page=None, more=None)}"


@hirers_only
@require_safe
def pipeline_filters(request: HttpRequest, pk: int, *, is_list: bool) -> HttpResponse:
    """The fields of the filter menu, fetched when it opens; a page where there is no script."""
    vacancy, state = shown(request, pk), state_of(request)
    found = choices(vacancy, state)
    if is_list:
        found = [*list_choices(list(vacancy.stages.all()), state), *found]
    page = "hiring:candidacy_list" if is_list else "hiring:vacancy_page"
    context = {
        "filters": found, "state": state, "title": vacancy.title,
        "action": reverse(page, args=[pk]),
    }  # fmt: skip
    return drawer(request, "hiring/pipeline/_filter_fields.html", context)


def lane_of_phone(found: Board, state: State) -> int | str | None:
    """The one column a phone shows: the wanted one, else the first with somebody in it."""
    keys = [lane.key for lane in found.lanes]
    if state.stage in keys:
        return state.stage
    filled = [lane.key for lane in found.lanes if lane.count]
    return next(iter(filled or keys), None)

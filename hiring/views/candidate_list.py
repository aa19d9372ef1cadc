"""The list of candidates, its filter menu, its export, and how a person likes it."""

from itertools import chain
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from common import formats
from common.export import csv_response, xlsx_response
from common.lists import CAP, capped
from hiring.choices import AccessAct
from hiring.commands.access import note_accesses
from hiring.queries.candidate_list import candidate_list, chunks_of, open_to
from hiring.queries.candidate_state import CandidateState, parse
from hiring.queries.candidate_table import cells, header
from hiring.queries.candidate_tabs import (
    COUNTED,
    chips,
    filter_choices,
    first_view,
    saved_views,
    state_of_view,
    tabs,
)
from people.guards import hirers_only, recruiters_only


def state_of(request: HttpRequest, views: list) -> CandidateState:
    """The state the address asks for; a bare address or a bare view means that view as saved."""
    try:
        asked = parse(dict(request.GET.lists()))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if not request.GET:
        return state_of_view(first_view(request.user, views), views)
    return state_of_view(asked.view, views) if set(request.GET) == {"view"} else asked


@hirers_only
@require_safe
def candidate_list_page(request: HttpRequest) -> HttpResponse:
    user, views = request.user, saved_views(request.user)
    state = open_to(user, state_of(request, views))
    found = candidate_list(user, state, {view: CandidateState(view=view) for view in COUNTED})
    counts = {view: capped(number) for view, number in found.counts.items() if view}
    shown = tabs(user, state, views, counts)
    context = {
        "list": found, "rows": found.rows, "state": state, "query": state.query(),
        "words": count_words(found.counts[""]), "total": min(found.counts[""], CAP),
        "tabs": shown, "view": next((tab for tab in shown if tab.is_current), None),
        "chips": chips(user, state), "heads": heads(state),
        "state_pairs": parse_qsl(state.query()), "clear_url": f"?view={state.view}",
        "without_search": f"?{state.without('q').query()}",
        "next_url": _page(state, after=found.next, before="") if found.next else "",
        "previous_url": _page(state, before=found.previous, after="") if found.previous else "",
        "is_empty": not (found.rows or state.filters) and found.counts.get("all") == 0,
    }  # fmt: skip
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "hiring/candidate/_list.html" if is_part else "hiring/candidate/list.html", context
    )


def _page(state: CandidateState, **place: str) -> str:
    return f"?{state.query(page=True, **place)}"


def heads(state: CandidateState) -> list[dict]:
    """Column heads as components/_table_head.html draws them; a click sorts, another turns."""
    labels = [
        ("name", pgettext("person", "Name"), "name"),
        ("stands", _("Stands for"), ""),
        ("source", _("Source"), ""),
        ("created", _("Added"), "-created"),
    ]
    return [_head(state, *label) for label in labels]


def _head(state: CandidateState, key: str, label: str, sort: str) -> dict:
    name, down = state.order.removeprefix("-"), state.order.startswith("-")
    is_sorted = bool(sort) and name == key
    if is_sorted:
        sort = name if down else f"-{name}"
    return {
        "key": key, "label": label, "is_number": False,
        "sort": ("descending" if down else "ascending") if is_sorted else "",
        "url": f"?{state.query(sort=sort)}" if sort else "",
    }  # fmt: skip


def count_words(number: int) -> str:
    if number > CAP:
        return _("More than %(number)s candidates") % {"number": formats.number(CAP)}
    return ngettext("%(number)s candidate", "%(number)s candidates", number) % {
        "number": formats.number(number)
    }


@hirers_only
@require_safe
def candidate_filters(request: HttpRequest) -> HttpResponse:
    """The filter menu's fields, fetched when it opens."""
    state = open_to(request.user, state_of(request, saved_views(request.user)))
    context = {"state": state, "filters": filter_choices(request.user, state)}
    return render(request, "hiring/candidate/_filters.html", context)


@recruiters_only
@require_safe
def candidate_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the rows that the same address shows as a list; who took them away is noted."""
    state = state_of(request, saved_views(request.user))
    rows = list(chain.from_iterable(chunks_of(request.user, state)))
    note_accesses(
        actor=request.user, candidate_ids=[row.candidate.pk for row in rows],
        act=AccessAct.EXPORTED, purpose="list",
    )  # fmt: skip
    respond = {"csv": csv_response, "xlsx": xlsx_response}[kind]
    return respond("candidates", header(), cells(rows, request.user))

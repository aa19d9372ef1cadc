"""The list of a vacancy: sorted, narrowed, saved as views; what is ticked opens a drawer."""

from dataclasses import replace
from urllib.parse import parse_qs

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.lists import CAP
from common.toasts import toast
from hiring.commands import candidacy_view as commands
from hiring.models import Vacancy
from hiring.queries.pipeline.filters import chips, quick_labels
from hiring.queries.pipeline.listing import Listing, listing, saved_views
from hiring.queries.pipeline.state import State, parse
from hiring.queries.vacancy import vacancy_head
from hiring.views.board import filters_url, shown, state_of
from people.guards import hirers_only
from people.models import SavedView
from people.saved_views import ViewForm


@hirers_only
@require_safe
def candidacy_list(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = shown(request, pk)
    views = saved_views(request.user, vacancy)
    state = wanted(state_of(request), views)
    found = listing(request.user, vacancy, state)
    context = {
        "vacancy": vacancy, "state": state, "list": found, "words": words(found),
        "head": vacancy_head(vacancy, request.user, "list"),
        "heads": heads(state), "tabs": tabs(request, vacancy, state, views),
        "chips": chips(vacancy, found.stages, state, is_list=True),
        "filters_url": filters_url(pk, state, is_list=True),
        "query": state.query(page=None), "may_edit": request.user.is_recruiter,
        "next_url": "?" + state.query(page=found.page + 1) if found.has_next else "",
        "previous_url": "?" + state.query(page=found.page - 1) if found.page > 1 else "",
        "own_view": next((view for view in views if is_own(view, state, request)), None),
    }  # fmt: skip
    return render(request, "hiring/candidacy_list.html", context)


def is_own(view: SavedView, state: State, request: HttpRequest) -> bool:
    return view.pk == state.view and view.owner_id == request.user.pk


def wanted(state: State, views: list[SavedView]) -> State:
    """A bare view means that view as it was saved."""
    view = next((view for view in views if view.pk == state.view), None)
    if view is None or state != State(view=view.pk, page=state.page):
        return state
    try:
        saved = parse(parse_qs(view.query))
    except ValueError:
        return state
    return replace(saved, view=view.pk, page=state.page)


def words(found: Listing) -> str:
    if found.is_capped:
        return _("More than %(n)s people") % {"n": formats.number(CAP)}
    return ngettext("%(n)s person", "%(n)s people", found.count) % {
        "n": formats.number(found.count)
    }


def heads(state: State) -> list[dict]:
    """Column heads as components/_table_head.html draws them; a click sorts, another turns."""
    columns = {
        "name": (_("Name"), "name"), "stage": (_("Stage"), "stage"),
        "entered": (_("In this stage"), "-entered"), "mark": (_("State"), ""),
        "source": (_("Source"), "source"), "tier": (_("Search tier"), "tier"),
        "added": (_("Since"), "-added"),
    }  # fmt: skip
    return [_head(state, key, label, sort) for key, (label, sort) in columns.items()]


def _head(state: State, key: str, label: str, sort: str) -> dict:
    is_sorted = bool(sort) and state.order.removeprefix("-") == key
    down = state.order.startswith("-")
    if is_sorted:
        sort = key if down else f"-{key}"
    return {
        "key": key, "label": label, "is_number": key == "entered",
        "sort": ("descending" if down else "ascending") if is_sorted else "",
        "url": "?" + state.query(sort=sort, page=None) if sort else "",
    }  # fmt: skip


def tabs(request: HttpRequest, vacancy: Vacancy, state: State, views: list[SavedView]) -> list:
    """Everybody under way, what a recruiter looks for first, and the saved ones."""
    is_plain = state.view is None
    flags = quick_labels(request.user)
    on = next((name for name in flags if getattr(state, name)), "") if is_plain else None
    found = [{"label": _("Under way"), "url": "?", "is_current": on == ""}] + [
        {"label": label, "url": f"?{name}=1", "is_current": on == name}
        for name, label in flags.items()
    ]
    return found + [
        {"label": view.name, "url": f"?view={view.pk}", "is_current": state.view == view.pk,
         "is_shared": view.is_shared}
        for view in views
    ]  # fmt: skip


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_view_save(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawer that names this state of the list."""
    vacancy = shown(request, pk)
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        query = replace(_asked(request), view=None, page=None).query()
        try:
            view = commands.save_candidacy_view(
                actor=request.user, vacancy_id=pk, query=query, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            toast(request, _("View saved."))
            return go(request, f"{reverse('hiring:candidacy_list', args=[pk])}?view={view.pk}")
    context = {
        "form": form, "title": _("Save this view"), "action": request.get_full_path(),
        "submit": _("Save"), "vacancy": vacancy,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "hiring/pipeline/_form.html", context, status=status)


def _asked(request: HttpRequest) -> State:
    try:
        return parse(dict(request.GET.lists()))
    except ValueError as error:
        raise BadRequest(str(error)) from error


@hirers_only
@require_POST
def candidacy_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=request.user, page__startswith="vacancy:")
    vacancy = view.page.removeprefix("vacancy:")
    try:
        commands.delete_candidacy_view(actor=request.user, view_id=pk)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    toast(request, _("View deleted."))
    return redirect("hiring:candidacy_list", vacancy)

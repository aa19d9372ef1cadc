"""Save, change, delete and put first a view of the list of candidates."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import view as commands
from accounts.queries.tabs import saved_views
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from hiring.forms.candidate import ViewForm
from hiring.queries.candidate_state import CandidateState, parse
from hiring.queries.candidate_tabs import PAGE, built_in
from people.guards import hirers_only
from people.models import SavedView


def asked_query(request: HttpRequest) -> str:
    try:
        state = parse(dict(request.GET.lists()))
    except ValueError:
        state = CandidateState()
    return state.query(view="all")


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def view_save(request: HttpRequest) -> HttpResponse:
    """The drawer that names this state of the list."""
    form = ViewForm(request.POST or None)
    del form.fields["renew"]
    if request.method == "POST" and form.is_valid():
        try:
            view = commands.save_view(
                actor=request.user, query=asked_query(request), page=PAGE, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return _to_view(request, view, _("View saved."))
    context = {"form": form, "title": _("Save this view"), "action": request.get_full_path()}
    return drawer(request, "accounts/_view_form.html", context, status=422 if form.errors else 200)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=request.user, page=PAGE)
    form = ViewForm(request.POST or None, initial={"name": view.name, "shared": view.is_shared})
    if request.method == "POST" and form.is_valid():
        query = asked_query(request) if form.cleaned_data.pop("renew") else None
        try:
            commands.change_view(
                actor=request.user, view_id=pk, query=query, page=PAGE, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return _to_view(request, view, _("View changed."))
    context = {
        "form": form, "title": _("Change this view"), "action": request.get_full_path(),
        "delete_url": reverse("hiring:candidate_view_delete", args=[pk]),
    }  # fmt: skip
    return drawer(request, "accounts/_view_form.html", context, status=422 if form.errors else 200)


def _to_view(request: HttpRequest, view: SavedView, words: str) -> HttpResponse:
    toast(request, words)
    return go(request, f"{reverse('hiring:candidate_list')}?view=s{view.pk}")


@hirers_only
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        commands.delete_view(actor=request.user, view_id=pk, page=PAGE)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    toast(request, _("View deleted."))
    return redirect("hiring:candidate_list")


@hirers_only
@require_POST
def view_first(request: HttpRequest) -> HttpResponse:
    """This view opens when the list is called without any wish."""
    wanted = request.POST.get("view", "")
    known = [f"s{view.pk}" for view in saved_views(request.user, PAGE)]
    if wanted not in [*built_in(request.user), *known]:
        raise Http404
    commands.choose_first_view(actor=request.user, view=wanted, page=PAGE)
    toast(request, _("This view opens first from now on."))
    return redirect(f"{reverse('hiring:candidate_list')}?view={wanted}")

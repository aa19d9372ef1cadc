"""Save, change, share, delete and put first a view of the account list."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import view as commands
from accounts.queries.list_state import BUILT_IN, ListState, parse
from accounts.queries.tabs import saved_views
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader
from people.models import SavedView


class ViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    shared = forms.BooleanField(label=gettext_lazy("Share it with colleagues"), required=False)
    renew = forms.BooleanField(
        label=gettext_lazy("Keep the filters and columns I see now"), required=False
    )


def asked_state(request: HttpRequest) -> ListState:
    try:
        return parse(dict(request.GET.lists()))
    except ValueError:
        return ListState()


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def view_save(request: HttpRequest) -> HttpResponse:
    """The drawer that names this state of the list."""
    state = asked_state(request)
    form = ViewForm(request.POST or None)
    del form.fields["renew"]
    if request.method == "POST" and form.is_valid():
        try:
            view = commands.save_view(
                actor=request.user, query=state.query(view="all"), **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return to_view(request, view, _("View saved."))
    context = {"form": form, "title": _("Save this view"), "action": request.get_full_path()}
    return render(request, "accounts/_view_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=request.user, page=commands.PAGE)
    initial = {"name": view.name, "shared": view.is_shared}
    form = ViewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        renew = form.cleaned_data.pop("renew")
        query = asked_state(request).query(view="all") if renew else None
        try:
            commands.change_view(actor=request.user, view_id=pk, query=query, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return to_view(request, view, _("View changed."))
    context = {
        "form": form, "title": _("Change this view"), "action": request.get_full_path(),
        "delete_url": reverse("accounts:view_delete", args=[pk]),
    }  # fmt: skip
    return render(request, "accounts/_view_form.html", context, status=422 if form.errors else 200)


def to_view(request: HttpRequest, view: SavedView, words: str) -> HttpResponse:
    toast(request, words)
    url = f"{reverse('accounts:account_list')}?view=s{view.pk}"
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)


@accounts_reader
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        commands.delete_view(actor=request.user, view_id=pk)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    toast(request, _("View deleted."))
    return redirect("accounts:account_list")


@accounts_reader
@require_POST
def view_first(request: HttpRequest) -> HttpResponse:
    """This view opens when the list is called without any wish."""
    wanted = request.POST.get("view", "")
    known = [f"s{view.pk}" for view in saved_views(request.user)]
    if wanted not in BUILT_IN and wanted not in known:
        raise Http404
    commands.choose_first_view(actor=request.user, view=wanted)
    toast(request, _("This view opens first from now on."))
    return redirect(f"{reverse('accounts:account_list')}?view={wanted}")

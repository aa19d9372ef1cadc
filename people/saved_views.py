"""A view of a list, in the drawer: saved, changed, deleted, put first; the same for every list."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from people.commands import view as commands
from people.models import SavedView, User
from people.queries.view import saved_views


@dataclass(frozen=True)
class ViewedList:
    """A list as it is: `query_of` reads its state from a request, `delete` is a URL name."""

    page: str
    url: str | Promise
    delete: str
    query_of: Callable[[HttpRequest], str]
    built_in: Callable[[User], Collection[str]]
    renew: str | Promise


class ViewForm(forms.Form):
    """A name for this state of the list."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=60)
    shared = forms.BooleanField(label=gettext_lazy("Share it with colleagues"), required=False)


class ChangeForm(ViewForm):
    renew = forms.BooleanField(required=False)


def save(request: HttpRequest, listed: ViewedList) -> HttpResponse:
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = commands.save_view(
                actor=request.user, page=listed.page, query=listed.query_of(request),
                **form.cleaned_data,
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return _to_view(request, listed, view, _("View saved."))
    return _drawer(request, form, title=_("Save this view"))


def change(request: HttpRequest, listed: ViewedList, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=request.user, page=listed.page)
    form = ChangeForm(request.POST or None, initial={"name": view.name, "shared": view.is_shared})
    form.fields["renew"].label = listed.renew
    if request.method == "POST" and form.is_valid():
        query = listed.query_of(request) if form.cleaned_data.pop("renew") else None
        try:
            commands.change_view(
                actor=request.user, page=listed.page, view_id=pk, query=query, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            return _to_view(request, listed, view, _("View changed."))
    delete_url = reverse(listed.delete, args=[pk])
    return _drawer(request, form, title=_("Change this view"), delete_url=delete_url)


def _drawer(request: HttpRequest, form: forms.Form, **context) -> HttpResponse:
    context |= {"form": form, "action": request.get_full_path()}
    return drawer(request, "people/_view_form.html", context, status=422 if form.errors else 200)


def _to_view(request: HttpRequest, listed: ViewedList, view: SavedView, words: str) -> HttpResponse:
    toast(request, words)
    return go(request, f"{listed.url}?view=s{view.pk}")


def delete(request: HttpRequest, listed: ViewedList, pk: int) -> HttpResponse:
    try:
        commands.delete_view(actor=request.user, page=listed.page, view_id=pk)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    toast(request, _("View deleted."))
    return redirect(str(listed.url))


def first(request: HttpRequest, listed: ViewedList) -> HttpResponse:
    """This view opens when the list is called without any wish."""
    wanted = request.POST.get("view", "")
    known = [f"s{view.pk}" for view in saved_views(request.user, listed.page)]
    if wanted not in [*listed.built_in(request.user), *known]:
        raise Http404
    commands.choose_first_view(actor=request.user, page=listed.page, view=wanted)
    toast(request, _("This view opens first from now on."))
    return redirect(f"{listed.url}?view={wanted}")

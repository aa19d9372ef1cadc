"""A form in the drawer, or on a page of its own where there is no script."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from common.toasts import toast


def drawer(
    request: HttpRequest, template: str, context: dict, *, status: int = 200
) -> HttpResponse:
    if request.htmx:
        return render(request, template, context, status=status)
    context = {**context, "part": template}
    return render(request, "accounts/drawer_page.html", context, status=status)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To a page after a form was accepted, from the drawer or without it."""
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)


def saved(
    request: HttpRequest, form: BaseForm, title: str, save: Callable[[], object], back: str
) -> HttpResponse:
    """The form, and what it says saved; a rule that refuses stands above its fields."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return go(request, back)
    context = {"form": form, "title": title, "action": request.path, "submit": _("Save")}
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


def removed(request: HttpRequest, remove: Callable[[], object], back: str) -> HttpResponse:
    try:
        remove()
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Removed."))
    return redirect(back)

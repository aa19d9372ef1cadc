"""A form in the drawer, or on a page of its own where there is no script."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.answers import acted
from common.editing import Conflict, opened, plain, sealed, words
from common.errors import RuleBroken
from common.toasts import toast


def drawer(
    request: HttpRequest, template: str, context: dict, *, status: int = 200
) -> HttpResponse:
    if request.htmx:
        return render(request, template, context, status=status)
    context = {**context, "part": template}
    page = f"{request.resolver_match.app_name}/drawer_page.html"
    return render(request, page, context, status=status)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To a page after a form was accepted, from the drawer or without it.

    A place on the very page the drawer lies on is no navigation for a browser: it is told to load.
    """
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        page, place = urldefrag(url)
        if place and page == urldefrag(request.htmx.current_url_abs_path or "").url:
            response["HX-Refresh"] = "true"
        return response
    return redirect(url)


def saved(
    request: HttpRequest, form: BaseForm, title: str, save: Callable[[], object], back: str,
    *, now: Callable[[], dict] | None = None, template: str = "", said: str = "", **context,
) -> HttpResponse:  # fmt: skip
    """The form, and what it says saved; a rule that refuses stands above its fields.

    `now` gives what the row holds by the form's names: the form carries it along (`seen_in`), and
    who is told that somebody saved first sees both. `template`: the app's own short form.
    `said`: afterwards, in place of "Saved."
    """
    template = template or f"{request.resolver_match.app_name}/_form.html"
    context |= {"form": form, "title": title, "action": request.path, "submit": _("Save")}
    if now:
        context["seen"] = request.POST.get("seen") or sealed(now())
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Conflict:
            context |= {"rows": _differing(form, now()), "seen": sealed(now())}
            return drawer(request, template, context, status=409)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, said or _("Saved."))
            return go(request, back)
    return drawer(request, template, context, status=422 if form.errors else 200)


def seen_in(request: HttpRequest) -> dict | None:
    """What the form showed that is sent now."""
    return opened(request.POST["seen"]) if "seen" in request.POST else None


def _differing(form: BaseForm, now: dict) -> list[dict]:
    pairs = [(name, plain(now[name]), plain(form.cleaned_data[name])) for name in now]
    return [
        {
            "label": form.fields[name].label,
            "theirs": words(form, name, theirs), "mine": words(form, name, mine),
        }
        for name, theirs, mine in pairs
        if theirs != mine
    ]  # fmt: skip


def removed(
    request: HttpRequest, remove: Callable[[], Any], back: str,
    *, undo_url: Callable[[Any], str] | str = "",
) -> HttpResponse:  # fmt: skip
    return acted(request, remove, _("Removed."), to=back, undo_url=undo_url)

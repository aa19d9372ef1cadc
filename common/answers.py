"""Where a person goes on after a small change: the page they came from, or a given one."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from common.errors import RuleBroken
from common.toasts import toast


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The address in ?next=, or that of the page an htmx request was sent from."""
    htmx = request.htmx.current_url_abs_path if request.htmx else ""
    address = request.GET.get("next") or request.POST.get("next") or htmx or ""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else otherwise


def acted(
    request: HttpRequest, act: Callable[[], Any], said: str, *, to: str,
    undo_url: str | Callable[[Any], str] = "",
) -> HttpResponse:  # fmt: skip
    """Do it, say so, and on to `to`; what cannot be done is said there instead.

    What is not there, or not the reader's, is 404. `undo_url` may be made of what the act gave.
    """
    try:
        outcome = act()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, said, undo_url=undo_url(outcome) if callable(undo_url) else undo_url)
    return redirect(to)


def done(
    request: HttpRequest, text: str, *, event: str, undo_url: str = "", otherwise: str
) -> HttpResponse:
    """A toast with Undo; parts of the page that listen for `event` renew themselves.

    Without htmx: back to where it was asked for.
    """
    back = came_from(request, otherwise)
    undo = f"{undo_url}?{urlencode({'next': back})}" if undo_url else ""
    if not request.htmx:
        toast(request, text, undo_url=undo)
        return redirect(back)
    response = HttpResponse(status=204)
    say = {"toast": {"text": str(text), "undo": undo}, "drawer:close": {}, event: {}}
    response["HX-Trigger"] = json.dumps(say)
    return response


def refused(request: HttpRequest, text: str, *, event: str, otherwise: str) -> HttpResponse:
    """Why nothing was changed; what is on the page is renewed, for it was probably old."""
    back = came_from(request, otherwise)
    if not request.htmx:
        toast(request, text)
        return redirect(back)
    response = HttpResponse(status=204)
    response["HX-Trigger"] = json.dumps({"toast": {"text": str(text), "level": "error"}, event: {}})
    return response

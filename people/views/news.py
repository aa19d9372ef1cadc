"""The bell: what happened for the reader, read one by one or all at once."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.toasts import toast
from people import commands, queries

IN_PANEL = 12


@login_required
@require_safe
def news_page(request: HttpRequest) -> HttpResponse:
    """All of it by day, or the newest in the drawer."""
    if request.htmx:
        days = queries.news(request.user, IN_PANEL)
        return render(request, "people/_news.html", {"days": days, "is_panel": True})
    return render(request, "people/news.html", {"days": queries.news(request.user)})


@login_required
@require_POST
def news_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads, while it may still be seen."""
    found = queries.one(request.user, pk)
    if found is None:
        raise Http404
    commands.read_news(user=request.user, ids=[pk])
    return redirect(found.url)


@login_required
@require_POST
def news_read(request: HttpRequest) -> HttpResponse:
    commands.read_news(user=request.user)
    toast(request, _("All read."))
    return redirect("people:news_page")

"""One account of an absence: not me, what to know, what happened."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.commands import cover as commands
from accounts.models import Cover
from common.answers import acted
from people.guards import accounts_reader


def done(
    request: HttpRequest, pk: int, command: Callable[..., object], said: str, **values
) -> HttpResponse:  # fmt: skip
    """Do it and go back to the page of the absence."""
    row = get_object_or_404(Cover.objects.visible_to(request.user), pk=pk)
    act = partial(command, actor=request.user, cover_id=pk, **values)
    return acted(request, act, said, to=reverse("accounts:absence_page", args=[row.absence_id]))


@accounts_reader
@require_POST
def cover_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """By who was asked; the absence is no longer theirs to see."""
    row = get_object_or_404(Cover.objects.visible_to(request.user), pk=pk)
    answer = done(request, pk, commands.decline_cover, _("Told: somebody else is asked."))
    left = row.absence.covers.filter(substitute=request.user).exclude(state="cancelled")
    return answer if left.exists() else redirect("accounts:absence_list")


@accounts_reader
@require_POST
def cover_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, commands.cancel_cover, _("No longer asked."))


@accounts_reader
@require_POST
def cover_brief(request: HttpRequest, pk: int) -> HttpResponse:
    brief = request.POST.get("brief", "")
    return done(request, pk, commands.write_brief, _("Saved."), brief=brief)


@accounts_reader
@require_POST
def cover_words(request: HttpRequest, pk: int) -> HttpResponse:
    words = request.POST.get("words", "")
    return done(request, pk, commands.hand_back, _("Saved."), words=words)

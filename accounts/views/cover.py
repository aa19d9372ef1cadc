"""One account of an absence: not me, what to know, what happened."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.commands import cover as commands
from accounts.models import Cover
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader
from people.models import Absence


def done(
    request: HttpRequest, pk: int, command: Callable[..., object], said: str, **values
) -> HttpResponse:  # fmt: skip
    """Do it and go back to the page of the absence."""
    row = get_object_or_404(Cover.objects.visible_to(request.user), pk=pk)
    try:
        command(actor=request.user, cover_id=pk, **values)
    except (Cover.DoesNotExist, Absence.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, said)
    return redirect("accounts:absence_page", row.absence_id)


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

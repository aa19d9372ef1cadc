"""One probation from the day it was offered: how far it is, and the newcomer's own word on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.answers import acted
from common.ids import row_id
from hiring.choices import ProbationState
from hiring.commands import probation as commands
from hiring.models import Probation
from hiring.queries import probation as queries
from hiring.queries.probation_evidence import evidence_of, kinds_of
from hiring.queries.probation_follow import following_plan, offered_plan
from hiring.queries.probation_gaps import gaps
from hiring.queries.probation_list import TONES
from hiring.queries.probation_weeks import folded, next_week, weeks_of
from hiring.views.probation import trials_reader
from people.models import Company

NOTES = 5  # the newest ones, before the others are folded away


def visible_probation(request: HttpRequest, pk: int) -> Probation:
    """One the reader has to do with; a plan that is not offered yet is not the newcomer's."""
    probation = get_object_or_404(queries.probations(request.user), pk=pk)
    if probation.state == ProbationState.DRAFT and probation.user_id == request.user.pk:
        raise Http404
    return probation


def page_url(pk: int) -> str:
    return reverse("hiring:probation_page", args=[pk])


def file_of(request: HttpRequest, pk: int) -> dict:
    """All that was agreed, measured, said and seen, as far as the reader may know it."""
    one, reader = visible_probation(request, pk), request.user
    page = queries.probation_page(one, reader)
    weeks, notes = weeks_of(one, reader), list(evidence_of(one, reader))
    return {
        "page": page, "one": one, "weeks": weeks, "notes": notes, "company": Company.current(),
        "currency": Company.current().currency, "is_own": one.user_id == reader.pk,
    }  # fmt: skip


@trials_reader
@require_safe
def probation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft has a page of its own, with what it still lacks."""
    if visible_probation(request, pk).state == ProbationState.DRAFT:
        return redirect("hiring:probation_plan", pk=pk)
    context = file_of(request, pk)
    page, one, weeks = context["page"], context["one"], context["weeks"]
    context |= {
        "tone": TONES.get(one.state, ""),
        "gaps": gaps(page, weeks, context["notes"], request.user),
        "next": next_week(weeks),
        "folded": folded(weeks),
        "older_notes": context["notes"][:-NOTES],
        "newer_notes": context["notes"][-NOTES:],
        "may_note": bool(kinds_of(one, request.user)),
        "plan": following_plan(one, request.user),
        "new_plan": offered_plan(one, request.user),
    }
    return render(request, "hiring/probation/page.html", context)


@trials_reader
@require_safe
def probation_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file on paper, in its order, with places to sign."""
    return render(request, "hiring/probation/print.html", file_of(request, pk))


@trials_reader
@require_POST
def probation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    visible_probation(request, pk)
    version = row_id(request.POST.get("version")) or 0

    def accept() -> None:
        commands.accept_probation(actor=request.user, probation_id=pk, version=version)

    return acted(request, accept, _("Accepted. Your lead has been told."), to=page_url(pk))


@trials_reader
@require_POST
def probation_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    visible_probation(request, pk)
    words = request.POST.get("words", "")

    def send_back() -> None:
        commands.send_back_probation(actor=request.user, probation_id=pk, words=words)

    told = _("Sent back. You will see the plan again when it is changed.")
    return acted(request, send_back, told, to=reverse("hiring:probation_list"))

"""The card of a candidate: for recruiters all of it, for others what their part needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.answers import done
from common.errors import RuleBroken
from hiring.choices import AccessAct
from hiring.commands.access import note_access
from hiring.commands.candidate import set_opt_out
from hiring.commands.internal import let_manager_know
from hiring.forms.candidate import CandidateNoteForm
from hiring.queries.candidate_card import card_of
from hiring.queries.candidate_list import neighbours
from hiring.queries.candidate_state import CandidateState, parse
from hiring.queries.timeline import candidate_timeline
from hiring.views.candidate_access import editable_candidate, visible_candidate
from people.guards import recruiters_only


@login_required
@require_safe
def candidate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every look is noted; who was merged away is read in the other record."""
    candidate = visible_candidate(request, pk)
    if candidate.merged_into_id:
        return redirect("hiring:candidate_page", candidate.merged_into_id)
    note_access(actor=request.user, candidate_id=candidate.pk, act=AccessAct.VIEWED, purpose="card")
    card = card_of(request.user, candidate)
    state = _state(request)
    before, after = (None, None)
    if request.user.hires and state is not None:
        before, after = neighbours(request.user, state, candidate)
    context = {
        "card": card, "candidate": candidate, "sight": card.sight,
        "days": candidate_timeline(candidate, request.user),
        "note_form": CandidateNoteForm() if card.sight.may_edit else None,
        "query": state.query() if state else "", "before": before, "after": after,
    }  # fmt: skip
    return render(request, "hiring/candidate/page.html", context)


def _state(request: HttpRequest) -> CandidateState | None:
    """The list the reader comes from, None where the address names none."""
    try:
        return parse(dict(request.GET.lists())) if request.GET else None
    except ValueError:
        return None


@recruiters_only
@require_POST
def candidate_opt_out(request: HttpRequest, pk: int, what: str, stop: int) -> HttpResponse:
    """No more letters or calls, or allowed again."""
    editable_candidate(request, pk)
    set_opt_out(actor=request.user, candidate_id=pk, what=what, stop=bool(stop))
    words = {
        ("letters", 1): _("No more letters."), ("letters", 0): _("Letters are allowed again."),
        ("calls", 1): _("No more calls."), ("calls", 0): _("Calls are allowed again."),
    }  # fmt: skip
    page = reverse("hiring:candidate_page", args=[pk])
    undo = reverse("hiring:candidate_opt_out", args=[pk, what, 0 if stop else 1])
    return done(
        request, words[what, stop], event="candidate:changed", undo_url=undo, otherwise=page
    )


@recruiters_only
@require_POST
def candidate_manager(request: HttpRequest, pk: int, may: int) -> HttpResponse:
    """Whether the line manager of a colleague may know."""
    editable_candidate(request, pk)
    page = reverse("hiring:candidate_page", args=[pk])
    try:
        let_manager_know(actor=request.user, candidate_id=pk, may=bool(may))
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect(page)
    said = _("Their manager may know now.") if may else _("Their manager will not see it.")
    undo = reverse("hiring:candidate_manager", args=[pk, 0 if may else 1])
    return done(request, said, event="candidate:changed", undo_url=undo, otherwise=page)

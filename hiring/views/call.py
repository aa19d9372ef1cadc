"""One call after the other: take the next, talk, say what came of it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import formats
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import AccessAct, CallOutcome
from hiring.commands import call as commands
from hiring.commands import call_hold, reject_reason
from hiring.commands.access import note_access
from hiring.forms.call import OutcomeForm
from hiring.models import Call, CallEntry, RejectReason
from hiring.queries import call_card, calls
from hiring.views.calls import vacancy_for
from people.guards import recruiters_only

KEYS = {
    CallOutcome.AGREED: "1",
    CallOutcome.LATER: "2",
    CallOutcome.NO_ANSWER: "3",
    CallOutcome.REFUSED: "4",
    CallOutcome.WRONG_NUMBER: "5",
    CallOutcome.DO_NOT_CALL: "6",
}
ICONS = {
    CallOutcome.AGREED: "check-lg",
    CallOutcome.LATER: "clock",
    CallOutcome.NO_ANSWER: "bell",
    CallOutcome.REFUSED: "x-lg",
    CallOutcome.WRONG_NUMBER: "hash",
    CallOutcome.DO_NOT_CALL: "stop-circle",
}


def entry_for(request: HttpRequest, pk: int) -> CallEntry:
    rows = CallEntry.objects.editable_by(request.user).select_related("list", "candidacy")
    return get_object_or_404(rows, pk=pk)


@recruiters_only
@require_safe
def call_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the reader holds; without anybody, back to the list."""
    return _card(request, pk)


def _card(request: HttpRequest, pk: int, form: OutcomeForm | None = None) -> HttpResponse:
    vacancy, now = vacancy_for(request, pk), timezone.now()
    call_list = calls.list_of(vacancy)
    mine = CallEntry.objects.visible_to(request.user).filter(list__vacancy=call_list.vacancy_id)
    rows = calls.standings(call_list, now, mine)
    held = calls.held(rows, request.user)
    if held is None or held.why:
        if held:
            toast(request, held.why)
        return redirect("hiring:calls_page", pk=pk)
    people = mine.select_related("candidacy__candidate", "candidacy__tier", "candidacy__stage")
    entry = people.get(pk=held.entry_id)
    candidate = entry.candidacy.candidate
    note_access(actor=request.user, candidate_id=candidate.pk, act=AccessAct.VIEWED, purpose="call")
    if not call_list.script:
        call_list.script = call_card.example_script()
    context = {
        "vacancy": vacancy,
        "card": call_card.call_card(call_list, entry, request.user, now),
        "form": form or OutcomeForm(initial={"key": uuid.uuid4()}),
        "outcomes": [(code, KEYS[code], ICONS[code]) for code in KEYS],
        "progress": calls.progress(call_list, rows, now),
        "last": call_card.last_call(request.user, call_list),
    }
    status = 422 if form is not None else 200
    return render(request, "hiring/call.html", context, status=status)


@recruiters_only
@require_POST
def call_next(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = vacancy_for(request, pk)
    return _go_on(request, vacancy.pk)


def _go_on(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """To the next person; when there is nobody, to the list, with the reason."""
    entry = call_hold.take_next(actor=request.user, vacancy_id=vacancy_id)
    if entry is not None:
        if not RejectReason.objects.filter(by_candidate=True).exists():
            reject_reason.install_reject_reasons()
        return redirect("hiring:call_page", pk=vacancy_id)
    now = timezone.now()
    call_list = calls.list_of(vacancy_for(request, vacancy_id))
    mine = CallEntry.objects.visible_to(request.user).filter(list__vacancy=call_list.vacancy_id)
    stand = calls.progress(call_list, calls.standings(call_list, now, mine), now)
    if stand.next_at:
        when = formats.moment(stand.next_at)
        toast(request, _("Nobody to call now. The next may be rung at %(when)s.") % {"when": when})
    else:
        toast(request, _("Nobody is left to call on this list."))
    return redirect("hiring:calls_page", pk=vacancy_id)


@recruiters_only
@require_POST
def call_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody chosen from the list."""
    entry = entry_for(request, pk)
    try:
        call_hold.take_entry(actor=request.user, entry_id=pk)
    except RuleBroken as broken:
        toast(request, str(broken))
        return redirect("hiring:calls_page", pk=entry.list.vacancy_id)
    return redirect("hiring:call_page", pk=entry.list.vacancy_id)


@recruiters_only
@require_POST
def call_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """The open page says that somebody is still talking; 409 when the turn is lost."""
    entry = entry_for(request, pk)
    kept = call_hold.keep_entry(actor=request.user, entry_id=entry.pk)
    return HttpResponse(status=204 if kept else 409)


@recruiters_only
@require_POST
def call_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Enough for now: whoever is held is free again."""
    vacancy = vacancy_for(request, pk)
    call_list = calls.list_of(vacancy)
    if call_list.pk:
        call_hold.give_back_all(actor=request.user, list_id=call_list.pk)
    return redirect("hiring:calls_page", pk=pk)


@recruiters_only
@require_POST
def call_skip(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_for(request, pk)
    try:
        call_hold.skip_entry(actor=request.user, entry_id=pk, reason=request.POST.get("reason", ""))
    except RuleBroken as broken:
        toast(request, str(broken))
        return redirect("hiring:call_page", pk=entry.list.vacancy_id)
    return _go_on(request, entry.list.vacancy_id)


@recruiters_only
@require_POST
def call_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what came of it and go on to the next person."""
    entry = entry_for(request, pk)
    vacancy_id, form = entry.list.vacancy_id, OutcomeForm(request.POST)
    if not form.is_valid():
        return _card(request, vacancy_id, form)
    said = form.cleaned_data
    try:
        call = commands.log_call(
            actor=request.user, key=said["key"], entry_id=pk, outcome=said["outcome"],
            note=said["note"], call_back_at=said["call_back_at"],
            reason_id=said["reason"] and said["reason"].pk, reach_id=said["reach"],
        )  # fmt: skip
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _card(request, vacancy_id, form)
    words = {"name": call.candidate.name, "outcome": call.get_outcome_display()}
    toast(
        request, _("%(name)s: %(outcome)s.") % words,
        undo_url=reverse("hiring:call_undo", args=[call.pk]),
    )  # fmt: skip
    return _go_on(request, vacancy_id)


@recruiters_only
@require_POST
def call_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the call back and the person in hand again."""
    calls_made = Call.objects.filter(by=request.user, undone_at=None)
    call = get_object_or_404(calls_made.select_related("entry__list"), pk=pk)
    if call.entry is None:
        toast(request, _("This person is no longer on the list."))
        return redirect("/")
    vacancy_id = call.entry.list.vacancy_id
    entry_for(request, call.entry_id)
    try:
        commands.undo_call(actor=request.user, call_id=pk)
        call_hold.take_entry(actor=request.user, entry_id=call.entry_id)
    except RuleBroken as broken:
        toast(request, str(broken))
        return redirect("hiring:calls_page", pk=vacancy_id)
    toast(request, _("Taken back. Say what is true."))
    return redirect("hiring:call_page", pk=vacancy_id)

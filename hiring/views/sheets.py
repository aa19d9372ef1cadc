"""Scorecards of one person by one rater, asking for them, and the list of one's own."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import came_from
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import AccessAct
from hiring.commands import sheet as commands
from hiring.commands.access import note_access
from hiring.forms.cockpit import ReasonForm
from hiring.forms.sheet import AskForm, SheetForm
from hiring.models import Candidacy, Sheet
from hiring.queries import sheets as queries
from hiring.rules.validity import SOURCE
from people.guards import recruiters_only


def own(request: HttpRequest, pk: int) -> Sheet:
    try:
        return queries.own_sheet(request.user, pk)
    except Sheet.DoesNotExist as error:
        raise Http404 from error


@login_required
@never_cache
@require_safe
def sheet_mine(request: HttpRequest) -> HttpResponse:
    """What I owe, my sessions, what I gave."""
    return render(request, "hiring/sheet_mine.html", {"mine": queries.mine(request.user)})


@login_required
@never_cache
@require_safe
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = own(request, pk)
    if sheet.session_id:
        return redirect("hiring:cockpit_page", sheet.session_id)
    if not queries.is_blind(sheet):
        note_access(
            actor=request.user, candidate_id=sheet.candidacy.candidate_id,
            act=AccessAct.VIEWED, purpose="scorecard",
        )  # fmt: skip
    return _shown(request, sheet)


def _shown(
    request: HttpRequest, sheet: Sheet, form: SheetForm | None = None, status: int = 200
) -> HttpResponse:
    card = queries.card(sheet, request.user)
    form = form or SheetForm(card=card, initial={"remark": sheet.remark})
    context = {"card": card, "sheet": sheet, "form": form, "validity_source": SOURCE}
    return render(request, "hiring/sheet_page.html", context, status=status)


@login_required
@require_POST
def sheet_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was marked; with "submit" hand it in."""
    sheet = own(request, pk)
    card = queries.card(sheet, request.user)
    form = SheetForm(request.POST, card=card)
    if not form.is_valid():
        return _shown(request, sheet, form, status=422)
    try:
        _keep(request, sheet, card, form)
    except Sheet.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _shown(request, sheet, form, status=422)
    is_handed_in = "submit" in request.POST
    toast(request, _("Handed in.") if is_handed_in else _("Saved; not handed in yet."))
    return redirect("hiring:sheet_page", pk)


def _keep(request: HttpRequest, sheet: Sheet, card: queries.Card, form: SheetForm) -> None:
    before = {item.weight.competency_id: item.mark for item in card.items}
    for competency, value in form.marks().items():
        if before.get(competency) != value:
            commands.keep_mark(
                actor=request.user, key=uuid.uuid4(), sheet_id=sheet.pk,
                competency_id=competency, value=value,
            )  # fmt: skip
    remark = form.cleaned_data["remark"]
    if "submit" in request.POST:
        commands.submit_sheet(actor=request.user, sheet_id=sheet.pk, remark=remark)
    else:
        commands.keep_remark(actor=request.user, sheet_id=sheet.pk, remark=remark)


@login_required
@require_POST
def sheet_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    own(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        commands.reopen_sheet(actor=request.user, sheet_id=pk, reason=reason)
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, _("Open again; every change keeps what it was."))
    return redirect("hiring:sheet_page", pk)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague to judge somebody in a round, from the candidate's card."""
    rows = Candidacy.objects.editable_by(request.user).exclude(candidate=None)
    candidacy = get_object_or_404(rows.select_related("candidate"), pk=pk)
    initial = {"held_at": timezone.localtime().replace(minute=0, second=0, microsecond=0)}
    form = AskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = commands.ask_for_sheet(actor=request.user, candidacy_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("%(name)s was asked.") % {"name": sheet.rater})
            return _gone_on(request, candidacy)
    context = {
        "form": form,
        "candidacy": candidacy,
        "action": request.path,
        "title": _("Ask for a scorecard: %(name)s") % {"name": candidacy.candidate.name},
        "back": came_from(request, "/"),
    }
    is_part = bool(request.htmx)
    template = "hiring/_sheet_ask.html" if is_part else "hiring/sheet_ask.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _gone_on(request: HttpRequest, candidacy: Candidacy) -> HttpResponse:
    back = came_from(request, reverse("hiring:sheet_mine"))
    if not request.htmx:
        return redirect(back)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = back
    return response


@recruiters_only
@require_POST
def sheet_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        commands.withdraw_sheet(actor=request.user, sheet_id=pk)
    except Sheet.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, _("Nobody waits for this scorecard any more."))
    return redirect(came_from(request, reverse("hiring:sheet_mine")))

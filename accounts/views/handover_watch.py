"""The watch after a handover: what is kept, who is asked, first calls at somebody's side."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import HandoverState
from accounts.commands import handover_watch as commands
from accounts.commands import pulse as pulses
from accounts.forms.handover_watch import AccompanyForm, PulseForm
from accounts.models import CareSettings, Contact, Handover
from accounts.queries import customer_letter as letters
from accounts.queries import handover_watch as queries
from accounts.queries.handover_results import results
from accounts.queries.people import people_at
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import sellers_only
from people.models import User


def watched(request: HttpRequest, pk: int) -> Handover:
    """The newest accepted handover of the account, for who may read it; else 404."""
    handover = queries.handover_of(pk, request.user)
    if handover is None:
        raise Http404
    return handover


@sellers_only
@require_safe
def watch_page(request: HttpRequest, pk: int) -> HttpResponse:
    handover = watched(request, pk)
    return render(request, "accounts/handover/watch.html", context_of(request, handover))


def context_of(request: HttpRequest, handover: Handover, **forms) -> dict:
    """What the page and its parts read; `forms` are those that were sent with something wrong."""
    may_write = letters.may_write(handover.account, request.user)
    until = handover.watch_until if handover.state == HandoverState.CLOSED else None
    watch = queries.watch_of(handover, until)
    accompanied = queries.accompanied_of(handover)
    people = [one.contact for one in people_at(handover.account, request.user) if not one.is_hole]
    asked = queries.pulses_of(handover)
    context = {
        "handover": handover,
        "account": handover.account,
        "watch": watch,
        "accompanied": accompanied,
        "pulses": asked,
        "pulse_day": current_day(handover, asked),
        "may_write": may_write,
        "is_running": handover.state == HandoverState.WATCH,
    }
    if may_write:
        chosen = [row.contact_id for row in asked if row.day == context["pulse_day"]]
        context["pulse_form"] = PulseForm(people=people, initial={"people": chosen})
        context["accompany_form"] = AccompanyForm(
            accompanied=accompanied, people=people, initial={"key": uuid.uuid4()}
        )
    return context | forms


def current_day(handover: Handover, asked: list) -> int:
    """The question whose people can be chosen: the newest asked, else the first to come."""
    days = [row.day for row in asked]
    return max(days) if days else min(CareSettings.current().pulse_days, default=30)


@sellers_only
@require_POST
def pulse_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is asked; before its day it is asked earlier by this."""
    handover = watched(request, pk)
    people = [one.contact for one in people_at(handover.account, request.user) if not one.is_hole]
    form = PulseForm(request.POST, people=people)
    if form.is_valid():
        day = current_day(handover, queries.pulses_of(handover))
        try:
            pulses.choose_pulse_people(
                actor=request.user, handover_id=handover.pk, day=day,
                contact_ids=form.cleaned_data["people"],
            )  # fmt: skip
        except Contact.DoesNotExist as missing:
            raise Http404 from missing
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Drafted: read the letters over, then let them go."))
            return redirect("accounts:watch_page", pk=pk)
    context = context_of(request, handover, pulse_form=form)
    return render(request, "accounts/handover/watch.html", context, status=422)


@sellers_only
@require_POST
def call_accompany(request: HttpRequest, pk: int) -> HttpResponse:
    handover = watched(request, pk)
    people = [one.contact for one in people_at(handover.account, request.user) if not one.is_hole]
    accompanied = queries.accompanied_of(handover)
    form = AccompanyForm(request.POST, accompanied=accompanied, people=people)
    if form.is_valid():
        given = form.cleaned_data
        try:
            commands.plan_accompanied(
                actor=request.user, handover_id=handover.pk, key=given["key"],
                companion=User.objects.get(pk=given["companion"]), contact_ids=given["people"],
                at=given["at"], channel=given["channel"],
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Planned; it stands in everybody's week."))
            return redirect("accounts:watch_page", pk=pk)
    context = context_of(request, handover, accompany_form=form)
    return render(request, "accounts/handover/watch.html", context, status=422)


@sellers_only
@require_safe
def result_list(request: HttpRequest) -> HttpResponse:
    """For each manager what was kept of what they took over."""
    context = {"rows": results(request.user), "care": CareSettings.current()}
    return render(request, "accounts/handover/results.html", context)

"""My week: the start page of managers and assistants, and what is done in it."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.commands import fact as facts
from accounts.commands import promise as promises
from accounts.commands import task as tasks
from accounts.commands import task_undo
from accounts.commands import touchpoint_move as meetings
from accounts.models import FieldSettings, Scoring
from accounts.queries.cadence import coverage_by_owner
from accounts.queries.cover import duties
from common import formats
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast, toast_now
from hiring.queries.start import hiring_of
from hiring.queries.start.waiting import recruiter_page
from kpi.commands.week import plan_line
from kpi.queries.start import pages
from kpi.queries.week import team
from kpi.queries.week.page import week_of
from people.guards import accounts_reader

FARTHEST = dt.timedelta(days=370)


def day_of(request: HttpRequest) -> dt.date:
    """The day whose lines are shown, within a year of today."""
    today = timezone.localdate()
    try:
        day = parse_date(request.GET.get("day") or request.POST.get("shown") or "")
    except ValueError:
        day = None
    return day if day and abs(day - today) <= FARTHEST else today


def week_page(request: HttpRequest) -> HttpResponse:
    """Called by the start page for those whose work is accounts of their own."""
    context = week_context(request)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "kpi/week/_week.html", context)
    settings = context["settings"]
    covered = coverage_by_owner(request.user, settings=settings) if request.user.is_kam else None
    context["standing"] = team.standing(request.user, settings, covered)
    context["mine"] = hiring_of(request.user)
    week = context["week"].days
    context["duties"] = duties(request.user, week[0].day, week[-1].day)
    if request.user.is_recruiter:
        context["hiring"] = recruiter_page(request.user)
    if request.user.is_kam:
        context["members"] = team.members(request.user, covered)
    else:
        context["served"] = team.served(request.user, context["today"])
    return render(request, "kpi/week/week_page.html", context)


def week_context(request: HttpRequest) -> dict:
    today, as_of, settings = timezone.localdate(), Scoring.current().as_of, FieldSettings.current()
    week = week_of(request.user, shown=day_of(request), today=today, as_of=as_of, settings=settings)
    return {"week": week, "today": today, "as_of": as_of, "settings": settings}


@accounts_reader
@require_safe
def book_page(request: HttpRequest) -> HttpResponse:
    """Figures of one's own accounts: the silent, the largest, hand-overs, for a lead the team."""
    user, scoring = request.user, Scoring.current()
    if not (user.is_kam or user.is_assistant):
        raise Http404
    if scoring.as_of is None:
        return render(request, "kpi/start/waiting.html", {"today": timezone.localdate()})
    if user.is_kam:
        page = pages.manager_page(
            user, as_of=scoring.as_of, today=timezone.localdate(),
            currency=request.company.currency, compares=scoring.compares,
        )  # fmt: skip
    else:
        page = pages.assistant_page(user, as_of=scoring.as_of, compares=scoring.compares)
    return render(request, "kpi/start/manager.html", {"today": timezone.localdate(), **page})


@accounts_reader
@require_POST
def week_act(request: HttpRequest) -> HttpResponse:
    """One deed on one line; answers with the week as it stands then."""
    said, undo = "", ""
    try:
        said, undo = _act(request)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        said = str(broken)
        if not request.htmx:
            messages.error(request, said)
            return redirect(_here(request))
    if not request.htmx:
        toast(request, said, undo_url=undo)
        return redirect(_here(request))
    response = render(request, "kpi/week/_week.html", week_context(request))
    return toast_now(response, said, undo_url=undo)


def _here(request: HttpRequest) -> str:
    return f"{reverse('kpi:start_page')}?day={day_of(request).isoformat()}"


def _act(request: HttpRequest) -> tuple[str, str]:
    """What is said of it, and where it is taken back."""
    noun, _colon, rest = request.POST.get("line", "").partition(":")
    parts = [row_id(text) for text in rest.split("-")]
    do, user = request.POST.get("do", ""), request.user
    if None in parts or not 1 <= len(parts) <= 2:
        raise Http404
    pk = parts[0]
    if do == "plan":
        return _plan(request, noun, parts)
    if noun == "task" and do == "done":
        task = tasks.complete_task(actor=user, task_id=pk)
        return _("Done."), _undo(task, user)
    if noun == "task" and do == "postpone":
        days = min(row_id(request.POST.get("days")) or 1, FARTHEST.days)
        day = timezone.localdate() + dt.timedelta(days=days)
        task = tasks.postpone_task(actor=user, task_id=pk, due=day)
        return _("Postponed until %(day)s.") % {"day": formats.day(day)}, _undo(task, user)
    if noun == "promise" and do in ("kept", "broken", "released"):
        promises.settle_promise(actor=user, promise_id=pk, state=do)
        return _("Written down."), reverse("kpi:week_promise_undo", args=[pk])
    if noun == "fact" and do == "confirm":
        row = facts.confirm(actor=user, observation_id=pk)
        return _("Confirmed as of today."), reverse("accounts:fact_retract", args=[row.pk])
    raise Http404


def _undo(task, user) -> str:
    deed = task_undo.last_deed(task)
    is_own = deed is not None and deed.actor_id == user.pk
    return reverse("accounts:task_undo", args=[deed.pk]) if is_own else ""


def _plan(request: HttpRequest, noun: str, parts: list[int]) -> tuple[str, str]:
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        day = None
    if day is None or day - timezone.localdate() > FARTHEST:
        raise RuleBroken(_("Choose a day."))
    said = _("Put on %(day)s.") % {"day": formats.day(day, "weekday")}
    if noun == "meeting":
        meetings.move_touchpoint(actor=request.user, touchpoint_id=parts[0], day=day)
        return said, reverse("kpi:week_meeting_undo", args=parts[:1])
    if noun == "task":
        task = plan_line(actor=request.user, day=day, task_id=parts[0])
    else:
        account = row_id(request.POST.get("account")) or 0
        contact = parts[0] if noun == "contact" else None
        task = plan_line(
            actor=request.user, day=day, account_id=account, contact_id=contact,
            title=request.POST.get("title", ""), cause=request.POST.get("cause", "")[:60],
        )  # fmt: skip
    return said, _undo(task, request.user)


@accounts_reader
@require_POST
def week_promise_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _taken_back(request, partial(promises.reopen_promise, promise_id=pk))


@accounts_reader
@require_POST
def week_meeting_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _taken_back(request, partial(meetings.move_touchpoint_back, touchpoint_id=pk))


def _taken_back(request: HttpRequest, undo: Callable[..., object]) -> HttpResponse:
    try:
        undo(actor=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Taken back."))
    return redirect("kpi:start_page")

"""Sessions of a vacancy: the days, one session, planned, changed, called off, filled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.answers import came_from
from common.errors import RuleBroken
from common.formats import UNKNOWN
from common.ids import row_id
from common.toasts import toast
from hiring.choices import AccessAct, SessionState
from hiring.commands import session as commands
from hiring.commands.access import note_accesses
from hiring.forms.session import FiguresForm, NewSessionForm, SessionForm
from hiring.models import Session, Vacancy
from hiring.queries import calculator, filling, invitations, room, sessions
from hiring.queries.vacancy import vacancy_head
from people.guards import hirers_only, recruiters_only
from people.models import User
from people.queries import history

MOST = 200


def shown(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("vacancy")
    return get_object_or_404(rows, pk=pk)


def editable(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.editable_by(request.user).select_related("vacancy")
    return get_object_or_404(rows, pk=pk)


@hirers_only
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """All sessions to come, of every vacancy, and the last ones that are over."""
    weeks, over = sessions.all_sessions(request.user)
    return render(request, "hiring/sessions/session_list.html", {"weeks": weeks, "over": over})


@hirers_only
@require_safe
def vacancy_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions of a vacancy, day by day, and how full they are."""
    vacancy = get_object_or_404(
        Vacancy.objects.visible_to(request.user).select_related("profile", "recruiter"), pk=pk
    )
    weeks, over = sessions.sessions_of(vacancy)
    may_edit = request.user.is_recruiter
    coming = [row.session for week in weeks for row in week.rows]
    refill = filling.refill(vacancy, coming) if coming and may_edit else None
    context = {
        "head": vacancy_head(vacancy, request.user, "sessions"),
        "vacancy": vacancy, "weeks": weeks, "over": over, "may_edit": may_edit, "refill": refill,
        "waiting": len(filling.waiting(vacancy)) if may_edit else 0,
    }  # fmt: skip
    return render(request, "hiring/sessions/vacancy_sessions.html", context)


@hirers_only
@require_safe
def session_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked and what they said; beside it the calculator, observers and exercises."""
    session = shown(request, pk)
    rows = sessions.seat_rows(session, request.user)
    seen = [row.seat.candidacy.candidate_id for row in rows if row.name]
    note_accesses(actor=request.user, candidate_ids=seen, act=AccessAct.VIEWED, purpose="session")
    context = page_context(request.user, session, rows)
    return render(request, "hiring/sessions/session_page.html", context)


def page_context(reader: User, session: Session, rows: list) -> dict:
    may_edit = reader.is_recruiter
    is_open = session.state == SessionState.PLANNED
    context = {
        "session": session, "vacancy": session.vacancy, "rows": rows,
        "tally": sessions.tally(rows), "day": sessions.local_day(session),
        "hours": sessions.hours(session), "zone": sessions.zone_name(session),
        "tone": sessions.SESSION_TONES.get(session.state, ""),
        "observers": sessions.observers_of(session),
        "exercises": session.exercises.select_related("task__task"),
        "may_edit": may_edit, "is_open": is_open, "days": history(session, reader=reader),
        "meetings": room.meetings(session) if may_edit else [],
        "others": other_sessions(session) if may_edit else [],
    }  # fmt: skip
    context["cockpit_url"] = cockpit_url(session)
    context["lacks_observers"] = len(context["observers"]) < sessions.FEWEST_OBSERVERS
    if may_edit and is_open:
        context["possible"] = sessions.possible_observers(session)
        if not context["tally"]["came"]:  # afterwards the chairs are counted, not reckoned
            context |= calculator_context(session)
    return context


def back_from(request: HttpRequest, session_id: int) -> str:
    """Where somebody goes on who did one thing to a part of the session."""
    return came_from(request, reverse("hiring:session_page", args=[session_id]))


def cockpit_url(session: Session) -> str:
    if session.state == SessionState.CANCELLED:
        return ""
    return reverse("hiring:cockpit_page", args=[session.pk])


def other_sessions(session: Session) -> list[sessions.Choice]:
    """Where somebody could be moved to."""
    rows = Session.objects.coming(timezone.now())
    rows = rows.filter(vacancy=session.vacancy_id).exclude(pk=session.pk).order_by("starts_at")
    return [sessions.choice_of(one) for one in rows[:20]]


def calculator_context(session: Session, tried: dict | None = None) -> dict:
    """Of the people the button would invite, so that it and the sentence say one number."""
    found = invitations.calculate(session, tried=tried)
    most = found.advice.more if found.advice.is_hopeless else MOST
    plan = filling.refill(session.vacancy, [found.session], most=most)
    found = filling.with_people(found, plan)
    return {"panel": calculator.panel(found), "refill": plan, "figures": found.session}


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest, pk: int) -> HttpResponse:
    """One day, or the same hours on several days in a row."""
    vacancy = get_object_or_404(Vacancy.objects.editable_by(request.user), pk=pk)
    form = NewSessionForm(request.POST or None, vacancy=vacancy)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.create_sessions(
                actor=request.user, vacancy_id=pk, days=form.cleaned_data["days"],
                weekends=form.cleaned_data["weekends"],
                observer_ids=[user.pk for user in form.cleaned_data["observers"]],
                **form.values(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(
                request,
                ngettext("%(n)s session planned.", "%(n)s sessions planned.", len(made))
                % {"n": formats.number(len(made))},
            )
            one = reverse("hiring:session_page", args=[made[0].pk])
            return redirect(
                one if len(made) == 1 else reverse("hiring:vacancy_sessions", args=[pk])
            )
    context = {"form": form, "vacancy": vacancy, "is_new": True}
    status = 422 if form.errors else 200
    return render(request, "hiring/sessions/session_form.html", context, status=status)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changed hours and places are told to everybody who was asked."""
    session = editable(request, pk)
    form = SessionForm(request.POST or None, vacancy=session.vacancy, session=session)
    context = {"form": form, "vacancy": session.vacancy, "session": session}
    context["version"] = session.version
    if request.method == "POST" and form.is_valid():
        version = row_id(request.POST.get("version")) or 0
        try:
            commands.edit_session(
                actor=request.user, session_id=pk, version=version, **form.values()
            )
        except commands.Conflict as conflict:
            context |= theirs(form, conflict)
            return render(request, "hiring/sessions/session_form.html", context, status=409)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:session_page", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "hiring/sessions/session_form.html", context, status=status)


def theirs(form: SessionForm, conflict: commands.Conflict) -> dict:
    """What stands now against what was typed; saving once more keeps what was typed."""
    now = SessionForm(vacancy=conflict.session.vacancy, session=conflict.session).initial
    rows = [
        {"label": form.fields[name].label, "old": old or UNKNOWN, "new": new or UNKNOWN}
        for name, value in form.cleaned_data.items()
        if (old := str(now.get(name) or "")) != (new := str(value or ""))
    ]
    return {"conflict": str(conflict), "diff": rows, "version": conflict.session.version}


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters cannot be taken back: who gets one is shown before."""
    session = editable(request, pk)
    if request.method == "POST":
        try:
            commands.cancel_session(
                actor=request.user, session_id=pk, reason=request.POST.get("reason", "")
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            toast(request, _("Called off; everybody who was asked gets a letter."))
        return redirect("hiring:session_page", pk=pk)
    context = {
        "session": session, "vacancy": session.vacancy, "day": sessions.local_day(session),
        "hours": sessions.hours(session), "told": session.seats_taken.open().count(),
    }  # fmt: skip
    return render(request, "hiring/sessions/session_cancel.html", context)


@hirers_only
@require_safe
def session_badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers to cut out, as many as may come: who gets which is settled at the door."""
    session = shown(request, pk)
    given = [seat.badge for seat in session.seats_taken.exclude(badge=None)]
    last = max([session.booked, session.seats + session.spare, *given])
    context = {"session": session, "vacancy": session.vacancy, "numbers": range(1, last + 1)}
    context["day"] = sessions.local_day(session)
    return render(request, "hiring/sessions/session_badges.html", context)


@hirers_only
@require_safe
def session_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """A list on paper: who is expected, to tick and sign."""
    session = shown(request, pk)
    rows = sessions.attendance(session, request.user)
    seen = [row.seat.candidacy.candidate_id for row in rows if row.name]
    note_accesses(
        actor=request.user, candidate_ids=seen, act=AccessAct.VIEWED, purpose="attendance list"
    )
    context = {
        "session": session, "vacancy": session.vacancy, "rows": rows,
        "day": sessions.local_day(session), "hours": sessions.hours(session),
        "observers": sessions.observers_of(session),
        "blank": range(max(0, session.limit - len(rows))),
    }  # fmt: skip
    return render(request, "hiring/sessions/session_attendance.html", context)


@recruiters_only
@require_POST
def session_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the calculator's figures with the session."""
    session = editable(request, pk)
    values = FiguresForm(request.POST).usable()
    try:
        if values.get("seats"):
            values["minimum"] = min(session.minimum, values["seats"])
            values["limit"] = max(session.limit, values["seats"], session.booked)
        commands.edit_session(actor=request.user, session_id=pk, version=session.version, **values)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Kept with this session."))
    return redirect("hiring:session_page", pk=pk)

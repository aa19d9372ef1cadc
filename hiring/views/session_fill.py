"""Filling a session: the calculator live, whom to invite, the places one by one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.answers import acted
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import SessionState
from hiring.commands import seat as seats
from hiring.commands import seat_invite as commands
from hiring.forms.session import FiguresForm
from hiring.models import Candidacy, Seat, Session, Vacancy
from hiring.queries import filling, room, sessions
from hiring.views.session import MOST, back_from, calculator_context, editable, page_context
from people.guards import recruiters_only


@recruiters_only
@require_safe
def _calculator(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel anew: other figures tried, or answers that came meanwhile."""
    session = editable(request, pk)
    if session.state != SessionState.PLANNED:
        raise Http404
    form = FiguresForm(request.GET)
    tried = form.usable()
    context = {"session": session, "may_edit": True, **calculator_context(session, tried)}
    context |= {"figures_form": form, "errors": form.errors if request.GET else {}}
    return render(request, "hiring/sessions/_calculator_result.html", context)


@recruiters_only
@require_safe
def _seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked and what they said, as it stands now."""
    session = editable(request, pk)
    rows = sessions.seat_rows(session, request.user)
    return render(request, "hiring/sessions/_seats.html", page_context(request.user, session, rows))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose by hand whom to invite; who would meet whom is said, and a reason asked for."""
    session = editable(request, pk)
    context = {"session": session, "vacancy": session.vacancy}
    chosen = [number for raw in request.POST.getlist("ids") if (number := row_id(raw))]
    status = 200
    if request.method == "POST":
        try:
            made = commands.invite_to_session(
                actor=request.user, session_id=pk, candidacy_ids=chosen,
                override_reason=request.POST.get("reason", ""),
            )  # fmt: skip
        except commands.RoomConflict as conflict:
            context |= {"meetings": conflict.meetings, "asks_reason": True}
            status = 409
        except Candidacy.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            context["refusal"], status = str(broken), 422
        else:
            return invited(request, session, made)
    people = filling.waiting(session.vacancy)
    best = filling.refill(session.vacancy, [session])
    first = {one.candidacy.pk for one in best.invitations}
    unfit = {
        one.pk: [meeting.sentence for meeting in room.meetings(session, [one.candidate])]
        for one in best.left
    }
    context |= {
        "people": [
            {"candidacy": one, "is_proposed": one.pk in (chosen or first),
             "why_not": unfit.get(one.pk, [])}
            for one in people
        ],
        "day": sessions.local_day(session), "hours": sessions.hours(session),
        "proposed": len(first),
    }  # fmt: skip
    return render(request, "hiring/sessions/session_invite.html", context, status=status)


def invited(request: HttpRequest, session: Session, made: list[Seat]) -> HttpResponse:
    if not made:
        toast(request, _("They were all asked already."))
        return redirect("hiring:session_page", pk=session.pk)
    number = len(made)
    there = reverse("hiring:session_page", args=[session.pk])
    undo = reverse("hiring:session_uninvite", args=[session.pk])
    ids = ",".join(str(seat.pk) for seat in made)
    text = ngettext("%(n)s person invited.", "%(n)s people invited.", number)
    toast(
        request, text % {"n": formats.number(number)},
        undo_url=f"{undo}?{urlencode({'seats': ids, 'next': there})}",
    )  # fmt: skip
    return redirect(there)


@recruiters_only
@require_POST
def session_refill(request: HttpRequest, pk: int) -> HttpResponse:
    """One button: the best waiting people, as many as it says, past those who must not meet."""
    session = editable(request, pk)
    wanted = min(row_id(request.POST.get("number")) or 0, MOST)
    plan = filling.refill(session.vacancy, [session], most=wanted)
    ids = [one.candidacy.pk for one in plan.invitations]
    try:
        if not ids:
            raise RuleBroken(_("Nobody who waits can be invited to this session."))
        made = commands.invite_to_session(actor=request.user, session_id=pk, candidacy_ids=ids)
    except (RuleBroken, Candidacy.DoesNotExist) as broken:
        messages.error(request, str(broken) or _("Somebody has been moved meanwhile. Look again."))
        return redirect("hiring:session_page", pk=pk)
    return invited(request, session, made)


@recruiters_only
@require_POST
def sessions_refill(request: HttpRequest, pk: int) -> HttpResponse:
    """The best waiting people over all sessions to come of one vacancy."""
    vacancy = get_object_or_404(Vacancy.objects.editable_by(request.user), pk=pk)
    coming = list(vacancy.sessions.coming(timezone.now()))
    plan = filling.refill(vacancy, coming)
    made = 0
    try:
        for session in coming:
            ids = [one.candidacy.pk for one in plan.invitations if one.session.pk == session.pk]
            if ids:
                made += len(
                    commands.invite_to_session(
                        actor=request.user, session_id=session.pk, candidacy_ids=ids
                    )
                )
    except (RuleBroken, Candidacy.DoesNotExist) as broken:
        messages.error(request, str(broken) or _("Somebody has been moved meanwhile. Look again."))
    if made:
        text = ngettext("%(n)s person invited.", "%(n)s people invited.", made)
        toast(request, text % {"n": formats.number(made)})
    return redirect("hiring:vacancy_sessions", pk=pk)


@recruiters_only
@require_POST
def session_uninvite(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo of inviting, while nobody has answered."""
    editable(request, pk)
    ids = [number for raw in request.GET.get("seats", "").split(",") if (number := row_id(raw))]
    try:
        number = commands.take_invitations_back(actor=request.user, session_id=pk, seat_ids=ids)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        text = ngettext("%(n)s invitation taken back.", "%(n)s invitations taken back.", number)
        toast(request, text % {"n": formats.number(number)})
    return redirect(back_from(request, pk))


SEAT_ACTS = {
    "confirm": (seats.confirm_seat, gettext_lazy("Confirmed.")),
    "decline": (seats.decline_seat, gettext_lazy("Noted: they will not come.")),
    "cancel": (seats.cancel_seat, gettext_lazy("Called off; they get a letter.")),
}


@recruiters_only
@require_POST
def seat_book(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.editable_by(request.user), pk=pk)
    where = {"session_id": seat.session_id, "candidacy_id": seat.candidacy_id}
    return acted(
        request, lambda: seats.book_seat(actor=request.user, **where),
        _("A place is booked."), to=back_from(request, seat.session_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def seat_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.editable_by(request.user), pk=pk)
    command, said = SEAT_ACTS[act]
    return acted(
        request, lambda: command(actor=request.user, seat_id=pk),
        said, to=back_from(request, seat.session_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def seat_reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """To another session of the same vacancy; the old place is kept until the new one is had."""
    seat = get_object_or_404(Seat.objects.editable_by(request.user), pk=pk)
    target = row_id(request.POST.get("session"))

    def move():
        if target is None:
            raise RuleBroken(_("Choose a session."))
        seats.reschedule_seat(actor=request.user, seat_id=pk, session_id=target)

    to = back_from(request, seat.session_id)
    return acted(request, move, _("Moved; they get a letter."), to=to)

"""Below /c/<token>/: choose a time, confirm, move, give back, say that one is late."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.ids import row_id
from hiring.commands import seat as commands
from hiring.models import Candidacy, Candidate, Seat
from hiring.queries import calendar, own_sessions
from hiring.queries.sessions import choice_of
from hiring.views.own_link import own
from hiring.views.own_page import act_on_page


def _seat(candidate: Candidate, pk: int) -> Seat:
    rows = Seat.objects.filter(candidacy__candidate=candidate).select_related("session")
    return get_object_or_404(rows, pk=pk)


def _candidacy(candidate: Candidate, session_id: int) -> Candidacy:
    """The candidacy in whose vacancy the session is."""
    rows = candidate.candidacies.filter(vacancy__sessions=session_id)
    return get_object_or_404(rows)


@require_POST
@own
def own_session_book(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    """A place, or a move to it; when the last one has just gone, what else there is."""
    candidacy = _candidacy(candidate, pk)
    try:
        return act_on_page(
            request, candidate, token,
            lambda: commands.book_seat(
                session_id=pk, candidacy_id=candidacy.pk, candidate=candidate
            ),
            _("The place is yours. We have sent you a letter."), leave=commands.Full,
        )  # fmt: skip
    except commands.Full as full:
        others = own_sessions.other_choices(candidate, full.session.pk)
        context = {"token": token, "candidate": candidate, "choices": others, "full": full}
        return render(request, "hiring/own/session_full.html", context, status=409)


@require_POST
@own
def own_session_wait(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    candidacy = _candidacy(candidate, pk)
    return act_on_page(
        request, candidate, token,
        lambda: commands.wait_for_seat(
            session_id=pk, candidacy_id=candidacy.pk, candidate=candidate
        ),
        _("You are on the list; we write as soon as a place is free."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@own
def own_seat_confirm(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    """The page a reminder leads to: opening it (a mail scanner does) confirms nothing."""
    seat = _seat(candidate, pk)
    if request.method == "POST":
        return act_on_page(
            request, candidate, token,
            lambda: commands.confirm_seat(seat_id=pk, candidate=candidate),
            _("Thank you; we look forward to seeing you."),
        )  # fmt: skip
    context = {"seat": seat, "choice": choice_of(seat.session), "token": token}
    return render(request, "hiring/own/seat_confirm.html", context)


@require_POST
@own
def own_seat_decline(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    _seat(candidate, pk)
    return act_on_page(
        request, candidate, token,
        lambda: commands.decline_seat(seat_id=pk, candidate=candidate),
        _("Thank you for telling us."),
    )  # fmt: skip


@require_POST
@own
def own_seat_late(request: HttpRequest, candidate: Candidate, token: str, pk: int) -> HttpResponse:
    _seat(candidate, pk)
    minutes = row_id(request.POST.get("minutes")) or 0
    return act_on_page(
        request, candidate, token,
        lambda: commands.say_late(seat_id=pk, minutes=minutes, candidate=candidate),
        _("Thank you; they know."),
    )  # fmt: skip


@require_safe
@own
def own_seat_calendar(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    seat = _seat(candidate, pk)
    if seat.booked_at is None:
        raise Http404
    response = HttpResponse(
        calendar.calendar_of(seat), content_type=f"{calendar.MIME}; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response

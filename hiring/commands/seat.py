"""A place at a session: asked for, booked, confirmed, declined, called off, moved.

Places are counted by one conditional UPDATE of `Session.booked`, with the table's own check below
it. Who acts holds the candidacy, then the sessions in the order of their keys, then changes
places: so two who move at once wait for each other and never stand in each other's way.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.jobs import enqueue
from hiring.choices import CandidacyState, SeatState, SessionState
from hiring.commands import seat_letters
from hiring.commands.session_parts import ask_observers, take_sheets_back
from hiring.models import Candidacy, Candidate, Seat, Session
from hiring.models.session import HOLDING, OPEN
from hiring.queries import session_notices
from hiring.rules.seat import may_become
from people import commands as people
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "seat.invited": gettext_lazy("Invited to a session"),
        "seat.booked": gettext_lazy("A place was booked"),
        "seat.waiting": gettext_lazy("Waits for a place"),
        "seat.confirmed": gettext_lazy("A place was confirmed"),
        "seat.declined": gettext_lazy("A place was declined"),
        "seat.cancelled": gettext_lazy("A place was called off"),
        "seat.moved": gettext_lazy("Moved to another session"),
        "seat.late": gettext_lazy("Will come late"),
    }
)
# Somebody who waits gets a place that comes free without being asked, until this long before.
MOVES_UP = dt.timedelta(hours=24)


class Full(RuleBroken):
    """No place is left, or booking has ended; `others` are sessions that can still be had."""

    def __init__(self, session: Session, others: Iterable[Session] = ()):
        super().__init__(_("This session has no free place any more. Choose another one."))
        self.session, self.others = session, list(others)


def locked_candidacy(
    candidacy_id: int, *, actor: User | None, candidate: Candidate | None
) -> Candidacy:
    """Under the rights of `actor`, or of the candidate by whose link it was asked."""
    if actor is not None:
        rows = Candidacy.objects.editable_by(actor)
    elif candidate is not None:
        rows = Candidacy.objects.filter(candidate=candidate)
    else:
        raise TypeError("say who acts: actor or candidate")
    rows = rows.exclude(candidate=None).select_for_update(of=("self",), no_key=True)
    return rows.select_related("candidate", "vacancy").get(pk=candidacy_id)


def locked_sessions(candidacy: Candidacy, *session_ids: int) -> dict[int, Session]:
    """The sessions named and those the person was asked to, in the order of their keys."""
    theirs = candidacy.seats.filter(state__in=OPEN).values_list("session", flat=True)
    wanted = {*session_ids, *theirs}
    rows = Session.objects.filter(pk__in=wanted, vacancy=candidacy.vacancy_id)
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {row.pk: row for row in rows}
    if missing := set(session_ids) - set(found):
        raise Session.DoesNotExist(str(missing))
    return found


def take_place(session: Session, now: dt.datetime, *, is_ours: bool) -> bool:
    """One more booked, if there is a place; recruiters may book after the public has to stop."""
    rows = Session.objects.coming(now) if is_ours else Session.objects.bookable(now)
    taken = rows.filter(pk=session.pk, booked__lt=F("limit")).update(booked=F("booked") + 1)
    session.booked += taken
    return bool(taken)


def free_place(session: Session, *, actor: User | None) -> None:
    """One fewer booked; whoever waits longest moves up."""
    Session.objects.filter(pk=session.pk, booked__gt=0).update(booked=F("booked") - 1)
    session.booked -= 1
    now = timezone.now()
    if session.state == SessionState.PLANNED and session.starts_at - now > MOVES_UP:
        _move_up(session, now)


def _move_up(session: Session, now: dt.datetime) -> None:
    elsewhere = Seat.objects.filter(candidacy=F("candidacy"), state__in=HOLDING)
    waiting = session.seats_taken.filter(
        state=SeatState.WAITING, candidacy__state=CandidacyState.ACTIVE
    )
    waiting = waiting.exclude(candidacy__in=elsewhere.values("candidacy"))
    seat = waiting.order_by("waiting_at", "pk").select_related("candidacy__candidate").first()
    if seat is None or not take_place(session, now, is_ours=True):
        return
    seat.session = session
    _turn(seat, SeatState.BOOKED, booked_at=now)
    # By a job: a scorecard holds the candidacy, which comes before the session (see above).
    enqueue("hiring.jobs.ask_observers", key=f"sheets:{seat.pk}", seat_id=seat.pk)
    record(actor=None, verb="seat.booked", target=session, seat=seat.pk)
    seat_letters.tell_booked(seat, session=session, actor=None, moved_up=True)


def _turn(seat: Seat, state: str, **fields) -> None:
    """Compare and swap: nothing may have changed the row since it was read under the lock."""
    values = {"state": state, "version": F("version") + 1, **fields}
    if not Seat.objects.filter(pk=seat.pk, version=seat.version).update(**values):
        raise RuleBroken(_("This place has been changed meanwhile. Look at it again."))
    seat.state, seat.version = state, seat.version + 1
    for name, value in fields.items():
        setattr(seat, name, value)


def _end(seat: Seat, state: str, sessions: dict[int, Session], *, actor: User | None) -> None:
    """Leave a session for good or for another; a place that was held becomes free."""
    was_held = seat.state in HOLDING
    seat.session = sessions[seat.session_id]
    _turn(seat, state, settled_at=timezone.now(), settled_by=actor, late_minutes=None)
    take_sheets_back(seat)
    if was_held:
        free_place(seat.session, actor=actor)


def _check_active(candidacy: Candidacy) -> None:
    if candidacy.state != CandidacyState.ACTIVE:
        raise RuleBroken(_("This candidacy has ended."))


@transaction.atomic
def book_seat(
    *,
    session_id: int,
    candidacy_id: int,
    actor: User | None = None,
    candidate: Candidate | None = None,
) -> Seat:
    """A place for somebody; twice is once. Whoever has one elsewhere moves (reschedule_seat).

    Full when none is free: nothing has changed then.
    """
    candidacy = locked_candidacy(candidacy_id, actor=actor, candidate=candidate)
    _check_active(candidacy)
    sessions = locked_sessions(candidacy, session_id)
    session = sessions[session_id]
    own = {seat.session_id: seat for seat in candidacy.seats.all()}
    seat = own.get(session_id)
    if seat and seat.state in HOLDING:
        return seat
    _check_may_book(seat, own, actor)
    now = timezone.now()
    if not take_place(session, now, is_ours=actor is not None):
        raise Full(session)
    before = [one for one in own.values() if one.pk != getattr(seat, "pk", None)]
    before = [one for one in before if one.state in OPEN]
    asked = min([one.invited_at for one in own.values()], default=now)
    came_from = next((one for one in before if one.state in HOLDING), None)
    for one in before:
        _end(one, SeatState.MOVED, sessions, actor=actor)
    if seat is None:
        seat = Seat.objects.create(
            session=session, candidacy=candidacy, state=SeatState.BOOKED, booked_at=now,
            invited_at=asked, invited_by=actor,
        )  # fmt: skip
    else:
        seat.session = session
        _turn(seat, SeatState.BOOKED, booked_at=now, settled_at=None, settled_by=None)
    seat.candidacy = candidacy
    ask_observers(seat, actor=actor)
    verb = "seat.moved" if came_from else "seat.booked"
    record(actor=actor, verb=verb, target=session, seat=seat.pk)
    seat_letters.tell_booked(seat, session=session, actor=actor, moved=came_from is not None)
    return seat


def _check_may_book(seat: Seat | None, own: dict[int, Seat], actor: User | None) -> None:
    """Candidates choose among sessions once they were asked to one."""
    if actor is None and not own:
        raise Seat.DoesNotExist
    if seat and not may_become(seat.state, SeatState.BOOKED) and actor is None:
        raise RuleBroken(_("This place was called off; write to us if you would like to come."))


@transaction.atomic
def reschedule_seat(
    *,
    seat_id: int,
    session_id: int,
    actor: User | None = None,
    candidate: Candidate | None = None,
) -> Seat:
    """From one session to another of the same vacancy: the old place is kept until the new is."""
    old = _seat_of(seat_id, actor=actor, candidate=candidate)
    return book_seat(
        session_id=session_id, candidacy_id=old.candidacy_id, actor=actor, candidate=candidate
    )


def _seat_of(seat_id: int, *, actor: User | None, candidate: Candidate | None) -> Seat:
    rows = Seat.objects.editable_by(actor) if actor else Seat.objects.exclude(candidacy=None)
    if actor is None:
        rows = rows.filter(candidacy__candidate=candidate)
    return rows.get(pk=seat_id)


def _held(
    seat_id: int, *, actor: User | None, candidate: Candidate | None
) -> tuple[Seat, dict[int, Session]]:
    """The place as it stands under the locks of its person and sessions."""
    seat = _seat_of(seat_id, actor=actor, candidate=candidate)
    candidacy = locked_candidacy(seat.candidacy_id, actor=actor, candidate=candidate)
    sessions = locked_sessions(candidacy, seat.session_id)
    seat.refresh_from_db()
    seat.session, seat.candidacy = sessions[seat.session_id], candidacy
    return seat, sessions


@transaction.atomic
def confirm_seat(
    *, seat_id: int, actor: User | None = None, candidate: Candidate | None = None
) -> Seat:
    """They said they will come; twice is once. Who was only asked gets a place by it, or Full."""
    seat, _sessions = _held(seat_id, actor=actor, candidate=candidate)
    if seat.state == SeatState.CONFIRMED:
        return seat
    if seat.state in (SeatState.INVITED, SeatState.WAITING):
        seat = book_seat(
            session_id=seat.session_id, candidacy_id=seat.candidacy_id, actor=actor,
            candidate=candidate,
        )  # fmt: skip
    if not may_become(seat.state, SeatState.CONFIRMED):
        raise RuleBroken(_("There is no place to confirm any more."))
    if seat.session.starts_at <= timezone.now() and actor is None:
        raise RuleBroken(_("This session has begun."))
    _turn(seat, SeatState.CONFIRMED, confirmed_at=timezone.now())
    record(actor=actor, verb="seat.confirmed", target=seat.session, seat=seat.pk)
    return seat


@transaction.atomic
def decline_seat(
    *, seat_id: int, actor: User | None = None, candidate: Candidate | None = None
) -> Seat:
    """They will not come; twice is once. Until the session begins they may choose again."""
    seat, sessions = _held(seat_id, actor=actor, candidate=candidate)
    if seat.state == SeatState.DECLINED:
        return seat
    if not may_become(seat.state, SeatState.DECLINED):
        raise RuleBroken(_("There is no place to give back any more."))
    had_place = seat.state in HOLDING
    _end(seat, SeatState.DECLINED, sessions, actor=actor)
    record(actor=actor, verb="seat.declined", target=seat.session, seat=seat.pk)
    if had_place and actor is None:
        _tell_recruiter(seat, session_notices.PLACE_GIVEN_BACK)
    if had_place:
        seat_letters.tell_given_back(seat, session=seat.session, actor=actor)
    return seat


def _tell_recruiter(seat: Seat, kind: str) -> None:
    recruiter = seat.candidacy.vacancy.recruiter
    cause = f"seat:{seat.pk}:{seat.version}"
    people.tell(user=recruiter, kind=kind, target=seat.session, cause=cause)


@transaction.atomic
def cancel_seat(*, actor: User, seat_id: int) -> Seat:
    """We call it off, and they hear of it; twice is once."""
    seat, sessions = _held(seat_id, actor=actor, candidate=None)
    if seat.state == SeatState.CANCELLED:
        return seat
    if not may_become(seat.state, SeatState.CANCELLED):
        raise RuleBroken(_("What has taken place cannot be called off."))
    was_open = seat.state in OPEN
    _end(seat, SeatState.CANCELLED, sessions, actor=actor)
    record(actor=actor, verb="seat.cancelled", target=seat.session, seat=seat.pk)
    if was_open:
        seat_letters.tell_cancelled(seat, session=seat.session, actor=actor)
    return seat


@transaction.atomic
def wait_for_seat(*, session_id: int, candidacy_id: int, candidate: Candidate) -> Seat:
    """Stand in the row for a full session; a place that comes free is theirs. Twice is once."""
    candidacy = locked_candidacy(candidacy_id, actor=None, candidate=candidate)
    _check_active(candidacy)
    sessions = locked_sessions(candidacy, session_id)
    session, now = sessions[session_id], timezone.now()
    if not Session.objects.bookable(now).filter(pk=session_id).exists():
        raise RuleBroken(_("Booking for this session has ended. Choose another one."))
    own = {seat.session_id: seat for seat in candidacy.seats.all()}
    if not own:
        raise Seat.DoesNotExist
    seat = own.get(session_id)
    if seat and (seat.state in HOLDING or seat.state == SeatState.WAITING):
        return seat
    if any(one.state in HOLDING for one in own.values()):
        raise RuleBroken(_("You have a place already; give it back to wait for another one."))
    if seat is None:
        seat = Seat.objects.create(
            session=session, candidacy=candidacy, state=SeatState.WAITING, waiting_at=now
        )
    elif not may_become(seat.state, SeatState.WAITING):
        raise RuleBroken(_("This place was called off; write to us if you would like to come."))
    else:
        _turn(seat, SeatState.WAITING, waiting_at=now, settled_at=None, settled_by=None)
    record(actor=None, verb="seat.waiting", target=session, seat=seat.pk)
    return seat


@transaction.atomic
def say_late(*, seat_id: int, minutes: int, candidate: Candidate) -> Seat:
    """They told us they are on their way but late; none: they will be in time after all."""
    seat, _sessions = _held(seat_id, actor=None, candidate=candidate)
    if seat.state not in HOLDING:
        raise RuleBroken(_("You have no place at this session."))
    if not 0 <= minutes <= 120:
        raise RuleBroken(_("Give the minutes, up to 120."))
    _turn(seat, seat.state, late_minutes=minutes or None)
    if minutes:
        _tell_recruiter(seat, session_notices.COMES_LATE)
    record(actor=None, verb="seat.late", target=seat.session, seat=seat.pk, minutes=minutes)
    return seat


@transaction.atomic
def release_seats(*, candidacy_id: int) -> int:
    """Who is out of the vacancy needs no chair: open places of sessions to come end, without a
    letter of their own. How many ended."""
    rows = Candidacy.objects.select_for_update(of=("self",), no_key=True)
    candidacy = rows.select_related("candidate", "vacancy").get(pk=candidacy_id)
    if candidacy.state == CandidacyState.ACTIVE:
        return 0
    sessions = locked_sessions(candidacy)
    coming = [pk for pk, one in sessions.items() if one.starts_at > timezone.now()]
    seats = list(candidacy.seats.filter(state__in=OPEN, session__in=coming))
    for seat in seats:
        seat.candidacy = candidacy
        _end(seat, SeatState.CANCELLED, sessions, actor=None)
        record(actor=None, verb="seat.cancelled", target=seat.session, seat=seat.pk)
    return len(seats)


def recount(session: Session) -> None:
    """For imports and demo data: `booked` is how many hold a place."""
    held = session.seats_taken.filter(Q(state__in=HOLDING)).count()
    Session.objects.filter(pk=session.pk).update(booked=held)

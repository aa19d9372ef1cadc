"""The candidate's own page: the place they have, times to choose from. Nobody else is shown."""

import datetime as dt

from django.utils import timezone

from hiring.choices import SeatState
from hiring.models import Candidate, Seat
from hiring.models.session import ATTENDED, HOLDING, OPEN
from hiring.queries import own
from hiring.queries.room import may_sit
from hiring.queries.sessions import (
    OwnVacancy,
    bookable_of,
    choice_of,
    with_own_seats,
)

MOST_CHOICES = 20
SHORTLY = dt.timedelta(hours=12)


def own_sessions(candidate: Candidate) -> list[OwnVacancy]:
    """For every vacancy in which they were asked to a session that is still to come."""
    now, found = timezone.now(), []
    rows = candidate.candidacies.active().filter(seats__isnull=False).distinct()
    for candidacy in with_own_seats(rows):
        seats = list(candidacy.seats.all())
        seat = _present(seats, now)
        sessions = list(bookable_of(candidacy.vacancy, now)[:MOST_CHOICES])
        has_been = any(one.state in ATTENDED for one in seats)
        if seat is None and (has_been or not sessions):
            continue
        own = choice_of(seat.session, is_own=True) if seat else None
        asked = {one.session_id for one in seats if one.state in OPEN}
        others = [one for one in sessions if not own or one.pk != seat.session_id]
        others = [one for one in others if one.pk in asked or may_sit(candidate, one)]
        is_open = {one.pk: one.free > 0 for one in others}
        if seat and seat.state not in HOLDING and any(s.pk == seat.session_id for s in sessions):
            first = next(one for one in sessions if one.pk == seat.session_id)
            others.insert(0, first)
            is_open[first.pk] = first.free > 0
        found.append(
            OwnVacancy(
                vacancy=candidacy.vacancy, candidacy=candidacy, seat=seat, own=own,
                choices=[choice_of(one) for one in others if is_open[one.pk]],
                full=[choice_of(one) for one in others if not is_open[one.pk]],
                waits_for=[s.session_id for s in seats if s.state == SeatState.WAITING],
                holds=bool(seat) and seat.state in HOLDING,
                is_today=bool(seat) and seat.session.starts_at - now < SHORTLY,
            )
        )  # fmt: skip
    return found


def _present(seats: list[Seat], now: dt.datetime) -> Seat | None:
    """The place that is held, else the invitation of the next session to come."""
    held = [seat for seat in seats if seat.state in HOLDING and seat.session.ends_at > now]
    asked = [seat for seat in seats if seat.state in OPEN and seat.session.starts_at > now]
    return next(iter(held or asked), None)


def other_choices(candidate: Candidate, session_id: int) -> list:
    """What else can be had when a session turned out to be full."""
    for found in own_sessions(candidate):
        ids = {one.session.pk for one in (*found.choices, *found.full)}
        if session_id in ids or (found.seat and found.seat.session_id == session_id):
            return [one for one in found.choices if one.session.pk != session_id]
    return []


def part_of(candidate: Candidate, now: dt.datetime) -> dict | None:
    found = own_sessions(candidate)
    return {"vacancies": found} if found else None


own.register("sessions", part_of)

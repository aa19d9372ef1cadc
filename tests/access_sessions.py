"""Sessions, seats and exercises that addresses are about; hiring has no owners."""

from hiring.choices import ExerciseKind, SeatState, StageKind
from hiring.commands.link import make_link
from hiring.models import Seat
from people.models import User
from tests.cast import Cast
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
    make_vacancy,
)


def _seat(cast: Cast, state: str) -> Seat:
    vacancy = make_vacancy(recruiter=cast.rita)
    candidacy = make_candidacy(vacancy, make_candidate(), stage=StageKind.SESSION)
    held = state in (SeatState.BOOKED, SeatState.CONFIRMED)
    session = make_session(vacancy, booked=int(held))
    return make_seat(session, candidacy, state=state, booked_at=session.created_at)


def session_vacancy(cast: Cast, owner: User) -> dict:
    return {"pk": make_vacancy(recruiter=cast.rita).pk}


def hiring_session(cast: Cast, owner: User) -> dict:
    return {"pk": make_session(make_vacancy(recruiter=cast.rita)).pk}


def asked_session(cast: Cast, owner: User) -> dict:
    """Somebody waits to be invited to it."""
    session = make_session(make_vacancy(recruiter=cast.rita))
    candidacy = make_candidacy(session.vacancy, stage=StageKind.INVITE)
    return {"pk": session.pk, "ids": candidacy.pk}


def seat_asked(cast: Cast, owner: User) -> dict:
    return {"pk": _seat(cast, SeatState.INVITED).pk}


def seat_held(cast: Cast, owner: User) -> dict:
    return {"pk": _seat(cast, SeatState.BOOKED).pk}


def exercise(cast: Cast, owner: User) -> dict:
    session = make_session(make_vacancy(recruiter=cast.rita))
    return {"pk": session.exercises.create(kind=ExerciseKind.LOSS).pk}


def observed_session(cast: Cast, owner: User) -> dict:
    session = make_session(make_vacancy(recruiter=cast.rita))
    session.observers.create(user=cast.ivan)
    return {"pk": session.pk, "user": cast.ivan.pk}


def own_session(cast: Cast, owner: User) -> dict:
    seat = _seat(cast, SeatState.INVITED)
    token = make_link(seat.candidacy.candidate).token
    return {"token": token, "pk": seat.session_id}


def own_seat(cast: Cast, owner: User) -> dict:
    seat = _seat(cast, SeatState.BOOKED)
    return {"token": make_link(seat.candidacy.candidate).token, "pk": seat.pk}


MAKERS = {
    "session_vacancy": session_vacancy,
    "hiring_session": hiring_session,
    "asked_session": asked_session,
    "seat_asked": seat_asked,
    "seat_held": seat_held,
    "session_exercise": exercise,
    "observed_session": observed_session,
    "own_session": own_session,
    "own_seat": own_seat,
}

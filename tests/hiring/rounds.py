"""A group interview under way: observers, people in the room, marks."""

from dataclasses import dataclass

from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.sheet import ask_observers
from hiring.models import Competency, Mark, Seat, Session, Sheet
from people.models import User
from tests.recruiting import (
    HOUR,
    make_candidacy,
    make_candidate,
    make_observer,
    make_seat,
    make_session,
    make_vacancy,
    make_weights,
)


@dataclass
class Room:
    session: Session
    seats: list[Seat]
    competencies: dict[str, Competency]
    observers: list[User]

    def sheet(self, rater: User, seat: Seat) -> Sheet:
        return Sheet.objects.get(session=self.session, rater=rater, candidacy=seat.candidacy_id)

    def mark(self, rater: User, seat: Seat, value: int, exercise=None) -> None:
        """The same value in every competency."""
        sheet = self.sheet(rater, seat)
        for competency in self.competencies.values():
            Mark.objects.create(sheet=sheet, competency=competency, exercise=exercise, value=value)


def make_room(*observers: User, people: int = 3, came: bool = True, **fields) -> Room:
    """The first observer leads. Everybody in it has a badge and a sheet of every observer."""
    vacancy = make_vacancy()
    weights = make_weights(vacancy.profile, relations=30, negotiation=20)
    fields.setdefault("starts_at", timezone.now() - HOUR)
    session = make_session(vacancy, **fields)
    for user in observers:
        make_observer(session, user, is_chair=user == observers[0])
    seats = []
    for number in range(1, people + 1):
        candidate = make_candidate(f"Person {number}", employer="Rival Ltd", years_in_sales=number)
        candidacy = make_candidacy(
            vacancy, candidate, stage=StageKind.SESSION, shortlisted_at=timezone.now()
        )
        state = {"state": "came", "badge": number} if came else {"state": "booked"}
        seats.append(make_seat(session, candidacy, **state))
        ask_observers(session, candidacy.pk)
    if not came:
        Session.objects.filter(pk=session.pk).update(booked=people)
        session.refresh_from_db()
    return Room(session, seats, weights, list(observers))


def open_room(room: Room) -> Room:
    room.session.revealed_at = timezone.now()
    room.session.save(update_fields=["revealed_at"])
    return room

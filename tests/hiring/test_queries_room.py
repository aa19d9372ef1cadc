import pytest

from hiring.choices import SeatState
from hiring.queries import room
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_observer,
    make_seat,
)

pytestmark = pytest.mark.django_db


def seated(session, name, state=SeatState.BOOKED, **fields):
    candidate = make_candidate(name, **fields)
    make_seat(session, make_candidacy(session.vacancy, candidate), state=state)
    return candidate


def test_colleagues_and_managers_in_a_room_are_named_once(session):
    seated(session, "Anna", employer="Nordpack", manager="Ольга Штейн")
    seated(session, "Boris", employer="nordpack ")
    seated(session, "Olga Stein", other_name="Ольга Штейн")
    said = [one.sentence for one in room.meetings(session)]
    assert said == [
        "Anna and Boris work for the same company.",
        "Anna and Olga Stein are boss and subordinate.",
    ]


def test_whoever_said_no_is_not_in_the_room(session):
    seated(session, "Anna", employer="Nordpack", state=SeatState.DECLINED)
    newcomer = make_candidate("Boris", employer="Nordpack")
    assert room.may_sit(newcomer, session)
    assert room.meetings(session, [newcomer]) == []


def test_a_newcomer_is_compared_with_observers_too(cast, session):
    make_observer(session, cast.ivan)
    newcomer = make_candidate("Boris", manager="IVAN")
    assert not room.may_sit(newcomer, session)
    assert [one.other for one in room.meetings(session, [newcomer])] == ["Boris"]


def test_somebody_erased_meets_nobody(session):
    make_seat(session, make_candidacy(session.vacancy), state=SeatState.BOOKED)
    candidacy = session.seats_taken.get().candidacy
    candidacy.candidate = None
    candidacy.save()
    assert room.room_of(session) == []

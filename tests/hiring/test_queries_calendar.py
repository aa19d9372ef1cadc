import datetime as dt

import pytest
from django.utils import translation

from hiring.choices import SeatState
from hiring.models import Letter, Seat
from hiring.queries import calendar
from tests.hiring.test_commands_seat import book, make_asked
from tests.recruiting import make_seat, make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(cast):
    start = dt.datetime(2099, 12, 2, 7, tzinfo=dt.UTC)
    return make_session(make_vacancy(), starts_at=start, time_zone="Europe/Moscow", place="Here")


def test_when_and_where_are_said_in_the_readers_language(session):
    assert calendar.when(session) == "Wednesday, 2 December 2099, 10:00–13:00 (Moscow)"
    assert calendar.where(session) == "Here"
    session.place = ""
    assert calendar.where(session) == "we will tell you"
    with translation.override("ru"):
        assert "2099" in calendar.when(session)


def test_the_entry_keeps_its_name_until_somebody_has_been_there(session):
    seat = book(make_asked(session))
    name = calendar.uid_of(seat)
    other = make_session(session.vacancy)
    moved = make_seat(other, seat.candidacy, state=SeatState.MOVED)
    assert calendar.uid_of(moved) == name
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.CAME)
    assert calendar.uid_of(make_seat(make_session(session.vacancy), seat.candidacy)) != name


def test_only_letters_about_a_place_that_was_had_bring_a_file(session):
    seat = make_asked(session)
    asked = Letter(cause=f"seat:{seat.pk}:changed:1", language="en")
    assert calendar.attachment_of(asked) is None
    book(seat)
    assert calendar.attachment_of(asked).name == "appointment.ics"
    for cause in ("", "seat:1", f"seat:{seat.pk}:invited:1", "seat:999999:booked:1", "stage:1:2"):
        assert calendar.attachment_of(Letter(cause=cause, language="en")) is None

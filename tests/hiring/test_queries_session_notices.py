import pytest

from hiring.choices import SeatState
from hiring.commands import seat as seats
from hiring.queries import session_notices
from people.models import Notification
from people.notices import KINDS
from tests.hiring.test_commands_seat import book, by, make_asked

pytestmark = pytest.mark.django_db


def test_the_recruiter_hears_of_a_place_given_back_without_a_name(cast, session):
    seat = book(make_asked(session, "Anna Berg"))
    seats.decline_seat(**by(seat))
    row = Notification.objects.get(user=cast.rita)
    kind = KINDS[row.kind]
    known = kind.find(cast.rita, [row.target_id])
    said = kind.sentence(known[session.pk], row.data)
    assert said.startswith("A place was given back:")
    assert "Anna" not in said
    assert kind.url(session) == f"/hiring/sessions/{session.pk}/"
    assert kind.find(cast.dora, [row.target_id]) == {}


def test_what_recruiters_do_themselves_is_no_news(cast, session):
    seat = book(make_asked(session))
    seats.decline_seat(actor=cast.rita, seat_id=seat.pk)
    assert not Notification.objects.exists()


def test_the_timeline_tells_the_road_of_a_place(cast, session):
    seat = book(make_asked(session))
    seat = seats.confirm_seat(**by(seat))
    seats.decline_seat(**by(seat))
    candidate = seat.candidacy.candidate
    said = [entry.sentence for entry in session_notices.timeline_of(candidate, cast.rita)]
    assert [sentence.partition(":")[0] for sentence in said] == [
        "Invited to a session", "Booked a place", "Confirmed", "Will not come",
    ]  # fmt: skip
    assert session_notices.timeline_of(candidate, cast.karl) == []


@pytest.mark.parametrize("state", [state for state in SeatState if state in session_notices.ENDS])
def test_every_end_is_told(cast, session, state):
    seat = make_asked(session, state=state, settled_at=session.created_at)
    entries = session_notices.timeline_of(seat.candidacy.candidate, cast.rita)
    assert len(entries) == 2

"""The candidate's own part: choose, confirm, move, give back; fifty who want one place."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hiring.choices import SeatState
from hiring.commands.link import make_link
from hiring.models import Letter, Seat, Session
from hiring.models.session import HOLDING
from people.models import Notification
from tests.cast import make_cast
from tests.hiring.test_commands_seat import book, make_asked
from tests.recruiting import DAY, HOUR, make_candidate, make_seat, make_session, make_vacancy

pytestmark = pytest.mark.django_db
S = SeatState


@pytest.fixture
def session(cast):
    return make_session(make_vacancy("Secret inside title"), place="Nevsky 28")


def token_of(seat) -> str:
    return make_link(seat.candidacy.candidate).token


def at(name, token, pk) -> str:
    return reverse(f"hiring:own_{name}", args=[token, pk])


def page_of(token) -> str:
    return Client().get(reverse("hiring:own_page", args=[token])).content.decode()


def state_of(seat) -> str:
    return Seat.objects.get(pk=seat.pk).state


def test_somebody_asked_sees_times_and_never_who_or_how_many(session):
    other = make_asked(session, "Boris Otherman")
    book(other)
    full = make_session(session.vacancy, limit=1, starts_at=timezone.now() + 5 * DAY)
    book(make_asked(full, "Carl Fullman"))
    page = page_of(token_of(make_asked(session, "Anna")))
    assert "Please choose the time that suits you." in page
    assert "Full at the moment" in page
    for hidden in ("Boris", "Carl", "of 8", "booked"):
        assert hidden not in page


def test_nobody_is_offered_a_room_with_a_colleague_and_is_not_told_why(session):
    colleague = make_asked(session, "Boris")
    candidate = colleague.candidacy.candidate
    candidate.employer = "Nordpack"
    candidate.save()
    free = make_session(session.vacancy, starts_at=timezone.now() + 6 * DAY)
    asked = make_asked(free, "Anna")
    asked.candidacy.candidate.employer = "Nordpack"
    asked.candidacy.candidate.save()
    page = page_of(token_of(asked))
    assert f"/sessions/{session.pk}/" not in page
    assert f"/sessions/{free.pk}/" in page
    assert "Nordpack" not in page


def test_whoever_was_not_asked_sees_nothing_and_books_nothing(session):
    token = make_link(make_candidate()).token
    assert "Your meeting with us" not in page_of(token)
    assert Client().post(at("session_book", token, session.pk)).status_code == 404


def test_a_place_is_booked_confirmed_moved_and_given_back(session):
    seat, client = make_asked(session), Client()
    token = token_of(seat)
    assert client.post(at("session_book", token, session.pk)).status_code == 302
    assert state_of(seat) == S.BOOKED
    client.post(at("seat_confirm", token, seat.pk))
    assert state_of(seat) == S.CONFIRMED
    assert "You have confirmed" in page_of(token)
    other = make_session(session.vacancy, starts_at=timezone.now() + 4 * DAY)
    client.post(at("session_book", token, other.pk))
    assert state_of(seat) == S.MOVED
    moved = Seat.objects.get(session=other)
    client.post(at("seat_decline", token, moved.pk))
    assert state_of(moved) == S.DECLINED
    assert Notification.objects.filter(kind="place_given_back").count() == 1


def test_opening_a_link_changes_nothing(session):
    seat = book(make_asked(session))
    token, client = token_of(seat), Client()
    for name in ("seat_confirm", "seat_calendar"):
        assert client.get(at(name, token, seat.pk)).status_code == 200
    for name, pk in (("session_book", session.pk), ("session_wait", session.pk),
                     ("seat_decline", seat.pk), ("seat_late", seat.pk)):  # fmt: skip
        assert client.get(at(name, token, pk)).status_code == 405
    assert state_of(seat) == S.BOOKED


def test_nobody_touches_anothers_place(session):
    mine, theirs = book(make_asked(session)), book(make_asked(session))
    token = token_of(mine)
    for name in ("seat_confirm", "seat_decline", "seat_late"):
        assert Client().post(at(name, token, theirs.pk)).status_code == 404
    assert Client().get(at("seat_calendar", token, theirs.pk)).status_code == 404
    assert Client().post(at("seat_confirm", "x" * 43, mine.pk)).status_code == 404
    assert state_of(theirs) == S.BOOKED


def test_the_last_place_gone_is_told_with_what_else_there_is(session):
    Session.objects.filter(pk=session.pk).update(limit=1)
    book(make_asked(session))
    other = make_session(session.vacancy, starts_at=timezone.now() + 4 * DAY)
    seat = make_asked(session)
    answer = Client().post(at("session_book", token_of(seat), session.pk))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "has just been taken" in page
    assert f"/sessions/{other.pk}/book/" in page
    assert state_of(seat) == S.INVITED


def test_a_full_session_can_be_waited_for(session):
    Session.objects.filter(pk=session.pk).update(limit=1)
    first = book(make_asked(session))
    seat = make_asked(session)
    token = token_of(seat)
    Client().post(at("session_wait", token, session.pk))
    assert "You are on the list" in page_of(token)
    Client().post(at("seat_decline", token_of(first), first.pk))
    assert state_of(seat) == S.BOOKED


def test_on_the_day_one_can_say_that_one_is_late(cast):
    session = make_session(make_vacancy(), starts_at=timezone.now() + 2 * HOUR)
    seat = book(make_asked(session))
    token = token_of(seat)
    assert "Running late?" in page_of(token)
    Client().post(at("seat_late", token, seat.pk), {"minutes": "20"})
    assert Seat.objects.get(pk=seat.pk).late_minutes == 20
    assert Notification.objects.get(kind="comes_late").user == cast.rita


def test_the_entry_for_the_calendar_is_neutral(session):
    seat = book(make_asked(session, "Anna Berg"))
    answer = Client().get(at("seat_calendar", token_of(seat), seat.pk))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Appointment" in text
    assert "Anna" not in text
    assert "Secret" not in text
    asked = make_asked(session)
    assert Client().get(at("seat_calendar", token_of(asked), asked.pk)).status_code == 404


def at_once(tokens: list[str], session: Session) -> list[int]:
    barrier, found = threading.Barrier(len(tokens)), []

    def attempt(token: str) -> None:
        client = Client(raise_request_exception=False)
        barrier.wait()
        try:
            found.append(client.post(at("session_book", token, session.pk)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def one_gets_it(people: int, rounds: int) -> None:
    vacancy = make_vacancy()
    spare = make_session(vacancy, limit=people * rounds)
    for _round in range(rounds):
        session = make_session(vacancy, limit=1)
        seats = [make_asked(session) for _number in range(people)]
        tokens = [token_of(seat) for seat in seats]
        assert at_once(tokens, session) == [302] + [409] * (people - 1)
        session.refresh_from_db()
        held = session.seats_taken.filter(state__in=HOLDING)
        assert session.booked == held.count() == 1
        letters = Letter.objects.filter(candidacy__seats__session=session)
        assert letters.filter(cause__contains=":booked:").count() == 1
        loser = next(seat for seat in seats if seat.pk != held.get().pk)
        answer = Client().post(at("session_book", token_of(loser), session.pk))
        assert f"/sessions/{spare.pk}/book/" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_click_at_once_one_gets_the_place():
    make_cast()
    one_gets_it(people=12, rounds=1)


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_click_at_once_one_gets_the_place_every_time():
    """SQLite lets one write after the other whoever asks: fewer rounds say it."""
    make_cast()
    one_gets_it(people=50, rounds=20 if connection.vendor == "postgresql" else 5)


def test_a_past_invitation_is_not_offered(cast):
    over = make_session(make_vacancy(), starts_at=timezone.now() - DAY)
    seat = make_seat(over)
    assert "Your meeting with us" not in page_of(token_of(seat))

"""Filling a session: the calculator live, the refill, invitations, places by hand."""

import pytest
from django.urls import reverse

from hiring.choices import SeatState, StageKind
from hiring.models import HiringSettings, Seat
from hiring.queries import invitations
from tests.hiring.test_commands_seat import book, make_asked
from tests.recruiting import make_candidacy, make_candidate, make_session, make_vacancy

pytestmark = pytest.mark.django_db
SESSION = {"spare": 99}
S = SeatState


@pytest.fixture
def session(session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    return session


def url(name, pk) -> str:
    return reverse(f"hiring:{name}", args=[pk])


def text(response) -> str:
    return response.content.decode()


def make_waiting(session, number: int, **fields) -> list:
    vacancy, stage = session.vacancy, StageKind.INVITE
    return [
        make_candidacy(vacancy, make_candidate(f"Waiting {n}", **fields), stage=stage, rank=n)
        for n in range(number)
    ]


def test_the_panel_follows_the_figures_without_keeping_them(rita, session):
    make_waiting(session, 20)
    page = text(rita.get(url("_calculator", session.pk)))
    assert "Invite <b>17</b>" in page
    tried = {"seats": "8", "cost_empty": "1", "cost_over": "1", "spare": "99"}
    assert "Invite <b>15</b>" in text(rita.get(url("_calculator", session.pk), tried))
    session.refresh_from_db()
    assert session.cost_empty == 2


def test_the_sentence_and_the_button_say_one_number_and_what_would_be_best(rita, session):
    make_waiting(session, 10)
    page = text(rita.get(url("_calculator", session.pk)))
    assert "Invite <b>10</b>: expect <b>5.0</b>" in page
    assert 'name="number" value="10"' in page
    assert "17 would be best, but only 10 people who wait can be invited here." in page
    make_waiting(session, 20)
    page = text(rita.get(url("_calculator", session.pk)))
    assert "Invite <b>17</b>" in page and 'name="number" value="17"' in page
    assert "would be best" not in page


def test_figures_that_cannot_be_are_said_and_the_others_used(rita, session):
    page = text(rita.get(url("_calculator", session.pk), {"seats": "x", "cost_empty": "1"}))
    assert "Some figures cannot be" in page


def test_one_button_invites_the_best_and_can_be_taken_back(rita, session):
    best = make_waiting(session, 5)[:3]
    answer = rita.post(url("session_refill", session.pk), {"number": "3"})
    assert answer.status_code == 302
    asked = set(session.seats_taken.values_list("candidacy", flat=True))
    assert asked == {one.pk for one in best}
    ids = ",".join(str(pk) for pk in session.seats_taken.values_list("pk", flat=True))
    rita.post(f"{url('session_uninvite', session.pk)}?seats={ids}")
    assert not session.seats_taken.open().exists()


def test_with_nobody_waiting_the_button_says_so(rita, session):
    answer = rita.post(url("session_refill", session.pk), {"number": "3"}, follow=True)
    assert "Nobody who waits can be invited" in text(answer)


def test_all_days_of_a_vacancy_are_filled_at_once(rita, session):
    other = make_session(session.vacancy, spare=99)
    make_waiting(session, 10)
    rita.post(url("sessions_refill", session.vacancy_id))
    counts = [one.seats_taken.count() for one in (session, other)]
    assert sum(counts) == 10
    assert max(counts) - min(counts) <= 1


def test_choosing_by_hand_ticks_the_proposal_and_names_who_would_meet_whom(rita, session):
    seated = make_asked(session, "Olga")
    seated.candidacy.candidate.employer = "Nordpack"
    seated.candidacy.candidate.save()
    one = make_waiting(session, 1, employer="Nordpack")[0]
    page = text(rita.get(url("session_invite", session.pk)))
    assert "Olga and Waiting 0 work for the same company." in page
    asked = {"ids": [one.pk]}
    answer = rita.post(url("session_invite", session.pk), asked)
    assert answer.status_code == 409
    assert "Why it is all right" in text(answer)
    rita.post(url("session_invite", session.pk), asked | {"reason": "They asked to"})
    assert session.seats_taken.count() == 2


def test_places_are_given_confirmed_moved_and_called_off_by_hand(rita, session):
    seat = make_asked(session)
    other = make_session(session.vacancy)
    for name, state in (("seat_book", S.BOOKED), ("seat_confirm", S.CONFIRMED),
                        ("seat_decline", S.DECLINED), ("seat_book", S.BOOKED)):  # fmt: skip
        rita.post(url(name, seat.pk))
        seat.refresh_from_db()
        assert seat.state == state
    rita.post(url("seat_reschedule", seat.pk), {"session": other.pk})
    moved = Seat.objects.get(session=other)
    rita.post(url("seat_cancel", moved.pk))
    moved.refresh_from_db()
    assert moved.state == S.CANCELLED


def test_moving_to_a_full_or_foreign_session_is_refused(rita, session):
    seat = book(make_asked(session))
    full = make_session(session.vacancy, limit=0, booked=0)
    answer = rita.post(url("seat_reschedule", seat.pk), {"session": full.pk}, follow=True)
    assert "no free place" in text(answer)
    foreign = make_session(make_vacancy())
    answer = rita.post(url("seat_reschedule", seat.pk), {"session": foreign.pk})
    assert answer.status_code == 404
    answer = rita.post(url("seat_reschedule", seat.pk), follow=True)
    assert "Choose a session." in text(answer)


def test_the_list_renews_itself(rita, session):
    make_asked(session, "Anna Berg")
    assert "Anna Berg" in text(rita.get(url("_session_seats", session.pk)))
    assert invitations.calculate(session).invited == 1

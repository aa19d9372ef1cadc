"""Pages of sessions: planned, shown, changed, called off, printed."""

import pytest
from django.urls import reverse

from hiring.choices import SeatState, SessionState, StageKind
from hiring.models import CandidateAccess, Session
from tests.cast import signed_in
from tests.hiring.test_commands_seat import make_asked
from tests.recruiting import make_candidacy, make_seat, make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(cast):
    return make_vacancy("KAM, Riga")


@pytest.fixture
def session(vacancy):
    return make_session(vacancy, place="Nevsky 28")


def url(name, pk) -> str:
    return reverse(f"hiring:{name}", args=[pk])


def text(response) -> str:
    return response.content.decode()


def test_the_calculator_ends_when_somebody_is_checked_in(rita, session):
    make_seat(session, state=SeatState.BOOKED)
    there = reverse("hiring:session_page", args=[session.pk])
    assert "How many to invite" in rita.get(there).content.decode()
    make_seat(session, state=SeatState.CAME, badge=1)
    assert "How many to invite" not in rita.get(there).content.decode()


def test_a_vacancy_without_sessions_says_what_to_do(rita, vacancy):
    page = text(rita.get(url("vacancy_sessions", vacancy.pk)))
    assert "No sessions yet" in page
    assert url("session_create", vacancy.pk) in page


def test_the_days_show_how_full_they_are_and_what_they_lack(rita, session):
    make_seat(session, state=SeatState.CONFIRMED)
    page = text(rita.get(url("vacancy_sessions", session.vacancy_id)))
    assert "1 asked, 1 confirmed" in page
    assert "0 observers" in page
    assert "Nevsky" not in page
    assert "KAM, Riga" in text(rita.get(reverse("hiring:session_list")))


def test_many_sessions_ask_as_few_questions_as_one(rita, vacancy, django_assert_max_num_queries):
    for _number in range(6):
        make_seat(make_session(vacancy))
    with django_assert_max_num_queries(30):
        rita.get(url("vacancy_sessions", vacancy.pk))


def plan(rita, vacancy, **changes):
    page = rita.get(url("session_create", vacancy.pk))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data |= {"day": "2099-12-02", "days": 3, "begins": "10:00", "ends": "13:00"}
    data = {key: value for key, value in (data | changes).items() if value not in (None, False)}
    return rita.post(url("session_create", vacancy.pk), data)


def test_three_days_are_planned_in_one_step(cast, rita, vacancy):
    answer = plan(rita, vacancy, observers=[cast.ivan.pk, cast.dora.pk])
    assert answer.status_code == 302, answer.context["form"].errors
    assert vacancy.sessions.count() == 3
    assert answer["Location"] == url("vacancy_sessions", vacancy.pk)


def test_what_cannot_be_is_said_at_its_field(rita, vacancy):
    answer = plan(rita, vacancy, ends="09:00")
    assert answer.status_code == 422
    assert "The end must lie after the beginning." in text(answer)
    assert not Session.objects.exists()


def test_the_page_shows_people_calculator_observers_and_notes_the_look(rita, session):
    seat = make_asked(session, "Anna Berg")
    page = text(rita.get(url("session_page", session.pk)))
    assert "Anna Berg" in page
    assert "How many to invite" in page
    assert "not measured who comes yet" in page
    assert "At least two should watch" in page
    assert CandidateAccess.objects.get().candidate == seat.candidacy.candidate


def test_a_director_reads_shortlisted_names_and_gets_no_buttons(cast, session):
    make_asked(session, "Anna Berg")
    known = session.seats_taken.get().candidacy
    known.shortlisted_at = session.created_at
    known.save()
    make_seat(session, make_candidacy(session.vacancy, stage=StageKind.CALL))
    page = text(signed_in(cast.dora).get(url("session_page", session.pk)))
    assert "Anna Berg" in page
    assert "not shown to you" in page
    assert "How many to invite" not in page
    assert url("session_edit", session.pk) not in page


def test_somebody_erased_is_a_row_without_a_name(rita, session):
    seat = make_seat(session, state=SeatState.INVITED)
    seat.candidacy.candidate = None
    seat.candidacy.save()
    for name in ("session_page", "session_attendance", "session_badges", "session_invite"):
        assert rita.get(url(name, session.pk)).status_code == 200
    assert "erased" in text(rita.get(url("session_page", session.pk)))


def test_many_people_ask_as_few_questions_as_few(rita, session, django_assert_max_num_queries):
    for _number in range(12):
        make_asked(session)
    with django_assert_max_num_queries(45):
        rita.get(url("session_page", session.pk))


def edited(rita, session, version, **changes):
    form = rita.get(url("session_edit", session.pk)).context["form"]
    data = {name: form[name].value() for name in form.fields} | changes | {"version": version}
    data = {key: value for key, value in data.items() if value is not None}
    return rita.post(url("session_edit", session.pk), data)


def test_a_session_is_changed_and_the_second_saver_sees_both(rita, session):
    assert edited(rita, session, 1, place="Here").status_code == 302
    answer = edited(rita, session, 1, place="There")
    assert answer.status_code == 409
    assert "Here" in text(answer) and "There" in text(answer)
    assert edited(rita, session, 2, place="There").status_code == 302
    session.refresh_from_db()
    assert session.place == "There"


def test_calling_off_says_first_who_gets_a_letter(rita, session):
    make_asked(session)
    page = text(rita.get(url("session_cancel", session.pk)))
    assert "<b>1</b> person gets a letter" in page
    rita.post(url("session_cancel", session.pk), {"reason": "ill"})
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert "called off" in text(rita.get(url("session_page", session.pk)))


def test_the_figures_are_kept_with_the_session(rita, session):
    rita.post(url("session_figures", session.pk), {"seats": "6", "cost_empty": "3"})
    session.refresh_from_db()
    assert (session.seats, session.cost_empty) == (6, 3)


def test_papers_carry_numbers_and_names(rita, session):
    seat = make_asked(session, "Anna Berg")
    seat.state = SeatState.BOOKED
    seat.save()
    assert text(rita.get(url("session_badges", session.pk))).count("<li><b>") == 10
    assert "Anna Berg" in text(rita.get(url("session_attendance", session.pk)))

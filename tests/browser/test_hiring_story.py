"""A whole vacancy in a browser, from an empty page to a colleague's first sign-in.

Nothing is made behind the pages but the company, the people who could be called, and the passing
of time: what is planned for tomorrow begins now.
"""

import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.commands.benchmark import install_benchmarks
from hiring.commands.competency import install_competencies
from hiring.commands.consent import install_consent_texts
from hiring.commands.letter import install_letters
from hiring.commands.reject_reason import install_reject_reasons
from hiring.jobs import offers_tick
from hiring.models import Candidacy, Mark, Session, Vacancy
from hiring.views import application as applying
from people.models import User
from tests.browser import hiring_day, hiring_way
from tests.browser.conftest import PHONE
from tests.cast import make_cast, make_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(monkeypatch):
    made = make_cast()
    make_company(set_up_at=timezone.now())
    for install in (
        install_benchmarks, install_competencies, install_consent_texts,
        install_letters, install_reject_reasons,
    ):  # fmt: skip
        install()
    monkeypatch.setattr(applying, "TOO_FAST", -1)
    return made


def test_a_vacancy_from_an_empty_page_to_a_colleague(cast, open_page, run_jobs):
    rita, dora = open_page("/", cast.rita), open_page("/", cast.dora)
    ivan, lena = open_page("/", cast.ivan), open_page("/", cast.lena)
    phone = open_page("/jobs/", size=PHONE, has_touch=True)

    hiring_way.write_profile(rita)
    hiring_way.write_vacancy(rita)
    hiring_way.approve_vacancy(dora)
    vacancy = Vacancy.objects.get()
    hiring_way.ask_about_english(rita, vacancy)
    hiring_way.publish(rita, vacancy)
    for name, (email, english) in hiring_way.APPLICANTS.items():
        hiring_way.apply(phone, name, email, english)
    hiring_way.confirm_knock_out(rita, vacancy)
    vera = Candidacy.objects.get(candidate__name="Vera Sokol")
    assert vera.state == CandidacyState.REJECTED

    hiring_way.people_to_call(vacancy)
    hiring_way.fill_calling_list(rita, vacancy)
    hiring_way.call_ten(rita)
    hiring_way.move_to_invite(rita, vacancy)
    hiring_day.plan_session(rita, vacancy)
    hiring_day.invite(rita)
    run_jobs()
    session = Session.objects.get()
    guests = hiring_day.guests_of(session)
    for name in guests:
        hiring_day.book(phone, name)
    session.refresh_from_db()
    assert (session.seats, session.booked) == (8, len(guests))

    hiring_day.the_day_comes(session)
    hiring_day.check_in(rita, session, guests)
    for page in (ivan, lena):
        page.goto(f"/hiring/sessions/{session.pk}/cockpit/")
    size = hiring_day.score([rita, ivan, lena])
    hiring_way.seen(ivan, "23-scores")
    assert Mark.objects.count() == 3 * size
    hiring_day.hand_in([rita, ivan, lena], session)
    hiring_way.seen(lena, "24-all-in")
    chosen = hiring_day.decide(rita, session)
    assert chosen.stage.kind == StageKind.TASK

    hiring_day.add_task(rita)
    hiring_day.send_task(rita, chosen)
    run_jobs()
    hiring_day.answer_task(phone, chosen)
    hiring_day.ask_graders(rita, chosen)
    task = chosen.home_tasks.get()
    hiring_day.grade(ivan, task, 4)
    hiring_day.grade(lena, task, 5)

    url = hiring_day.write_offer(rita, chosen)
    hiring_day.approve_offer(dora)
    hiring_day.send_offer(rita, url)
    run_jobs()
    hiring_day.accept(phone, chosen)
    chosen.refresh_from_db()
    assert (chosen.state, chosen.stage.kind) == (CandidacyState.HIRED, StageKind.HIRED)
    run_jobs()
    hiring_day.join(phone, hiring_day.email_of(chosen.candidate.name))
    offers_tick()
    chosen.candidate.refresh_from_db()
    assert chosen.candidate.user == User.objects.get(
        email=hiring_day.email_of(chosen.candidate.name)
    )

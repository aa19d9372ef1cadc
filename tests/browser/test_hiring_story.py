"""A whole vacancy in a browser on the demo company, from an empty page to a first sign-in.

Nothing is made behind the pages but the demo company, the people who could be called, and the
passing of time: what is planned for tomorrow begins now.
"""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.jobs import offers_tick
from hiring.models import Mark, Session, Vacancy
from hiring.views import application as applying
from people.models import User
from tests.browser import hiring_day, hiring_way
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = {
    "recruiter": "natalia.orlova", "director": "marina.sokolova",
    "interviewer": "beatrice.conti", "manager": "elena.vorontsova",
}  # fmt: skip


@pytest.fixture
def company(monkeypatch):
    call_command("seed_demo", accounts=40, months=26, as_of=timezone.localdate(), stdout=StringIO())
    monkeypatch.setattr(applying, "TOO_FAST", -1)
    addresses = {key: f"{name}@severpack.example" for key, name in PEOPLE.items()}
    users = User.objects.filter(email__in=addresses.values())
    users.update(language="en")
    by_address = {user.email: user for user in users}
    return SimpleNamespace(**{key: by_address[email] for key, email in addresses.items()})


def test_a_vacancy_from_an_empty_page_to_a_colleague(company, open_page, run_jobs):
    observers = [company.recruiter, company.interviewer, company.manager]
    recruiter, interviewer, manager = (open_page("/", person) for person in observers)
    director = open_page("/", company.director)
    phone = open_page("/jobs/", size=PHONE, has_touch=True)

    hiring_way.write_profile(recruiter)
    hiring_way.write_vacancy(recruiter)
    hiring_way.approve_vacancy(director)
    vacancy = Vacancy.objects.get(title=hiring_way.VACANCY)
    hiring_way.ask_about_english(recruiter, vacancy)
    hiring_way.publish(recruiter, vacancy)
    for name, (email, english) in hiring_way.APPLICANTS.items():
        hiring_way.apply(phone, name, email, english)
    hiring_way.confirm_knock_out(recruiter, vacancy)
    vera = vacancy.candidacies.get(candidate__name="Vera Sokol")
    assert vera.state == CandidacyState.REJECTED

    hiring_way.people_to_call(vacancy)
    hiring_way.fill_calling_list(recruiter, vacancy)
    hiring_way.call_ten(recruiter)
    hiring_way.move_to_invite(recruiter, vacancy)
    hiring_day.plan_session(recruiter, vacancy, observers)
    hiring_day.invite(recruiter)
    run_jobs()
    session = Session.objects.get(vacancy=vacancy)
    guests = hiring_day.guests_of(session)
    for name in guests:
        hiring_day.book(phone, name)
    session.refresh_from_db()
    assert (session.seats, session.booked) == (8, len(guests))

    hiring_day.the_day_comes(session)
    hiring_day.check_in(recruiter, session, guests)
    for page in (interviewer, manager):
        page.goto(f"/hiring/sessions/{session.pk}/cockpit/")
    size = hiring_day.score([recruiter, interviewer, manager])
    hiring_way.seen(interviewer, "23-scores")
    assert Mark.objects.filter(sheet__session=session).count() == 3 * size
    hiring_day.hand_in([recruiter, interviewer, manager], session)
    hiring_way.seen(manager, "24-all-in")
    chosen = hiring_day.decide(recruiter, session)
    assert chosen.stage.kind == StageKind.TASK

    hiring_day.add_task(recruiter)
    hiring_day.send_task(recruiter, chosen)
    run_jobs()
    hiring_day.answer_task(phone, chosen)
    hiring_day.ask_graders(recruiter, chosen, observers[1:])
    task = chosen.home_tasks.get()
    hiring_day.grade(interviewer, task, 4)
    hiring_day.grade(manager, task, 5)

    url = hiring_day.write_offer(recruiter, chosen)
    hiring_day.approve_offer(director, chosen)
    hiring_day.send_offer(recruiter, url)
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

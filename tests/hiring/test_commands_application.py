"""An application below the page: one for a draft, nothing without consent, nothing overwritten."""

import pytest
from django.core.files.base import ContentFile

from common.errors import RuleBroken
from hiring.choices import VacancyState
from hiring.commands import application as commands
from hiring.commands.candidate import create_candidate
from hiring.commands.consent import current_texts
from hiring.models import Answer, Candidacy, Candidate, Consent, Draft, Finding, Letter
from hiring.rules.application import Person
from tests.recruiting import add_reach, make_candidate, make_question, make_rule, make_vacancy

pytestmark = pytest.mark.django_db
OLGA = Person("Olga Kim", "olga@example.org", "+79131234567", "Omsk")


@pytest.fixture
def draft(cast):
    return commands.save_draft(vacancy=make_vacancy(), secret="s" * 43, values={"name": "Olga"})


def submit(draft: Draft, person: Person = OLGA, **more):
    texts = current_texts("en")
    fields = {"answers": {}, "text_ids": [texts["vacancy"].pk], "language": "en", **more}
    return commands.submit_application(draft_id=draft.pk, person=person, **fields)


def test_one_draft_is_one_application(draft):
    assert submit(draft) is not None and submit(draft) is None
    assert Candidacy.objects.count() == Consent.objects.count() == Letter.objects.count() == 1


def test_without_the_first_consent_nothing_is_left(draft):
    with pytest.raises(RuleBroken):
        submit(draft, text_ids=[current_texts("en")["pool"].pk])
    draft.refresh_from_db()
    assert draft.sent_at is None and draft.values
    assert not Candidate.objects.exists() and not Consent.objects.exists()


def test_a_vacancy_that_closed_meanwhile_takes_nothing(draft):
    draft.vacancy.state = VacancyState.CLOSED
    draft.vacancy.save()
    with pytest.raises(RuleBroken):
        submit(draft)
    assert not Candidate.objects.exists()


def test_rules_are_asked_at_once_and_only_propose(draft):
    question = make_question(draft.vacancy)
    make_rule(question)
    candidacy = submit(draft, answers={question.pk: False})
    assert Finding.objects.get().verdict == "fails" and candidacy.state == "active"


def test_answers_to_another_vacancys_questions_are_nobodys(draft):
    stranger = make_question(make_vacancy())
    submit(draft, answers={stranger.pk: True})
    assert not Answer.objects.exists()


def test_known_by_number_and_name_and_without_an_address_they_get_this_one(draft):
    known = create_candidate(name="Olga Kim", reaches=[("phone", "+7 913 123-45-67")])
    assert submit(draft).candidate == known
    assert known.reaches.filter(kind="email").get().value == OLGA.email


def test_the_letter_goes_to_the_address_known_before(draft):
    known = make_candidate("Olga Kim")
    add_reach(known, "first@example.org")
    add_reach(known, OLGA.email)
    submit(draft)
    assert Letter.objects.get().address == "first@example.org"


def test_a_draft_belongs_to_one_vacancy(draft):
    other = make_vacancy()
    commands.save_draft(vacancy=other, secret="s" * 43, values={"name": "Other"})
    draft.refresh_from_db()
    assert draft.values == {"name": "Olga"}
    assert commands.find_draft(vacancy=other, secret="s" * 43) is None
    assert commands.find_draft(vacancy=draft.vacancy, secret="") is None


def test_a_flood_of_text_is_not_kept(draft):
    with pytest.raises(RuleBroken):
        commands.save_draft(
            vacancy=draft.vacancy, secret="s" * 43, values={"name": "x" * commands.MOST_TYPED}
        )


def test_a_second_file_takes_the_place_of_the_first(draft):
    for name in ("a.txt", "b.txt"):
        upload = ContentFile(name.encode(), name=name)
        commands.keep_draft_file(draft=draft, field="cv", upload=upload)
    assert draft.files.get().name == "b.txt"
    commands.drop_draft_file(draft=draft, field="cv")
    assert not draft.files.exists()

"""Tables of the questionnaire: one answer a question, one finding a rule, rights."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from hiring.models import Answer, Draft, DraftFile, Finding, Question
from tests.recruiting import make_candidacy, make_question, make_rule, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidacy(cast):
    return make_candidacy(make_vacancy())


def test_a_question_is_answered_once(candidacy):
    question = make_question(candidacy.vacancy)
    Answer.objects.create(candidacy=candidacy, question=question, value=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(candidacy=candidacy, question=question, value=False)


def test_a_question_with_answers_cannot_be_deleted(candidacy):
    question = make_question(candidacy.vacancy)
    Answer.objects.create(candidacy=candidacy, question=question, value=True)
    with pytest.raises(ProtectedError):
        question.delete()


def test_a_rule_finds_one_thing_for_one_person(candidacy):
    rule = make_rule(make_question(candidacy.vacancy))
    Finding.objects.create(rule=rule, candidacy=candidacy, verdict="fails")
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(rule=rule, candidacy=candidacy, verdict="passes")


def test_a_draft_is_found_by_its_digest_alone_and_has_one_file_a_field(candidacy):
    draft = Draft.objects.create(digest="a" * 64, vacancy=candidacy.vacancy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(digest="a" * 64, vacancy=candidacy.vacancy)
    DraftFile.objects.create(draft=draft, field="cv", size=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftFile.objects.create(draft=draft, field="cv", size=1)


def test_who_sees_and_who_changes_questions(cast, candidacy):
    make_question(candidacy.vacancy)
    for user in (cast.rita, cast.dora):
        assert Question.objects.visible_to(user).count() == 1
    assert Question.objects.editable_by(cast.rita).count() == 1
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam, cast.sam):
        assert not Question.objects.editable_by(user).exists()


def test_words_come_in_the_readers_language(candidacy):
    question = make_question(candidacy.vacancy, label="What?", helps={"en": "Say"})
    assert (str(question), question.help) == ("What?", "Say")

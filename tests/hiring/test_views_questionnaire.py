"""The builder over HTTP: for recruiters, readable for directors; a preview keeps nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring.models import Answer, Question
from tests.recruiting import make_candidacy, make_question, make_vacancy

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"hiring:{name}", args=args)


def test_an_empty_form_says_what_to_do(cast, vacancy, reader):
    page = reader(cast.rita).get(url("questionnaire_page", vacancy.pk)).content.decode()
    assert "No questions yet" in page


def test_a_director_reads_and_finds_nothing_to_press(cast, vacancy, reader):
    question = make_question(vacancy)
    page = reader(cast.dora).get(url("questionnaire_page", vacancy.pk)).content.decode()
    assert question.label in page and url("question_retire", question.pk) not in page


def test_a_question_is_made_in_four_languages(cast, vacancy, reader):
    fields = {"kind": "choice", "label_en": "English?", "label_ru": "Английский?",
              "options_en": "A1\nB2", "options_ru": "A1\nБ2", "is_required": "on"}  # fmt: skip
    answer = reader(cast.rita).post(url("question_create", vacancy.pk), fields)
    assert answer.status_code == 302
    made = Question.objects.get()
    assert made.labels == {"en": "English?", "ru": "Английский?"} and made.is_required
    assert made.options[1]["names"] == {"en": "B2", "ru": "Б2"}


def test_a_forbidden_question_is_refused_on_the_form(cast, vacancy, reader):
    fields = {"kind": "text", "label_en": "Are you married?"}
    answer = reader(cast.rita).post(url("question_create", vacancy.pk), fields)
    assert answer.status_code == 200 and not Question.objects.exists()
    assert "nobody&#x27;s business" in answer.content.decode()


def test_changing_an_answered_question_says_so_first(cast, vacancy, reader):
    question, client = make_question(vacancy), reader(cast.rita)
    Answer.objects.create(candidacy=make_candidacy(vacancy), question=question, value=True)
    page = client.get(url("question_edit", question.pk)).content.decode()
    assert "One person has answered" in page
    fields = {"kind": "yes_no", "label_en": "Other?", "version": 1}
    assert client.post(url("question_edit", question.pk), fields).status_code == 302
    assert Question.objects.filter(retired_at=None).get().label == "Other?"


def test_the_preview_keeps_nothing(cast, vacancy, reader):
    fields = {"kind": "scale", "label_en": "<b>How</b> much?"}
    page = reader(cast.rita).post(url("question_preview", vacancy.pk), fields).content.decode()
    assert "&lt;b&gt;How&lt;/b&gt; much?" in page and page.count('type="radio"') == 5
    assert not Question.objects.exists()


def test_order_copy_retire_and_restore(cast, vacancy, reader):
    client = reader(cast.rita)
    first, second = make_question(vacancy, position=0), make_question(vacancy, position=1)
    ids = {"ids": [second.pk, first.pk]}
    assert client.post(url("questions_order", vacancy.pk), ids).status_code == 204
    assert client.post(url("questions_order", vacancy.pk), {"ids": ["x"]}).status_code == 404
    client.post(url("question_move", first.pk), {"to": "up"})
    assert vacancy.questions.first() == first
    other = make_vacancy()
    client.post(url("questions_copy", other.pk), {"source": vacancy.pk})
    assert other.questions.count() == 2
    client.post(url("question_retire", first.pk))
    client.post(url("question_restore", first.pk))
    first.refresh_from_db()
    assert first.retired_at is None


def test_many_questions_cost_no_more_queries(cast, vacancy, reader, django_assert_max_num_queries):
    for _ in range(12):
        make_question(vacancy)
    client = reader(cast.rita)
    with django_assert_max_num_queries(18):
        client.get(url("questionnaire_page", vacancy.pk))


def test_answers_on_the_card_and_amounts_only_for_who_may_see_pay(cast, vacancy, reader):
    candidacy = make_candidacy(vacancy, stage="session", shortlisted_at=timezone.now())
    for kind, value in (("text", "Sold boxes"), ("money", "987654")):
        question = make_question(vacancy, kind)
        Answer.objects.create(candidacy=candidacy, question=question, value=value)
    address = url("candidate_answers", candidacy.candidate_id)
    assert "987654" in reader(cast.rita).get(address).content.decode()
    page = reader(cast.dora).get(address).content.decode()
    assert "Sold boxes" in page and "987654" not in page
    assert reader(cast.ivan).get(address).status_code == 404

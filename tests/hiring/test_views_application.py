"""The public form as strangers send it, with and without what honest browsers send along."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from hiring.choices import VacancyState
from hiring.commands.candidate import create_candidate
from hiring.models import (
    Answer,
    Candidacy,
    Candidate,
    Consent,
    Draft,
    DraftFile,
    Letter,
    Vacancy,
)
from hiring.views import application as views
from tests.common.hostile import HONEST
from tests.hiring.applying import filled, hidden, send, url
from tests.recruiting import add_reach, make_candidate, make_question, make_vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def test_three_boxes_none_ticked_and_nothing_we_must_not_ask(client, vacancy):
    page = client.get(url(vacancy)).content.decode()
    boxes = re.findall(r'<input[^>]+type="checkbox"[^>]*name="consent_\w+"[^>]*>', page)
    assert len(boxes) == 3 and not any("checked" in box for box in boxes)
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page))
    reviewed = {"csrfmiddlewaretoken", "next", "begun", "website", "name", "email", "phone", "city",
                "cv", "text_vacancy", "text_pool", "text_news", "consent_vacancy", "consent_pool",
                "consent_news"}  # fmt: skip
    assert names == reviewed


def test_it_becomes_a_candidacy_with_its_consent_and_a_letter(client, vacancy, mailoutbox):
    answer = send(client, vacancy, phone="+7 913 123-45-67", city="Омск")
    assert answer.status_code == 302 and answer["Location"] == url(vacancy, "sent")
    candidacy = Candidacy.objects.get()
    assert candidacy.applied_at and candidacy.stage.kind == "form" and candidacy.source == "form"
    assert candidacy.candidate.city == "Омск" and candidacy.candidate.language == "en"
    consent = Consent.objects.get()
    assert (consent.text.purpose, consent.channel) == ("vacancy", "form")
    assert consent.ip_prefix == "127.0.0.0/24"
    assert Letter.objects.get().kind == "received"
    assert client.get(answer["Location"]).status_code == 200


def test_without_the_first_consent_nothing_is_stored_but_the_draft(client, vacancy):
    answer = send(client, vacancy, consent_vacancy=None, consent_pool="1")
    assert answer.status_code == 200
    assert not Candidate.objects.exists() and not Consent.objects.exists()
    assert "без" not in answer.content.decode() and "olga@example.org" in answer.content.decode()


def test_each_box_is_a_consent_of_its_own_with_the_text_that_was_shown(client, vacancy):
    send(client, vacancy, consent_news="1")
    assert set(Consent.objects.values_list("text__purpose", flat=True)) == {"vacancy", "news"}
    assert all("Severpack" in row.text.text for row in Consent.objects.select_related("text"))


def test_an_error_loses_neither_words_nor_files(client, vacancy, run_jobs):
    cv = ContentFile(HONEST["txt"], name="Резюме.txt")
    answer = send(client, vacancy, email="not an address", cv=cv, city="Томск")
    page = answer.content.decode()
    assert answer.status_code == 200 and "Томск" in page and "Резюме.txt" in page
    assert 'href="#id_email"' in page and 'role="alert"' in page
    answer = send(client, vacancy, city="Томск")
    assert answer.status_code == 302
    file = Candidate.objects.get().files.get()
    assert file.name == "Резюме.txt" and file.is_cv and file.content.read() == HONEST["txt"]
    assert not DraftFile.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(client, vacancy):
    answer = send(client, vacancy, cv=ContentFile(b"MZ\x90", name="cv.pdf"))
    assert answer.status_code == 200 and "not what its name says" in answer.content.decode()
    assert not DraftFile.objects.exists() and not Candidate.objects.exists()


def test_an_upload_beyond_all_measure_is_cut_off(client, vacancy, monkeypatch):
    monkeypatch.setattr("common.uploads.PaperUploadHandler.most", 1000)
    monkeypatch.setattr("common.uploads.ENVELOPE", 100)
    fields = filled(client, vacancy) | {"cv": ContentFile(b"a" * 5000, name="cv.txt")}
    assert client.post(url(vacancy), fields).status_code in (400, 413)


def test_what_is_typed_is_kept_and_found_again(client, vacancy):
    client.get(url(vacancy))
    fields = {**hidden(client.get(url(vacancy)).content.decode()), "name": "Half a na"}
    assert client.post(url(vacancy, "draft"), fields).status_code == 204
    assert "Half a na" in client.get(url(vacancy)).content.decode()
    assert "Half a na" not in Client().get(url(vacancy)).content.decode()
    assert Draft.objects.get().digest not in client.cookies.output()


def test_opening_the_form_writes_no_row(client, vacancy):
    client.get(url(vacancy))
    assert not Draft.objects.exists()


def test_sent_twice_it_is_one_application(client, vacancy):
    fields = filled(client, vacancy)
    assert client.post(url(vacancy), fields).status_code == 302
    assert client.post(url(vacancy), fields).status_code == 302
    assert Candidacy.objects.count() == Candidate.objects.count() == 1
    assert Letter.objects.count() == 1
    assert Draft.objects.get().values == {}


def test_somebody_known_gets_a_candidacy_and_the_browser_learns_nothing(client, vacancy):
    known = make_candidate("Olga Kim", city="Tomsk")
    add_reach(known, "olga@example.org")
    answer = send(client, vacancy, name="Somebody Else", city="Paris")
    stranger = send(Client(), make_vacancy(), email="new@example.org")
    assert answer.status_code == stranger.status_code == 302
    known.refresh_from_db()
    assert Candidacy.objects.get(candidate=known).vacancy == vacancy
    assert (known.name, known.city) == ("Olga Kim", "Tomsk")


def test_a_known_number_with_another_address_is_not_the_same_person(client, vacancy):
    reaches = [("email", "olga@example.org"), ("phone", "+79131234567")]
    known = create_candidate(name="Olga Kim", reaches=reaches)
    send(client, vacancy, name="Olga Kim", email="thief@example.org", phone="+79131234567")
    assert not known.candidacies.exists() and Candidate.objects.count() == 2
    assert not known.reaches.filter(value="thief@example.org").exists()


def test_own_staff_are_known_as_such(client, vacancy, cast):
    send(client, vacancy, email=cast.karl.email)
    candidacy = Candidacy.objects.get()
    assert candidacy.candidate.user == cast.karl and candidacy.source == "internal"
    assert not Candidate.objects.visible_to(cast.lena).exists()


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(client, vacancy):
    answer = send(client, vacancy, website="http://spam.example")
    assert answer.status_code == 302 and not Draft.objects.exists()


def test_a_form_sent_at_once_asks_for_a_second_look(client, vacancy, monkeypatch):
    monkeypatch.setattr(views, "TOO_FAST", 3)
    answer = send(client, vacancy)
    assert answer.status_code == 200 and "very fast" in answer.content.decode()


def test_five_applications_an_hour_from_one_address(vacancy):
    codes = [
        send(Client(), vacancy, email=f"a{number}@example.org").status_code for number in range(6)
    ]
    assert codes == [302] * 5 + [429]
    assert Candidacy.objects.count() == 5


def test_a_vacancy_takes_so_many_an_hour(vacancy, monkeypatch):
    monkeypatch.setattr(views, "MOST_SENT_TO_VACANCY", 2)
    clients = [Client(REMOTE_ADDR=f"198.51.100.{number}") for number in range(3)]
    answers = [
        send(one, vacancy, email=f"b{number}@example.org") for number, one in enumerate(clients)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert "olga" not in answers[-1].content.decode()


def test_only_published_vacancies_take_applications(client, vacancy):
    fields = filled(client, vacancy)
    Vacancy.objects.update(state=VacancyState.HELD)
    for page in ("apply", "sent"):
        assert client.get(url(vacancy, page)).status_code == 404
    assert client.post(url(vacancy), fields).status_code == 404


def test_a_forged_request_is_refused(vacancy):
    strict = Client(enforce_csrf_checks=True)
    fields = filled(strict, vacancy)
    fields["csrfmiddlewaretoken"] = "x" * 64
    assert strict.post(url(vacancy), fields).status_code == 403


def test_answers_are_kept_and_those_of_hidden_questions_are_not(client, vacancy):
    english = make_question(vacancy, "yes_no", label="English?")
    level = make_question(
        vacancy, "text", label="Level?", shown_if=english, shown_if_value="yes", is_required=True
    )
    answer = send(client, vacancy, **{f"q{english.pk}": "yes"})
    assert answer.status_code == 200 and "Answer this question" in answer.content.decode()
    answer = send(client, vacancy, **{f"q{english.pk}": "no", f"q{level.pk}": "C1"})
    assert answer.status_code == 302
    assert list(Answer.objects.values_list("question", "value")) == [(english.pk, False)]


def test_ten_kinds_are_asked_and_kept(client, vacancy, run_jobs):
    options = [{"code": "a", "names": {"en": "One"}}, {"code": "b", "names": {"en": "Two"}}]
    given = {
        "text": "Short", "long_text": "Long\n\ntext", "number": "7,5", "money": "120 000",
        "yes_no": "yes", "choice": "b", "choices": ["a", "b"], "scale": "4", "date": "2026-12-01",
        "file": ContentFile(b"Letter", name="letter.txt"),
    }  # fmt: skip
    rows = {kind: make_question(vacancy, kind, options=options) for kind in given}
    answer = send(client, vacancy, **{f"q{rows[kind].pk}": value for kind, value in given.items()})
    assert answer.status_code == 302
    kept = {row.question.kind: row.value for row in Answer.objects.select_related("question")}
    key = str(Candidate.objects.get().files.get().key)
    assert kept == {
        "text": "Short", "long_text": "Long\n\ntext", "number": "7.5", "money": "120000",
        "yes_no": True, "choice": "b", "choices": ["a", "b"], "scale": "4", "date": "2026-12-01",
        "file": key,
    }  # fmt: skip


def test_markup_in_a_name_is_shown_as_text(client, vacancy):
    answer = send(client, vacancy, name="<script>alert(1)</script>", email="")
    assert "<script>alert" not in answer.content.decode()


def test_the_form_speaks_four_languages(client, vacancy):
    for language, word in (("en", "I agree"), ("ru", "Я согласен"), ("es", "Acepto"),
                           ("it", "Acconsento")):  # fmt: skip
        client.cookies["django_language"] = language
        page = client.get(url(vacancy)).content.decode()
        assert word in page and f'<html lang="{language}"' in page


def test_a_second_form_never_overwrites_the_first_answers(client, vacancy):
    question = make_question(vacancy, "text")
    send(client, vacancy, **{f"q{question.pk}": "mine"})
    send(Client(), vacancy, **{f"q{question.pk}": "somebody else's"})
    assert Answer.objects.get().value == "mine"
    assert Candidacy.objects.get().applied_at <= timezone.now()

"""The public form in the hands of people in a hurry, of people who mean harm, and of bad luck."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hiring.choices import VacancyState
from hiring.models import Candidacy, Candidate, CandidateFile, Draft, Vacancy
from tests.hiring.applying import filled, url
from tests.recruiting import make_question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]
TOKENS = re.compile(r"[A-Za-z0-9_-]{40,}")
SCRIPT = "<script>alert(1)</script>"


def test_a_vacancy_that_closes_while_somebody_writes_says_so_and_where_to_go(client, vacancy):
    fields = filled(client, vacancy)
    Vacancy.objects.update(state=VacancyState.CLOSED)
    answer = client.post(url(vacancy), fields)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "This position is not open" in page and "was not sent" in page
    assert 'href="/jobs/"' in page
    assert client.post(url(vacancy, "draft"), fields).status_code == 404
    assert not Candidate.objects.exists() and not Draft.objects.exists()


def test_a_draft_and_a_typing_error_cannot_be_told_apart(client, vacancy):
    Vacancy.objects.update(state=VacancyState.DRAFT)
    for page in ("", "apply/", "sent/"):
        seen = set()
        for slug in (vacancy.slug, "no-such"):
            answer = client.get(f"/jobs/{slug}/{page}")
            assert answer.status_code == 404
            seen.add(TOKENS.sub("", answer.content.decode()).replace(slug, ""))
        assert len(seen) == 1


def test_ten_thousand_signs_everywhere_are_refused_in_words_and_shown_again(client, vacancy):
    long = make_question(vacancy, "long_text")
    fields = filled(client, vacancy, phone="1" * 10_000, city="c" * 10_000)
    fields |= {"name": "n" * 10_000, "email": "e" * 10_000, f"q{long.pk}": "a" * 10_000}
    answer = client.post(url(vacancy), fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    for name in ("name", "email", "phone", "city", f"q{long.pk}"):
        assert f'id="error_{name}"' in page
    assert "a" * 10_000 in page
    assert not Candidacy.objects.exists()


def test_more_text_than_a_form_takes_is_not_lost_at_once(client, vacancy):
    long = make_question(vacancy, "long_text")
    fields = filled(client, vacancy, **{f"q{long.pk}": "a" * 70_000})
    page = client.post(url(vacancy), fields).content.decode()
    assert "more text than a form takes" in page
    assert "a" * 70_000 in page and 'value="Ольга Ким"' in page
    assert not Draft.objects.exists()


def test_lines_end_as_the_browser_counts_them(client, vacancy):
    long = make_question(vacancy, "long_text")
    lines = "\r\n".join(["x" * 39] * 100)  # 3,999 signs for the browser, 4,098 on the wire
    answer = client.post(url(vacancy), filled(client, vacancy, **{f"q{long.pk}": lines}))
    assert answer.status_code == 302
    assert len(Candidacy.objects.get().answers.get().value) == 3_999


def test_a_form_with_too_many_fields_is_refused(client, vacancy):
    fields = filled(client, vacancy) | {f"x{number}": "1" for number in range(600)}
    assert client.post(url(vacancy), fields).status_code == 400
    assert not Draft.objects.exists()


def test_scripts_in_every_field_come_back_as_text(client, vacancy):
    short = make_question(vacancy, "text", label=SCRIPT)
    fields = filled(client, vacancy, name=SCRIPT, email=SCRIPT, phone=SCRIPT, city=SCRIPT)
    upload = SimpleUploadedFile(f"{SCRIPT}.txt", b"words")
    page = client.post(
        url(vacancy), {**fields, f"q{short.pk}": SCRIPT, "cv": upload, "begun": SCRIPT}
    ).content.decode()
    assert SCRIPT not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.exe", b"MZ\x90\x00"),
        ("cv.pdf", b"MZ\x90\x00"),
        ("cv.html", b"<script>alert(1)</script>"),
        ("cv.svg", b"<svg onload='alert(1)'/>"),
        ("cv.pdf.exe", b"%PDF-1.4"),
        ("cv.docx", b"PK\x03\x04 no archive"),
        ("cv.png", b""),
    ],
)
def test_wrong_files_are_named_and_nothing_else_is_lost(client, vacancy, name, content):
    fields = filled(client, vacancy, cv=SimpleUploadedFile(name, content))
    page = client.post(url(vacancy), fields).content.decode()
    assert 'id="error_cv"' in page and 'value="Ольга Ким"' in page
    assert not Candidacy.objects.exists() and not CandidateFile.objects.exists()


def test_pressed_again_before_the_first_answer_came_it_is_one_application(client, vacancy):
    fields = filled(client, vacancy)
    for _press in range(3):
        answer = client.post(url(vacancy), fields)
        assert (answer.status_code, answer["Location"]) == (302, url(vacancy, "sent"))
    assert Candidacy.objects.count() == 1


@pytest.mark.parametrize("secret", ["x" * 43, "x" * 64, "../" * 20, "é" * 43, "0"])
def test_a_forged_cookie_opens_nobodys_form(client, vacancy, secret):
    other = Client()
    other.post(url(vacancy, "draft"), filled(other, vacancy, name="Somebody Else"))
    client.cookies[f"application-{vacancy.pk}"] = secret
    page = client.get(url(vacancy))
    assert page.status_code == 200 and "Somebody Else" not in page.content.decode()

"""Acts on the candidate's page: forged, pressed twice, too long, of somebody erased meanwhile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from common import uploads
from hiring.commands.link import make_link
from hiring.models import Candidate, CandidateFile, LegalHold
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_home_task,
    make_seat,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db
POSTS = (
    "details/", "email/", "email/code/", "consent/pool/", "withdraw/1/", "letters/", "manager/",
    "export/", "erase/", "tasks/1/", "offers/1/answer/", "sessions/1/book/", "sessions/1/wait/",
    "seats/1/confirm/", "seats/1/decline/", "seats/1/late/",
)  # fmt: skip


@pytest.fixture
def candidacy(cast):
    return make_candidacy(make_vacancy(), make_candidate("Olga Kim"))


@pytest.fixture
def base(candidacy):
    return f"/c/{make_link(candidacy.candidate).token}/"


@pytest.mark.parametrize("token", ["x" * 43, "x" * 500, "%00" * 20, "é" * 43, "-" * 43])
def test_a_forged_token_finds_the_same_nothing_behind_every_address(cast, client, token):
    for path in ("", *POSTS):
        answer = client.get(f"/c/{token}/") if not path else client.post(f"/c/{token}/{path}")
        assert answer.status_code == 404


def test_numbers_beyond_the_database_are_nothing(client, base):
    for path in POSTS:
        if "1" in path:
            far = path.replace("1", "9" * 25)
            assert (far, client.post(base + far, {"answer": "yes"}).status_code) == (far, 404)


def test_an_answer_that_cannot_be_taken_stays_in_its_field(client, candidacy, base):
    task = make_home_task(candidacy)
    for fields in (
        {"text": "My plan", "files": [SimpleUploadedFile("plan.exe", b"MZ")]},
        {"text": "My plan " + "x" * 20_000},
    ):
        page = client.post(f"{base}tasks/{task.pk}/", fields).content.decode()
        assert 'role="alert"' in page and ">My plan" in page
    task.refresh_from_db()
    assert task.state == "sent" and not CandidateFile.objects.exists()


def test_handed_in_twice_by_two_presses_it_is_thanked_twice(client, candidacy, base):
    task = make_home_task(candidacy)
    for _press in range(2):
        fields = {"text": "One\r\ntwo", "files": [SimpleUploadedFile("plan.txt", b"Win back")]}
        answer = client.post(f"{base}tasks/{task.pk}/", fields, follow=True)
        assert "your answer is with us." in answer.content.decode()
    task.refresh_from_db()
    assert (task.text, task.files.count()) == ("One\ntwo", 1)
    page = client.post(f"{base}tasks/{task.pk}/", {"text": "Another"}).content.decode()
    assert "with us already" in page


def test_an_upload_beyond_all_measure_is_cut_off(client, candidacy, base, monkeypatch):
    task = make_home_task(candidacy)
    monkeypatch.setattr(uploads.PaperUploadHandler, "most", 1000)
    huge = SimpleUploadedFile("plan.txt", b"x" * 2000)
    assert client.post(f"{base}tasks/{task.pk}/", {"files": huge}).status_code == 413
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{base}tasks/{task.pk}/", {"text": "x"}).status_code == 403


def test_a_room_that_is_full_or_past_is_said_on_the_page(client, candidacy, base):
    session = make_session(candidacy.vacancy, starts_at=timezone.now() - DAY)
    make_seat(session, candidacy, state="invited")
    answer = client.post(f"{base}sessions/{session.pk}/book/")
    assert answer.status_code in (200, 409) and "Olga" not in answer.headers.get("Location", "")


def test_scripts_in_a_name_are_text(client, base):
    client.post(
        f"{base}details/", {"name": "<script>alert(1)</script>", "city": "<b>", "phone": ""}
    )
    page = client.get(base).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_why_data_is_held_is_not_told_to_the_candidate(client, candidacy, base, cast):
    LegalHold.objects.create(
        candidate=candidacy.candidate, reason="Their lawsuit", made_by=cast.rita
    )
    page = client.post(f"{base}erase/").content.decode()
    assert "lawsuit" not in page and "makes us keep your data" in page


def test_a_link_of_somebody_erased_meanwhile_is_nothing(client, base):
    Candidate.objects.all().delete()
    assert client.post(f"{base}letters/", {"stop": "1"}).status_code == 404

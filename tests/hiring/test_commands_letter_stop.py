import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from hiring.choices import LetterKind, LetterState
from hiring.commands import letter, letter_stop
from hiring.models import Candidate, CandidateLink
from hiring.queries.letter import reader_of
from tests.cast import make_cast
from tests.recruiting import add_reach, make_candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo():
    make_cast()
    candidate = make_candidate("Jo", language="ru")
    add_reach(candidate, "jo@example.org")
    return candidate


def address(jo) -> str:
    return f"/letters/stop/{letter_stop.stop_token(jo)}/"


def test_opening_changes_nothing_and_one_press_stops_what_waits(jo):
    waiting = letter.write_letter(
        candidate_id=jo.pk, kind=LetterKind.OTHER, subject="a", body="b",
        send_at=timezone.now() + dt.timedelta(hours=1),
    )  # fmt: skip
    client, url = Client(enforce_csrf_checks=True), address(jo)
    for _again in range(3):
        assert client.get(url).status_code == 200
    jo.refresh_from_db()
    assert jo.wants_no_letters is None
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    jo.refresh_from_db()
    waiting.refresh_from_db()
    assert jo.wants_no_letters
    assert (waiting.state, waiting.trouble) == (LetterState.STOPPED, "opted_out")
    client.post(url, {"again": "1"})
    jo.refresh_from_db()
    assert jo.wants_no_letters is None


def test_pressing_twice_keeps_the_first_time(jo):
    first = letter_stop.want_no_letters(candidate_id=jo.pk).wants_no_letters
    assert letter_stop.want_no_letters(candidate_id=jo.pk).wants_no_letters == first


def test_the_same_link_serves_all_letters_and_is_not_kept(jo):
    token = letter_stop.stop_token(jo)
    assert letter_stop.stop_token(jo) == token
    assert token not in str(CandidateLink.objects.values().get())
    assert reader_of(token, timezone.now()) == jo


def test_guessed_ended_and_other_links_stop_nothing(jo):
    page = CandidateLink(candidate=jo, expires_at=timezone.now() + dt.timedelta(days=1))
    page.digest = "x" * 64
    page.save()
    token = letter_stop.stop_token(jo)
    CandidateLink.objects.update(ended_at=timezone.now())
    for wrong in (token, page.token, "x", token[:-1] + "A"):
        assert Client().get(f"/letters/stop/{wrong}/").status_code == 404
        assert Client().post(f"/letters/stop/{wrong}/").status_code == 404
    assert Candidate.objects.get().wants_no_letters is None

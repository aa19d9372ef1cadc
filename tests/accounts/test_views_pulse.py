import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.commands.pulse import ask_pulse
from accounts.models import Pulse
from accounts.rules import pulse as rules
from accounts.views import pulse as views
from common import tokens
from tests.caring import make_powerful, make_watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def pulse(cast, account):
    cache.clear()
    make_powerful(account, "Anna Neri", languages=["it"])
    return ask_pulse(make_watched(account, cast.karl, days_ago=30), 30)[0]


@pytest.fixture
def address(pulse):
    token = tokens.derive(rules.PURPOSE, pulse.seed)
    return reverse("accounts:pulse_page", args=[token])


def test_a_mail_program_that_looks_changes_nothing(address):
    client = Client()
    for _ in range(3):
        answer = client.get(address)
        client.head(address)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store, private"
    assert "noindex" in answer["X-Robots-Tag"]
    assert Pulse.objects.get().answered_at is None


def test_it_speaks_the_persons_language_and_names_the_new_manager(address):
    page = Client().get(address).content.decode()
    assert 'lang="it"' in page and "Karl" in page and "Severpack" in page


def test_one_press_answers_and_words_may_follow(address):
    client = Client()
    page = client.post(address, {"answer": "4"}, follow=True)
    assert page.status_code == 200
    client.post(address, {"comment": "Fast replies"})
    pulse = Pulse.objects.get()
    assert (pulse.answer, pulse.comment) == (4, "Fast replies")
    assert b"Fast replies" in client.get(address).content


def test_an_answer_changed_within_the_day_keeps_its_words(address):
    client = Client()
    client.post(address, {"answer": "2"})
    client.post(address, {"comment": "late"})
    client.post(address, {"answer": "5"})
    pulse = Pulse.objects.get()
    assert (pulse.answer, pulse.comment) == (5, "late")


@pytest.mark.parametrize("answer", ["0", "6", "٣", "1.0", "", "x", "5" * 99])
def test_no_other_answers(address, answer):
    assert Client().post(address, {"answer": answer}).status_code == 422
    assert Pulse.objects.get().answered_at is None


def test_without_a_form_of_ours_nothing_is_answered(address):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"answer": "1"}).status_code == 403


def test_wrong_links_are_one_and_the_same_404_and_counted(address, monkeypatch):
    monkeypatch.setattr(views, "MOST_WRONG", 3)
    client = Client()
    wrong = reverse("accounts:pulse_page", args=["x" * 43])
    first = client.get(wrong)
    assert first.status_code == 404 and b"no longer valid" in first.content
    Pulse.objects.update(dropped_at=Pulse.objects.get().asked_at)
    assert client.get(address).status_code == 404
    Pulse.objects.update(dropped_at=None)
    client.get(wrong)
    assert client.get(address).status_code == 404  # guesses too often: not even a right one


def test_one_link_cannot_be_hammered(address, monkeypatch):
    monkeypatch.setattr(views, "MOST_ANSWERS", 2)
    client = Client()
    codes = [client.post(address, {"answer": "3"}).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_the_page_works_without_a_script(address):
    page = Client().get(address).content.decode()
    assert page.count('name="answer"') == 5 and 'method="post"' in page

"""The door of the candidate's page, whatever lies behind it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from hiring.views.own_link import chosen_language, private
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("cookie", "language"), [("ru", "ru"), ("xx", ""), ("", "")])
def test_only_languages_of_ours_are_chosen(cast, cookie, language):
    request = RequestFactory().get("/")
    request.COOKIES["django_language"] = cookie
    assert chosen_language(request) == language


def test_answers_are_private(cast):
    answer = private(HttpResponse())
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == (
        "no-store, private", "same-origin"
    )  # fmt: skip


def test_the_answer_to_a_wrong_link_names_nobody(cast, client):
    make_candidate("Olga Kim")
    page = client.get("/c/" + "x" * 43 + "/")
    assert page.status_code == 404 and "Olga" not in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"

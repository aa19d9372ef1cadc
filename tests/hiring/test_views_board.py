"""The board as a page."""

import json

import pytest
from django.urls import reverse

from hiring.commands.reject_reason import install_reject_reasons
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def vacancy(cast):
    install_reject_reasons()
    return make_vacancy("KAM north", recruiter=cast.rita)


@pytest.fixture
def rita(client, cast):
    client.force_login(cast.rita)
    return client


def row_of(vacancy, name="Polina", **fields):
    return make_candidacy(vacancy, make_candidate(name), **fields)


def url(name, *args):
    return reverse(f"hiring:{name}", args=args)


def post(client, address, **data):
    return client.post(address, data, headers=HTMX)


def said(response):
    return json.loads(response["HX-Trigger"])["toast"]


def stage(vacancy, kind):
    return vacancy.stages.get(kind=kind).pk


def test_the_board_shows_people_and_renews_itself_alone(rita, vacancy):
    row_of(vacancy)
    page = rita.get(url("vacancy_page", vacancy.pk)).content.decode()
    assert "Polina" in page and "<main" in page and "Move to…" in page
    part = rita.get(url("vacancy_page", vacancy.pk), headers=HTMX).content.decode()
    assert "Polina" in part and "<main" not in part


def test_an_address_nobody_made_is_refused(rita, vacancy):
    assert rita.get(url("vacancy_page", vacancy.pk) + "?candidate__pay_wish=1").status_code == 400


def test_filters_are_fetched_when_their_menu_opens(rita, vacancy):
    page = rita.get(url("list_filters", vacancy.pk) + "?source=hh", headers=HTMX).content.decode()
    assert 'value="hh" selected' in page and 'name="stage"' in page
    page = rita.get(url("board_filters", vacancy.pk)).content.decode()
    assert "<main" in page and 'name="stage"' not in page

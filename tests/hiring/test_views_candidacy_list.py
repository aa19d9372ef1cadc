"""The list as a page."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

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


def test_the_list_sorts_narrows_and_keeps_views(rita, vacancy):
    row_of(vacancy, "Anna", source="hh")
    row_of(vacancy, "Boris", state="withdrawn", ended_at=timezone.now())
    address = url("candidacy_list", vacancy.pk)
    page = rita.get(address + "?sort=name").content.decode()
    assert "Anna" in page and "Boris" not in page and "1 person" in page
    assert "Boris" in rita.get(address + "?state=withdrawn").content.decode()
    assert "Nobody fits" in rita.get(address + "?source=form").content.decode()
    save = url("candidacy_view_save", vacancy.pk) + "?state=withdrawn"
    answer = post(rita, save, name="Gone")
    assert "Boris" in rita.get(answer["HX-Redirect"]).content.decode()
    view = int(answer["HX-Redirect"].rpartition("=")[2])
    rita.post(url("candidacy_view_delete", view))
    assert "Boris" not in rita.get(address + f"?view={view}").content.decode()


def test_a_director_reads_the_list_and_changes_nothing(client, cast, vacancy):
    row_of(vacancy, stage="task", shortlisted_at=timezone.now())
    row_of(vacancy, "Early")
    client.force_login(cast.dora)
    page = client.get(url("candidacy_list", vacancy.pk)).content.decode()
    assert "Polina" in page and "Early" not in page and "data-select" not in page
    assert "Move to…" not in client.get(url("vacancy_page", vacancy.pk)).content.decode()

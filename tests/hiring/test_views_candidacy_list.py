"""The list as a page."""

import pytest
from django.utils import timezone

from tests.hiring.pipeline import post, row_of, url

pytestmark = pytest.mark.django_db


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

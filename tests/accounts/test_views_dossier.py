import json

import pytest
from django.urls import reverse

from accounts.models import DossierEntry
from tests.cast import make_account
from tests.field import make_entry

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def karl(cast, reader):
    return reader(cast.karl)


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_the_file_shows_what_we_know_and_from_where(account, karl, cast):
    make_entry(
        account, "goals", "Shops in stations", days_ago=900, source="Elena", author=cast.anna
    )
    text = karl.get(address("dossier_page", account.pk)).content.decode()
    for words in ("Shops in stations", "source: Elena", "Anna", "Still so", "0 of 1", "0 of 3"):
        assert words in text
    assert "Not recorded yet." in text and "Questions worth asking" in text


def test_leads_read_without_buttons(account, cast, reader):
    make_entry(account, "goals", days_ago=900)
    text = reader(cast.lena).get(address("dossier_page", account.pk)).content.decode()
    assert "Grow" in text and "Still so" not in text and "Add<" not in text


def test_an_entry_is_added_in_the_drawer(account, karl):
    url = address("dossier_write", account.pk, "goals")
    assert "A question that helps" in karl.get(url, **HTMX).content.decode()
    response = karl.post(
        url, {"text": "Grow", "source": "Elena", "day": "2026-01-05", "seen": ""}, **HTMX
    )
    told = json.loads(response["HX-Trigger"])
    assert "dossier:changed" in told and "/retract/" in told["toast"]["undo"]
    assert DossierEntry.objects.get().source == "Elena"


def test_the_second_writer_sees_both_texts_and_loses_nothing(account, karl, cast):
    url = address("dossier_write", account.pk, "goals")
    opened = make_entry(account, text="Before", days_ago=3)
    make_entry(account, text="From Anna", author=cast.anna)
    data = {"text": "From Karl", "day": "2026-01-05", "seen": opened.pk}
    response = karl.post(url, data, **HTMX)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Somebody added this since you opened" in text
    assert "From Anna" in text and "From Karl" in text
    newest = DossierEntry.objects.order_by("-pk").first()
    assert f'name="seen" value="{newest.pk}"' in text
    data["seen"] = newest.pk
    assert karl.post(url, data, **HTMX).status_code == 204
    assert DossierEntry.objects.count() == 3


def test_a_competitor_is_changed_confirmed_and_let_go(account, karl):
    row = make_entry(account, "competitors", "Film", title="Verpa", days_ago=900)
    url = address("dossier_write", account.pk, "competitors")
    assert "Verpa" in karl.get(f"{url}?entry={row.pk}", **HTMX).content.decode()
    assert "Verpa" not in karl.get(url, **HTMX).content.decode()
    karl.post(address("dossier_confirm", row.pk))
    newest = DossierEntry.objects.order_by("-pk").first()
    response = karl.post(address("dossier_gone", newest.pk), **HTMX)
    undo = json.loads(response["HX-Trigger"])["toast"]["undo"]
    assert "No longer there:" in karl.get(address("dossier_page", account.pk)).content.decode()
    karl.post(undo)
    assert "No longer there:" not in karl.get(address("dossier_page", account.pk)).content.decode()


def test_a_day_of_the_past(account, karl):
    make_entry(account, "goals", "Long ago", day="2020-01-01")
    make_entry(account, "goals", "Now")
    text = karl.get(address("dossier_page", account.pk) + "?on=2021-01-01", **HTMX).content.decode()
    assert "Long ago" in text and "Now<" not in text and "Still so" not in text


def test_what_is_refused_stays_in_the_form(account, karl):
    url = address("dossier_write", account.pk, "goals")
    for wrong in ({"text": ""}, {"text": "x" * 4001}, {"day": "2999-01-01"}, {"day": "x"}):
        data = {"text": "Grow", "day": "2026-01-05", **wrong}
        assert karl.post(url, data, **HTMX).status_code == 422
    assert not DossierEntry.objects.exists()


def test_sections_and_entries_that_are_not_there(account, karl, cast):
    assert karl.get(address("dossier_write", account.pk, "secrets")).status_code == 404
    assert karl.get(address("dossier_history", account.pk, "secrets")).status_code == 404
    foreign = make_entry(make_account(owner=cast.kim), "competitors", title="X")
    url = address("dossier_write", account.pk, "competitors")
    assert karl.get(f"{url}?entry={foreign.pk}").status_code == 404
    assert karl.get(f"{url}?entry={10**9}").status_code == 404


def test_nobody_writes_author_or_gone_by_hand(account, karl, cast):
    url = address("dossier_write", account.pk, "goals")
    karl.post(url, {"text": "Grow", "day": "2026-01-05", "author": cast.kim.pk, "is_gone": "on"})
    row = DossierEntry.objects.get()
    assert (row.author, row.is_gone) == (cast.karl, False)


def test_history_shows_what_was_taken_back(account, karl):
    row = make_entry(account, text="Wrong")
    karl.post(address("dossier_retract", row.pk))
    url = address("dossier_history", account.pk, "goals")
    text = karl.get(url, **HTMX).content.decode()
    assert "<del>Wrong</del>" in text and "Put back" in text

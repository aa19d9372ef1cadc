import pytest
from django.utils import timezone

from accounts.models import Contact, Task
from accounts.queries.found import found, titles
from accounts.queries.search import Kind, find
from accounts.rules import search
from tests.cast import make_account
from tests.field import make_contact, make_touchpoint

pytestmark = pytest.mark.django_db


def one(user, text: str, kind: Kind):
    (row,) = found(find(user, text, 5, kinds=(kind,))[0], text)
    return row


def test_a_person_says_where_they_work(cast):
    make_contact(make_account("Hansa", owner=cast.karl), "Anna Berg", title="Buyer")
    row = one(cast.karl, "berg", Kind.PEOPLE)
    assert (row.name, row.note) == ("Anna Berg", "Buyer, Hansa")
    assert row.url.endswith(f"/people/{Contact.objects.get().pk}/")


def test_a_talk_quotes_what_was_looked_for(cast):
    text = f"{'many words ' * 40}then the needle came {'and more ' * 40}"
    make_touchpoint(
        make_account("Hansa", owner=cast.karl), text=text,
        search_text=search.touchpoint_text("", text),
    )  # fmt: skip
    row = one(cast.karl, "needle", Kind.TOUCHPOINTS)
    assert "the needle came" in row.text
    assert "needle" in row.name
    assert row.note.startswith("Hansa, ")


def test_a_task_leads_to_its_page(cast):
    Task.objects.create(
        title="Tidy", owner=cast.karl, search_text="\ntidy", due=timezone.localdate()
    )
    row = one(cast.karl, "tidy", Kind.TASKS)
    assert row.name == "Tidy"
    assert row.url == f"/tasks/{Task.objects.get().pk}/"


def test_every_kind_has_a_title():
    assert set(titles()) == set(Kind)

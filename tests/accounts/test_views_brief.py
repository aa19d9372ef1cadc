"""The page before a meeting: who may open it, what it holds, how much it asks the database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ContactNote, DossierEntry, Promise, Scoring, Task, Touchpoint
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_touchpoint, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    made = make_account("Hansa", owner=cast.karl, about="Own shops")
    set_tier(made, "A")
    return made


def fill(cast, account, people: int) -> int:
    """A meeting with so many people, and as many rows of every other kind; its id."""
    today = timezone.localdate()
    contacts = [make_contact(account, f"Person {n}", role="purchasing") for n in range(people)]
    for contact in contacts:
        for fact, value in (("power", "3"), ("stance", "2"), ("sore_spot", "lorries")):
            make_observation(contact, fact, value)
        make_touchpoint(account, contact, days_ago=3, author=cast.karl)
        ContactNote.objects.create(contact=contact, account=account, text="private words")
        DossierEntry.objects.create(account=account, section="goals", text="grow", day=today)
        Task.objects.create(account=account, title="call", owner=cast.karl, due=today)
        Promise.objects.create(
            account=account, text="price", colleague=cast.karl, contact=contact, made_on=today,
            due=today - dt.timedelta(days=3),
        )  # fmt: skip
    return make_touchpoint(account, *contacts, days_ago=-2, state="planned", place="Kiel").pk


@pytest.mark.parametrize(
    ("who", "status"),
    [("karl", 200), ("lena", 200), ("anna", 200), ("dora", 200), ("kim", 404), ("sam", 404),
     ("rita", 404)],
)  # fmt: skip
def test_it_is_for_those_who_may_open_the_account(cast, account, reader, who, status):
    assert reader(getattr(cast, who)).get(f"/accounts/{account.pk}/brief/").status_code == status


def test_it_says_who_comes_what_is_open_and_what_to_ask(cast, account, reader):
    meeting = fill(cast, account, 2)
    page = reader(cast.karl).get(f"/accounts/{account.pk}/brief/?touchpoint={meeting}")
    text = page.content.decode()
    for words in ("Own shops", "Who comes", "Person 1", "lorries", "3 days late", "Kiel",
                  "private words", "Worth asking", "Be there ten minutes early"):  # fmt: skip
        assert words in text, words


def test_an_assistant_reads_no_private_notes(cast, account, reader):
    meeting = fill(cast, account, 1)
    page = reader(cast.anna).get(f"/accounts/{account.pk}/brief/?touchpoint={meeting}")
    assert "Person 0" in page.content.decode()
    assert "private words" not in page.content.decode()


def test_an_empty_account_has_a_brief_too(cast, account, reader):
    page = reader(cast.karl).get(f"/accounts/{account.pk}/brief/").content.decode()
    assert "No people are known here yet." in page
    assert "No touchpoint is recorded yet." in page


def test_after_the_meeting_the_same_page_becomes_the_touchpoint(cast, account, reader):
    meeting = fill(cast, account, 1)
    browser = reader(cast.karl)
    address = f"/touchpoints/{meeting}/hold/?on=brief"
    page = browser.get(f"/accounts/{account.pk}/brief/?touchpoint={meeting}").content.decode()
    assert f'hx-get="{address}"' in page and 'id="brief-log"' in page
    form = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-target="#brief-log"' in form and f'hx-post="{address}"' in form
    person = Touchpoint.objects.get(pk=meeting).contacts.get()
    told = {"version": 1, "channel": "meeting", "contacts": person.pk, "colleagues": cast.karl.pk}
    answer = browser.post(address, {**told, "text": "Agreed", "key": Touchpoint.objects.get(
        pk=meeting).key}, headers={"HX-Request": "true"})  # fmt: skip
    row = Touchpoint.objects.get(pk=meeting)
    assert (row.state, row.text) == ("done", "Agreed")
    assert "logged=" in answer.headers["HX-Redirect"]


def test_who_only_reads_is_not_offered_to_tell(cast, account, reader):
    meeting = fill(cast, account, 1)
    page = reader(cast.lena).get(f"/accounts/{account.pk}/brief/?touchpoint={meeting}")
    assert "It took place" not in page.content.decode()


@pytest.mark.parametrize("query", ["touchpoint=x&with=-1", "touchpoint=999999", "with=1e9"])
def test_odd_numbers_are_ignored(cast, account, reader, query):
    assert reader(cast.karl).get(f"/accounts/{account.pk}/brief/?{query}").status_code == 200


def test_the_number_of_queries_does_not_grow(cast, account, reader):
    large = make_account("Large", owner=cast.karl)
    set_tier(large, "A")
    Scoring.objects.create(pk=1, as_of=timezone.localdate(), whole=True, total=100)
    counts = []
    browser = reader(cast.karl)
    browser.get(f"/accounts/{account.pk}/brief/")  # the first request warms what is kept
    for where, people in ((account, 1), (large, 12)):
        meeting = fill(cast, where, people)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/accounts/{where.pk}/brief/?touchpoint={meeting}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15

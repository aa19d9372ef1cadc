"""The composer, a touchpoint's page, and what two people do to it at once."""

import datetime as dt
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Task, Touchpoint
from tests.cast import make_account, signed_in
from tests.common.hostile import HONEST
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast):
    return make_account("Vega", owner=cast.karl)


def said(**fields) -> dict:
    at = timezone.localtime() - dt.timedelta(minutes=10)
    return {"key": str(uuid.uuid4()), "channel": "call", "at": f"{at:%Y-%m-%dT%H:%M}"} | fields


def test_only_the_channel_must_be_said(cast, account):
    answer = signed_in(cast.karl).post(
        f"/accounts/{account.pk}/touchpoints/log/", {"key": uuid.uuid4(), "channel": "call"}
    )
    row = Touchpoint.objects.get()
    assert answer["Location"] == f"/accounts/{account.pk}/?logged={row.key}"
    assert (row.channel, row.direction, row.tone, row.author) == ("call", "both", None, cast.karl)


def test_a_file_that_is_too_large_is_answered_with_413_and_what_was_written_stays(
    cast, account, settings
):
    settings.FILE_MAX_BYTES = 10
    told = said(text="Agreed.", files=[SimpleUploadedFile("a.pdf", HONEST["pdf"])])
    answer = signed_in(cast.karl).post(f"/accounts/{account.pk}/touchpoints/log/", told)
    assert answer.status_code == 413
    assert "Agreed." in answer.content.decode()
    assert not Touchpoint.objects.exists()


def test_all_that_can_be_said_is_kept(cast, account):
    ann = make_contact(account, "Ann")
    due = timezone.localdate() + dt.timedelta(days=3)
    data = said(
        contacts=[ann.pk], colleagues=[cast.karl.pk], tone="1", text="They want a trial",
        minutes="30", place="Hamburg", subject="Trial", direction="theirs", next_title="Send it",
        next_due=due, next_owner=cast.karl.pk, promise_text="A trial", promise_by="theirs",
        files=[SimpleUploadedFile("a.pdf", HONEST["pdf"])],
    )  # fmt: skip
    signed_in(cast.karl).post(f"/accounts/{account.pk}/touchpoints/log/", data)
    row = Touchpoint.objects.get()
    assert (row.tone, row.minutes, row.place, row.direction) == (1, 30, "Hamburg", "theirs")
    assert (row.next_steps.get().due, row.files.get().name) == (due, "a.pdf")
    assert (row.promises.get().is_ours, row.promises.get().contact) == (False, ann)


def test_the_same_form_sent_three_times_logs_once(cast, account):
    client, data = signed_in(cast.karl), said(next_title="Send it")
    places = {
        client.post(f"/accounts/{account.pk}/touchpoints/log/", data)["Location"] for _ in "abc"
    }
    assert len(places) == 1
    assert (Touchpoint.objects.count(), Task.objects.count()) == (1, 1)


def test_what_is_wrong_is_told_and_what_was_written_stays(cast, account):
    data = said(text="A long story", next_due="2026-12-01")
    answer = signed_in(cast.karl).post(f"/accounts/{account.pk}/touchpoints/log/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A long story" in page and "Say what is to be done" in page
    assert not Touchpoint.objects.exists()


def test_naming_what_is_not_the_readers_reads_like_naming_nothing(cast, account):
    stranger = make_contact(make_account(owner=cast.kim))
    client = signed_in(cast.karl)
    answers = []
    for pk in (stranger.pk, 10**9):
        answer = client.post(f"/accounts/{account.pk}/touchpoints/log/", said(contacts=[pk]))
        answers.append((answer.status_code, str(pk) in answer.content.decode()))
    assert [status for status, _ in answers] == [422, 422]
    assert not Touchpoint.objects.exists()


def test_fields_that_are_not_offered_change_nothing(cast, account):
    """A06: everything the model has is sent along."""
    data = said(author=cast.dora.pk, state="planned", late_hours=99, version=7, account=9,
                recorded_at="2020-01-01", search_text="x")  # fmt: skip
    signed_in(cast.karl).post(f"/accounts/{account.pk}/touchpoints/log/", data)
    row = Touchpoint.objects.get()
    assert (row.author, row.state, row.late_hours, row.version) == (cast.karl, "done", 0, 1)
    assert row.account == account


def test_who_only_reads_is_offered_no_composer(cast, account):
    path = f"/accounts/{account.pk}/"
    assert "data-composer" in signed_in(cast.karl).get(path).content.decode()
    assert "data-composer" in signed_in(cast.anna).get(path).content.decode()
    assert "data-composer" not in signed_in(cast.lena).get(path).content.decode()


def test_a_plan_is_made_and_told_on_its_own_row(cast, account):
    client, ann = signed_in(cast.karl), make_contact(account, "Ann")
    ahead = timezone.localtime() + dt.timedelta(days=1)
    data = said(channel="meeting", at=f"{ahead:%Y-%m-%dT%H:%M}", contacts=[ann.pk])
    client.post(f"/accounts/{account.pk}/touchpoints/plan/", data, headers=HTMX)
    plan = Touchpoint.objects.get()
    assert plan.state == "planned"
    form = client.get(f"/touchpoints/{plan.pk}/hold/", headers=HTMX).content.decode()
    assert "Ann" in form and 'name="next_title"' in form
    told = said(key=plan.key, version=1, contacts=[ann.pk], text="Went well", next_title="Offer")
    answer = client.post(f"/touchpoints/{plan.pk}/hold/", told, headers=HTMX)
    assert answer["HX-Redirect"].startswith(f"/accounts/{account.pk}/")
    plan.refresh_from_db()
    assert (plan.state, plan.text, plan.next_steps.get().title) == ("done", "Went well", "Offer")


def seal_of(page: str) -> dict:
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("version", "seen")
    }


def test_two_people_who_edit_lose_nothing(cast, account):
    row = make_logged(cast.karl, account, text="as told", place="Hamburg")
    first, second = signed_in(cast.karl), signed_in(cast.dora)
    path = f"/touchpoints/{row.pk}/edit/"
    opened = seal_of(second.get(path, headers=HTMX).content.decode())
    at = f"{timezone.localtime(row.at):%Y-%m-%dT%H:%M}"
    whom = {"colleagues": [cast.karl.pk], "channel": "meeting", "at": at}
    mine = seal_of(first.get(path, headers=HTMX).content.decode())
    first.post(path, whom | mine | {"text": "hers first", "place": "Bremen"}, headers=HTMX)
    told = second.post(
        path, whom | opened | {"text": "his second", "place": "Hamburg"}, headers=HTMX
    )
    page = told.content.decode()
    assert told.status_code == 422
    assert "hers first" in page and "his second" in page
    assert 'value="Bremen"' in page  # only she changed it: it is taken over by itself
    row.refresh_from_db()
    assert row.text == "hers first"
    again = seal_of(page)
    second.post(path, whom | again | {"text": "his second", "place": "Bremen"}, headers=HTMX)
    row.refresh_from_db()
    assert (row.text, row.place) == ("his second", "Bremen")


def test_undo_brings_back_what_was_taken_back(cast, account):
    row = make_logged(cast.karl, account, text="Unmistakable")
    client = signed_in(cast.karl)
    client.post(f"/touchpoints/{row.pk}/remove/")
    assert "Unmistakable" not in client.get(f"/accounts/{account.pk}/").content.decode()
    client.post(f"/touchpoints/{row.pk}/restore/")
    assert "Unmistakable" in client.get(f"/accounts/{account.pk}/").content.decode()


def test_the_page_tells_all_with_its_history(cast, account):
    row = make_logged(
        cast.karl, account, make_contact(account, "Ann"), text="They want a trial",
        promise={"text": "A trial"}, next_step={"title": "Send it", "due": None},
        at=timezone.now() - dt.timedelta(hours=51), recorded_at=timezone.now(),
    )  # fmt: skip
    page = signed_in(cast.lena).get(f"/touchpoints/{row.pk}/").content.decode()
    for words in ("Ann", "They want a trial", "A trial", "Send it", "entered 51 hours later",
                  "Touchpoint logged"):  # fmt: skip
        assert words in page
    assert "Take it back" not in page  # a lead reads
    assert signed_in(cast.kim).get(f"/touchpoints/{row.pk}/").status_code == 404


def test_stored_text_never_runs(cast, account):
    bad = '<img src=x onerror=alert(1)>"><script>alert(1)</script>'
    person = make_contact(account, bad)
    row = make_logged(cast.karl, account, person, text=bad, subject=bad, place=bad,
                      promise={"text": bad, "heard_by": bad})  # fmt: skip
    client = signed_in(cast.karl)
    for path in (f"/accounts/{account.pk}/", f"/touchpoints/{row.pk}/", "/promises/",
                 "/touchpoints/", f"/accounts/{account.pk}/promises/",
                 f"/touchpoints/{row.pk}/edit/"):  # fmt: skip
        page = client.get(path).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page, path


def test_a_form_saved_as_it_was_opened_changes_nothing(cast, account):
    ann, bob = make_contact(account, "Ann"), make_contact(account, "Bob")
    at = timezone.now().replace(second=31) - dt.timedelta(hours=2)
    row = make_logged(cast.karl, account, bob, ann, at=at)
    data = {
        "channel": "meeting", "at": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}", "version": 1,
        "contacts": [ann.pk, bob.pk], "colleagues": [cast.karl.pk],
    }  # fmt: skip
    signed_in(cast.karl).post(f"/touchpoints/{row.pk}/edit/", data, headers=HTMX)
    row.refresh_from_db()
    assert (row.version, row.at) == (1, at)
    assert [presence.contact for presence in row.presences.all()] == [bob, ann]

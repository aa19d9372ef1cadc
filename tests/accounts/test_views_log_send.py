"""What devices send to the phone log, how often, and what they are told."""

import datetime as dt
import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.commands.touchpoint import cancel_touchpoint, edit_touchpoint, log_touchpoint
from accounts.models import Promise, Task, Touchpoint
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db
SEND = "/log/send/"


@pytest.fixture
def account(cast):
    return make_account("Molochny Dvor", owner=cast.karl, city="Samara")


@pytest.fixture
def device(cast, reader):
    return reader(cast.karl)


def an_entry(where, *contacts, **values) -> dict:
    now = timezone.now().isoformat()
    entry = {
        "key": str(uuid.uuid4()), "account": where.pk, "channel": "call", "tone": "1",
        "contacts": [row.pk for row in contacts], "made_at": now, "sent_at": now,
    }  # fmt: skip
    return entry | values


def send(client, entry, **headers):
    return client.post(SEND, json.dumps(entry), content_type="application/json", **headers)


def test_a_touchpoint_with_people_next_step_and_promise_arrives(device, account, cast):
    elena, marco = make_contact(account, "Elena"), make_contact(account, "Marco")
    step = {"step": "Send samples", "step_due": "2026-12-01", "step_owner": cast.anna.pk}
    promise = {"promise": "Price held until April", "promise_by": "them"}
    answer = send(device, an_entry(account, elena, marco, text="Warm", **step, **promise))
    assert answer.status_code == 200 and answer.json()["state"] == "sent"
    row = Touchpoint.objects.get()
    assert [p.contact for p in row.presences.all()] == [elena, marco]
    assert (row.channel, row.tone, row.text, row.author) == ("call", 1, "Warm", cast.karl)
    task = Task.objects.get()
    assert (task.title, task.due, task.owner) == ("Send samples", dt.date(2026, 12, 1), cast.anna)
    assert not Promise.objects.get().is_ours


def test_the_same_entry_delivered_three_times_is_one_touchpoint_and_the_same_answer(
    device, account
):
    entry = an_entry(account, make_contact(account), step="Call back", new_people=["Olga New"])
    answers = [send(device, entry).json() for _delivery in range(3)]
    assert Touchpoint.objects.count() == Task.objects.count() == 1
    assert account.positions.filter(contact__name="Olga New").count() == 1
    assert {a["id"] for a in answers} == {Touchpoint.objects.get().pk}
    assert [a["is_new"] for a in answers] == [True, False, False]


def test_a_session_that_has_ended_is_told_where_to_sign_in(account):
    answer = send(Client(), an_entry(account))
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/sign-in/?next=/log/"
    assert not Touchpoint.objects.exists()
    for path in ("/log/data/", "/log/token/"):
        assert Client().get(path).status_code == 401


def test_another_person_never_sends_what_somebody_else_wrote(account, cast, reader):
    answer = send(reader(cast.lena), an_entry(account, user=cast.karl.pk))
    assert (answer.status_code, answer.json()["state"]) == (409, "other_user")
    assert not Touchpoint.objects.exists()


def test_without_its_token_nothing_is_written_and_a_fresh_one_opens(account, cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.karl)
    assert send(client, an_entry(account)).status_code == 403
    given = client.get("/log/token/")
    assert given["Cache-Control"].startswith("max-age=0") and given.json()["user"] == cast.karl.pk
    answer = send(client, an_entry(account), headers={"X-CSRFToken": given.json()["token"]})
    assert answer.status_code == 200


def test_an_account_that_is_no_longer_ones_own_is_refused_in_words(device, account, cast):
    foreign = make_account(owner=cast.kim)
    answer = send(device, an_entry(foreign))
    assert answer.status_code == 422
    assert answer.json()["code"] == "account" and answer.json()["advice"]
    assert answer.json() == send(device, an_entry(account, account=10**9)).json()


def test_somebody_merged_meanwhile_is_who_they_became(device, account):
    old, new = make_contact(account, "E. Orlova"), make_contact(account, "Elena Orlova")
    old.merged_into = new
    old.save()
    assert send(device, an_entry(account, old)).status_code == 200
    assert Touchpoint.objects.get().contacts.get() == new


def test_somebody_of_another_account_is_refused_and_the_entry_stays_whole(device, account, cast):
    stranger = make_contact(make_account(owner=cast.kim))
    answer = send(device, an_entry(account, stranger, new_people=["Olga New"]))
    assert (answer.status_code, answer.json()["code"]) == (422, "people")
    assert not account.positions.exists()


def test_an_account_merged_meanwhile_is_the_one_it_became(device, account, cast):
    old = make_account(owner=cast.karl, status="merged", merged_into=account)
    assert send(device, an_entry(old)).status_code == 200
    assert Touchpoint.objects.get().account == account


def test_a_clock_three_hours_fast_is_mended(device, account):
    ahead = timezone.now() + dt.timedelta(hours=3)
    made = (ahead - dt.timedelta(hours=1)).isoformat()
    send(device, an_entry(account, made_at=made, sent_at=ahead.isoformat()))
    row = Touchpoint.objects.get()
    assert abs(row.at - (timezone.now() - dt.timedelta(hours=1))) < dt.timedelta(minutes=1)
    assert row.recorded_at == row.at and row.late_hours == 0


def test_a_plan_of_today_is_told_by_the_same_row(device, account, cast):
    at = timezone.now()
    plan, _new = log_touchpoint(
        actor=cast.karl, key=uuid.uuid4(), account_id=account.pk, channel="meeting", at=at,
        state="planned",
    )  # fmt: skip
    data = device.get("/log/data/").json()
    assert data["first"] == account.pk
    assert data["accounts"][0]["planned"]["key"] == str(plan.key)
    answer = send(device, an_entry(account, key=str(plan.key), text="Went well"))
    assert answer.status_code == 200
    assert Touchpoint.objects.get().state == "done" and Touchpoint.objects.get().text == "Went well"


def test_a_plan_told_from_elsewhere_meanwhile_shows_both_and_loses_neither(device, account, cast):
    key = uuid.uuid4()
    told = {"actor": cast.karl, "key": key, "account_id": account.pk, "channel": "meeting"}
    log_touchpoint(**told, at=timezone.now(), state="planned")
    log_touchpoint(**told, at=timezone.now(), text="Told at the desk")
    entry = an_entry(account, key=str(key), text="Told on the phone", edited=True, step="Call back")
    answer = send(device, entry)
    assert (answer.status_code, answer.json()["state"]) == (409, "conflict")
    again = send(device, entry | {"version": answer.json()["theirs"]["version"]})
    assert again.status_code == 200
    assert Touchpoint.objects.get().text == "Told on the phone"
    assert Task.objects.get().title == "Call back"


def test_the_same_telling_of_a_plan_twice_is_no_conflict(device, account, cast):
    key = uuid.uuid4()
    log_touchpoint(
        actor=cast.karl, key=key, account_id=account.pk, channel="meeting", at=timezone.now(),
        state="planned",
    )  # fmt: skip
    at = (timezone.now() - dt.timedelta(minutes=5)).isoformat()
    entry = an_entry(account, key=str(key), text="Once", edited=True, step="Call back", at=at)
    assert [send(device, entry).status_code for _delivery in range(2)] == [200, 200]
    assert Touchpoint.objects.get().version == 2 and Task.objects.count() == 1


def test_an_entry_moved_to_another_account_takes_what_had_arrived_with_it(device, account, cast):
    first = an_entry(account, step="Call back")
    send(device, first)  # the answer never reached the device
    other = make_account(owner=cast.karl)
    moved = an_entry(other, step="Call back", replaces=first["key"])
    assert send(device, moved).status_code == 200
    assert Touchpoint.objects.get(key=first["key"]).state == "removed"
    assert Task.objects.open().get().account == other
    unheard = an_entry(other, replaces=str(uuid.uuid4()))
    assert send(device, unheard).status_code == 200


def test_a_plan_called_off_meanwhile_comes_back(device, account, cast):
    key = uuid.uuid4()
    log_touchpoint(
        actor=cast.karl, key=key, account_id=account.pk, channel="meeting", at=timezone.now(),
        state="planned",
    )  # fmt: skip
    cancel_touchpoint(actor=cast.karl, touchpoint_id=Touchpoint.objects.get().pk)
    assert send(device, an_entry(account, key=str(key))).status_code == 200
    assert Touchpoint.objects.get().state == "done"


def test_a_change_of_what_somebody_else_has_changed_shows_both(device, account, cast):
    entry = an_entry(account, text="First")
    sent = send(device, entry).json()
    edit_touchpoint(
        actor=cast.dora, touchpoint_id=sent["id"], version=sent["version"], text="Dora's words"
    )
    answer = send(device, entry | {"text": "Mine", "version": sent["version"]})
    assert (answer.status_code, answer.json()["state"]) == (409, "conflict")
    theirs = answer.json()["theirs"]
    assert theirs["values"]["text"] == "Dora's words"
    again = send(device, entry | {"text": "Mine", "version": theirs["version"]})
    assert again.status_code == 200 and Touchpoint.objects.get().text == "Mine"


def test_an_entry_changed_after_it_arrived_unheard_of_is_changed_there_too(device, account):
    entry = an_entry(account, text="First")
    send(device, entry)  # the answer never reached the device
    answer = send(device, entry | {"text": "Better words", "edited": True})
    assert answer.status_code == 200
    assert Touchpoint.objects.get().text == "Better words"


def test_what_was_just_sent_is_taken_back_with_what_it_brought(device, account):
    entry = an_entry(account, step="Call back", promise="Samples", promise_by="us")
    send(device, entry)
    body = json.dumps({"key": entry["key"]})
    for _tap in range(2):
        answer = device.post("/log/undo/", body, content_type="application/json")
        assert answer.json() == {"state": "undone"}
    assert Touchpoint.objects.get().state == "removed"
    assert Task.objects.get().state == "dropped"
    assert Promise.objects.get().state == "released"
    send(device, entry)  # a late delivery of the same request brings nothing back
    assert Touchpoint.objects.get().state == "removed"


def test_only_its_writer_takes_an_entry_back(device, account, cast, reader):
    entry = an_entry(account)
    send(device, entry)
    body = json.dumps({"key": entry["key"]})
    dora = reader(cast.dora)
    assert dora.post("/log/undo/", body, content_type="application/json").status_code == 404
    assert device.post("/log/undo/", "{}", content_type="application/json").status_code == 422


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "[" * 10000, '{"text": "' + "x" * 100_001])
def test_what_cannot_be_read_is_told_apart(device, body):
    answer = device.post(SEND, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.parametrize(
    "values",
    [
        {"key": "x"}, {"channel": "pigeon"}, {"contacts": ["²"]}, {"contacts": [[1]]},
        {"made_at": "yesterday"}, {"at": "0001-01-01T00:00:00+00:00"}, {"account": 10**30},
        {"text": "x" * 8001}, {"step": "x" * 201}, {"step_due": "soon"}, {"tone": "7"},
        {"new_people": ["x" * 161]}, {"version": -1}, {"contacts": list(range(31))},
    ],
)  # fmt: skip
def test_odd_values_are_refused_in_words(device, account, values):
    answer = send(device, an_entry(account, **values))
    assert answer.status_code == 422 and answer.json()["reason"]
    assert not Touchpoint.objects.exists()


def test_characters_no_text_has_are_cut(device, account):
    assert send(device, an_entry(account, text="a\x00b\ud800c")).status_code == 200
    assert Touchpoint.objects.get().text == "abc"


def test_the_plain_form_saves_and_leads_to_the_account(device, account):
    elena = make_contact(account)
    entry = {"key": uuid.uuid4(), "account": account.pk, "channel": "meeting", "text": "Plain"}
    answer = device.post(SEND, entry | {"contacts": [elena.pk]})
    assert answer["Location"] == f"/accounts/{account.pk}/"
    assert Touchpoint.objects.get().contacts.get() == elena


def test_the_plain_form_says_what_is_wrong_and_stays(device, account):
    entry = {"key": uuid.uuid4(), "account": account.pk, "channel": "pigeon"}
    answer = device.post(SEND, entry)
    assert answer.status_code == 422 and b"How" in answer.content


def test_the_question_after_comes_with_the_answer_once(device, account):
    entry = an_entry(account, make_contact(account, "Elena Orlova"))
    question = send(device, entry).json()["question"]
    assert "Elena Orlova" in question["sentence"] and question["options"]
    assert send(device, entry).json()["question"] is None
    told = {"contact": question["contact"], "fact": question["fact"]}
    told["value"] = question["options"][0]["value"]
    answer = device.post(question["url"], told, headers={"HX-Request": "true"})
    assert answer.status_code == 200


def test_somebody_who_has_nothing_to_do_with_the_account_is_not_named(device, account, cast):
    for stranger in (cast.rita.pk, 10**9):
        entry = an_entry(account, step="Call", step_owner=stranger)
        answer = send(device, entry)
        assert answer.status_code == 422
        assert answer.json()["code"] == "gone"
        assert "Rita" not in answer.content.decode()
    kept = an_entry(account)
    assert send(device, kept).status_code == 200
    change = {**kept, "version": 1, "step": "Call", "step_owner": cast.rita.pk}
    assert send(device, change).json()["code"] == "gone"
    assert not Task.objects.exists()

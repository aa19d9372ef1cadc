import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.commands.touchpoint import (
    Conflict,
    cancel_touchpoint,
    edit_touchpoint,
    hold_touchpoint,
    log_touchpoint,
    remove_touchpoint,
    restore_touchpoint,
)
from accounts.models import Account, AccountRhythm, Contact, Tie, Touchpoint
from common.errors import RuleBroken
from people.models import Event, User
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_logged
from tests.races import two_at_once


@pytest.fixture
def cast(db):
    return make_cast()


def now():
    return timezone.now() - dt.timedelta(minutes=5)


def test_who_logs_took_part(cast, account):
    person = make_contact(account)
    row, is_new = log_touchpoint(
        actor=cast.karl, key=uuid.uuid4(), account_id=account.pk, channel="call", at=now(),
        contact_ids=[person.pk], text="  They want a trial  ", tone=1,
    )  # fmt: skip
    assert is_new
    assert (row.state, row.text) == ("done", "They want a trial")
    assert "they want a trial" in row.search_text
    assert list(row.colleagues.all()) == [cast.karl]
    assert list(row.contacts.all()) == [person]
    assert Event.objects.about(row).get().verb == "touchpoint.logged"
    assert AccountRhythm.objects.get(account=account).touchpoints == 1


def test_the_same_key_again_adds_nothing(cast, account):
    person, key = make_contact(account), uuid.uuid4()
    for text in ("first", "second", "third"):
        row, is_new = log_touchpoint(
            actor=cast.karl, key=key, account_id=account.pk, channel="call", at=now(),
            contact_ids=[person.pk], text=text,
        )  # fmt: skip
        assert is_new == (text == "first")
        assert row.text == "first"
    assert Touchpoint.objects.count() == 1
    assert Tie.objects.get(colleague=None).touchpoints == 1


def test_a_key_of_another_account_is_not_told_apart_from_a_missing_one(cast, account):
    foreign = make_logged(cast.kim, make_account(owner=cast.kim))
    with pytest.raises(Touchpoint.DoesNotExist):
        log_touchpoint(
            actor=cast.karl, key=foreign.key, account_id=account.pk, channel="call", at=now()
        )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_log_once():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    person, key, at = make_contact(account), uuid.uuid4(), now()

    def send():
        log_touchpoint(
            actor=cast.karl, key=key, account_id=account.pk, channel="call", at=at,
            contact_ids=[person.pk],
        )  # fmt: skip

    assert two_at_once(send) == ["done", "done"]
    send()
    assert Touchpoint.objects.count() == 1
    assert Tie.objects.get(colleague=None).touchpoints == 1
    assert Event.objects.filter(verb="touchpoint.logged").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_two_keys_both_count():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    person = make_contact(account)
    assert two_at_once(lambda: make_logged(cast.karl, account, person)) == ["done", "done"]
    assert Tie.objects.get(colleague=None).touchpoints == 2
    assert AccountRhythm.objects.get().touchpoints == 2


def test_what_is_told_late_says_so_and_weighs_less(cast, account):
    at_once = make_logged(cast.karl, account, make_contact(account))
    at = timezone.now() - dt.timedelta(hours=50)
    late = make_logged(cast.karl, account, make_contact(account), at=at, recorded_at=timezone.now())
    assert (at_once.late_hours, late.late_hours) == (0, 50)
    energies = dict(Tie.objects.filter(colleague=None).values_list("contact", "energy"))
    assert energies[late.contacts.get().pk] == pytest.approx(4.0)


def test_a_device_that_says_it_was_told_tomorrow_is_taken_at_our_time(cast, account):
    row = make_logged(cast.karl, account, recorded_at=timezone.now() + dt.timedelta(days=2))
    assert row.recorded_at <= timezone.now()


@pytest.mark.parametrize(
    "wrong",
    [{"channel": "pigeon"}, {"tone": 7}, {"direction": "up"}, {"text": "x" * 8001}, {"minutes": 0},
     {"state": "removed"}, {"at": dt.datetime(2199, 1, 1, tzinfo=dt.UTC)},
     {"at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(cast, account, wrong):
    with pytest.raises(RuleBroken):
        make_logged(cast.karl, account, make_contact(account), recorded_at=now(), **wrong)
    assert not Touchpoint.objects.exists()
    assert not Tie.objects.exists()


def test_people_of_elsewhere_cannot_be_named(cast, account):
    stranger = make_contact(make_account(owner=cast.kim))
    gone = User.objects.create(email="gone@example.org", is_active=False)
    with pytest.raises(Contact.DoesNotExist):
        make_logged(cast.karl, account, stranger)
    with pytest.raises(User.DoesNotExist):
        make_logged(cast.karl, account, colleague_ids=[gone.pk])
    with pytest.raises(Account.DoesNotExist):
        make_logged(cast.kim, account)
    with pytest.raises(Account.DoesNotExist):  # a lead reads the team's but does not write there
        make_logged(cast.lena, account)


def test_somebody_merged_meanwhile_is_who_they_became(cast, account):
    stays, goes = make_contact(account), make_contact(account)
    Contact.objects.filter(pk=goes.pk).update(merged_into=stays)
    row = make_logged(cast.karl, account, goes, stays)
    assert list(row.contacts.all()) == [stays]


def test_the_plan_that_took_place_is_the_same_row(cast, account):
    person = make_contact(account)
    plan = make_logged(
        cast.karl, account, state="planned", at=timezone.now() + dt.timedelta(days=1)
    )
    rhythm = AccountRhythm.objects.get()
    assert (rhythm.touchpoints, rhythm.next_on) == (0, timezone.localdate(plan.at))
    held = hold_touchpoint(
        actor=cast.karl, touchpoint_id=plan.pk, version=1, at=now(), contact_ids=[person.pk],
        tone=0, text="Agreed",
    )  # fmt: skip
    assert (held.pk, held.state, held.text) == (plan.pk, "done", "Agreed")
    rhythm.refresh_from_db()
    assert (rhythm.touchpoints, rhythm.next_on) == (1, None)
    assert Tie.objects.get(colleague=None).touchpoints == 1


def test_the_key_of_a_plan_tells_how_it_went_once(cast, account):
    plan = make_logged(
        cast.karl, account, state="planned", at=timezone.now() + dt.timedelta(days=1)
    )
    told = {"key": plan.key, "account_id": account.pk, "channel": "video", "at": now()}
    assert log_touchpoint(actor=cast.karl, text="Agreed", **told)[1] is True
    assert log_touchpoint(actor=cast.karl, text="Agreed", **told)[1] is False
    assert Touchpoint.objects.get().text == "Agreed"


def test_the_second_of_two_savers_is_told_and_sees_what_stands(cast, account):
    row = make_logged(cast.karl, account)
    edit_touchpoint(actor=cast.karl, touchpoint_id=row.pk, version=1, text="first")
    with pytest.raises(Conflict) as caught:
        edit_touchpoint(actor=cast.dora, touchpoint_id=row.pk, version=1, text="second")
    assert caught.value.touchpoint.text == "first"
    again = edit_touchpoint(actor=cast.karl, touchpoint_id=row.pk, version=1, text="first")
    assert again.version == 2  # a double click is no conflict


def test_an_edit_is_recorded_with_what_was_and_what_is(cast, account):
    one, other = make_contact(account, "Ann"), make_contact(account, "Bob")
    row = make_logged(cast.karl, account, one)
    edit_touchpoint(
        actor=cast.karl, touchpoint_id=row.pk, version=1, tone=1, contact_ids=[other.pk]
    )
    changes = Event.objects.about(row).get(verb="touchpoint.edited").data["changes"]
    assert changes == {"tone": [None, 1], "contacts": [["Ann"], ["Bob"]]}
    assert set(Tie.objects.values_list("contact", flat=True)) == {other.pk}


def test_called_off_and_taken_back_come_back_as_they_were(cast, account):
    person = make_contact(account)
    plan = make_logged(
        cast.karl, account, state="planned", at=timezone.now() + dt.timedelta(days=1)
    )
    done = make_logged(cast.karl, account, person)
    cancel_touchpoint(actor=cast.karl, touchpoint_id=plan.pk)
    remove_touchpoint(actor=cast.karl, touchpoint_id=done.pk)
    assert not Tie.objects.exists()
    assert AccountRhythm.objects.values_list("touchpoints", "next_on").get() == (0, None)
    with pytest.raises(RuleBroken):
        edit_touchpoint(actor=cast.karl, touchpoint_id=done.pk, version=2, text="x")
    for row, state in ((plan, "planned"), (done, "done")):
        assert restore_touchpoint(actor=cast.karl, touchpoint_id=row.pk).state == state
    assert Tie.objects.get(colleague=None).touchpoints == 1
    with pytest.raises(RuleBroken):
        restore_touchpoint(actor=cast.karl, touchpoint_id=done.pk)


def test_strangers_change_nothing(cast, account):
    row = make_logged(cast.karl, account)
    for verb in (remove_touchpoint, cancel_touchpoint, restore_touchpoint):
        with pytest.raises(Touchpoint.DoesNotExist):
            verb(actor=cast.kim, touchpoint_id=row.pk)
    with pytest.raises(Touchpoint.DoesNotExist):
        edit_touchpoint(actor=cast.lena, touchpoint_id=row.pk, version=1, text="x")
    row.refresh_from_db()
    assert row.version == 1


def test_a_promise_and_what_was_seen_stand_on_the_touchpoint(cast, account):
    person = make_contact(account, "Ann")
    row = make_logged(
        cast.karl, account, person,
        next_step={"title": "Send it", "due": dt.date(2026, 12, 1), "owner_id": cast.anna.pk},
        promise={"text": "A trial", "is_ours": True, "due": None, "contact_id": person.pk},
        observed=[{"contact_id": person.pk, "fact": "stance", "value": "4"}],
    )  # fmt: skip
    promise, seen, task = row.promises.get(), row.observations.get(), row.next_steps.get()
    assert (task.title, task.owner, task.account) == ("Send it", cast.anna, account)
    assert (promise.text, promise.contact, promise.colleague) == ("A trial", person, cast.karl)
    assert (seen.value, seen.day) == ("4", timezone.localdate(row.at))


def test_what_follows_is_made_with_it_or_nothing_is(cast, account):
    with pytest.raises(RuleBroken):
        make_logged(cast.karl, account, promise={"text": "  "})
    assert not Touchpoint.objects.exists()

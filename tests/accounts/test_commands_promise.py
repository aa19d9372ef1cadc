import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.promise import (
    Conflict,
    edit_promise,
    make_promise,
    reopen_promise,
    settle_promise,
)
from accounts.models import Account, Contact, Promise, Touchpoint
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db


def make(cast, account, **fields):
    return make_promise(actor=cast.karl, account_id=account.pk, **{"text": "A trial", **fields})


def test_a_promise_says_who_to_whom_and_until_when(cast, account):
    person, due = make_contact(account), timezone.localdate() + dt.timedelta(days=7)
    row = make(cast, account, contact_id=person.pk, due=due, is_ours=False, heard_by="all of us")
    assert (row.colleague, row.contact, row.due, row.is_ours, row.state) == (
        cast.karl, person, due, False, "open"
    )  # fmt: skip
    assert Event.objects.about(row).get().verb == "promise.made"


@pytest.mark.parametrize(
    "wrong",
    [{"text": "  "}, {"text": "x" * 401}, {"due": dt.date(2020, 1, 1)},
     {"made_on": dt.date(2199, 1, 1)}, {"heard_by": "x" * 201}],
)  # fmt: skip
def test_what_cannot_be_promised_is_refused(cast, account, wrong):
    with pytest.raises(RuleBroken):
        make(cast, account, **wrong)
    assert not Promise.objects.exists()


def test_what_is_not_the_accounts_is_not_there(cast, account):
    foreign = make_account(owner=cast.kim)
    with pytest.raises(Contact.DoesNotExist):
        make(cast, account, contact_id=make_contact(foreign).pk)
    with pytest.raises(Touchpoint.DoesNotExist):
        make(cast, account, touchpoint=make_logged(cast.kim, foreign))
    with pytest.raises(Account.DoesNotExist):
        make(cast, foreign)


@pytest.mark.parametrize("state", ["kept", "broken", "released"])
def test_it_ends_in_one_of_three_ways_and_can_be_opened_again(cast, account, state):
    row = make(cast, account)
    for _ in "ab":  # the second is a double click
        row = settle_promise(actor=cast.karl, promise_id=row.pk, state=state, note="as agreed")
    assert (row.state, row.note, row.settled_on) == (state, "as agreed", timezone.localdate())
    assert Event.objects.about(row).filter(verb=f"promise.{state}").count() == 1
    row = reopen_promise(actor=cast.karl, promise_id=row.pk)
    assert (row.state, row.note, row.settled_on) == ("open", "", None)


def test_an_ended_promise_does_not_end_otherwise(cast, account):
    row = make(cast, account)
    settle_promise(actor=cast.karl, promise_id=row.pk, state="kept")
    with pytest.raises(RuleBroken):
        settle_promise(actor=cast.karl, promise_id=row.pk, state="broken")
    with pytest.raises(RuleBroken):
        settle_promise(actor=cast.karl, promise_id=row.pk, state="open")
    row.refresh_from_db()
    assert row.state == "kept"


def test_an_edit_is_recorded_and_the_second_saver_is_told(cast, account):
    row = make(cast, account)
    edit_promise(actor=cast.karl, promise_id=row.pk, version=1, text="Two trials")
    changes = Event.objects.about(row).get(verb="promise.edited").data["changes"]
    assert changes == {"text": ["A trial", "Two trials"]}
    with pytest.raises(Conflict) as caught:
        edit_promise(actor=cast.dora, promise_id=row.pk, version=1, text="Three trials")
    assert caught.value.promise.text == "Two trials"
    assert (
        edit_promise(actor=cast.karl, promise_id=row.pk, version=1, text="Two trials").version == 2
    )


def test_strangers_change_nothing(cast, account):
    row = make(cast, account)
    for reader in (cast.kim, cast.lena):
        with pytest.raises(Promise.DoesNotExist):
            settle_promise(actor=reader, promise_id=row.pk, state="kept")
        with pytest.raises(Promise.DoesNotExist):
            edit_promise(actor=reader, promise_id=row.pk, version=1, text="x")
        with pytest.raises(Promise.DoesNotExist):
            reopen_promise(actor=reader, promise_id=row.pk)

import uuid

import pytest
from django.utils import timezone

from accounts.commands.log import created, log_entry, step_of, survivor_of, take_back_entry
from accounts.models import Account, Contact, Touchpoint
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


def test_a_new_person_is_made_once_and_takes_part(cast):
    account = make_account(owner=cast.karl)
    told = {"actor": cast.karl, "key": uuid.uuid4(), "account_id": account.pk}
    told |= {"channel": "call", "at": timezone.now(), "new_people": ["Olga New"]}
    rows = [log_entry(**told) for _delivery in range(2)]
    assert [is_new for _row, is_new in rows] == [True, False]
    assert Contact.objects.get().name == "Olga New"
    assert rows[0][0].contacts.get().name == "Olga New"


def test_a_name_that_is_there_already_is_that_person(cast):
    account = make_account(owner=cast.karl)
    olga = make_contact(account, "Olga New")
    assert created(["olga new"], account=account, actor=cast.karl) == [olga.pk]


def test_who_lost_the_account_logs_nothing(cast):
    account = make_account(owner=cast.kim)
    with pytest.raises(Account.DoesNotExist):
        log_entry(
            actor=cast.karl, key=uuid.uuid4(), account_id=account.pk, channel="call",
            at=timezone.now(), new_people=["Olga"],
        )  # fmt: skip
    assert not Contact.objects.exists()


def test_merges_are_followed_to_the_end(cast):
    last = make_account()
    middle = make_account(merged_into=last)
    assert survivor_of(make_account(merged_into=middle).pk) == last.pk
    assert survivor_of(last.pk) == last.pk
    assert survivor_of(10**9) == 10**9


def test_a_step_without_words_is_none(cast):
    assert step_of("", None, None, actor=cast.karl) is None
    assert step_of("Call", None, None, actor=cast.karl)["owner_id"] == cast.karl.pk


def test_an_unknown_entry_cannot_be_taken_back(cast):
    with pytest.raises(Touchpoint.DoesNotExist):
        take_back_entry(actor=cast.karl, key=uuid.uuid4())

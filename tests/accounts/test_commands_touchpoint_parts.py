import datetime as dt

import pytest

from accounts.commands.touchpoint_parts import checked, colleagues_of, contacts_of, lateness
from accounts.models import Contact, FieldSettings
from common.errors import RuleBroken
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


def test_people_are_named_once_in_their_order_and_as_who_they_became(cast):
    account = make_account(owner=cast.karl)
    first, second, third, fourth = (make_contact(account) for _ in range(4))
    Contact.objects.filter(pk=second.pk).update(merged_into=third)
    Contact.objects.filter(pk=third.pk).update(merged_into=fourth)
    named = [second.pk, first.pk, second.pk, fourth.pk]
    assert contacts_of(account.pk, named) == [fourth.pk, first.pk]


def test_who_once_held_a_place_may_be_named_and_nobody_else(cast):
    account = make_account(owner=cast.karl)
    past = make_contact(account, valid_to=dt.date(2021, 1, 1))
    assert contacts_of(account.pk, [past.pk]) == [past.pk]
    with pytest.raises(Contact.DoesNotExist):
        contacts_of(make_account(owner=cast.karl).pk, [past.pk])


def test_a_crowd_is_refused(cast):
    account = make_account(owner=cast.karl)
    with pytest.raises(RuleBroken):
        contacts_of(account.pk, range(61))
    with pytest.raises(RuleBroken):
        colleagues_of(range(61))


def test_texts_lose_their_edges_and_the_zero_sign():
    assert checked({"text": " a\x00b "}, "done") == {"text": "ab"}


def test_the_company_says_what_counts_as_late(cast):
    told = AT + dt.timedelta(hours=30)
    assert lateness(AT, None, told, "done") == 30
    assert lateness(AT, None, told, "planned") == 0
    FieldSettings.objects.create(pk=1, late_after_hours=48)
    assert lateness(AT, None, told, "done") == 0

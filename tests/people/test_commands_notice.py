import datetime as dt

import pytest
from django.utils import timezone

from people import commands
from people.models import Notification
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_each_cause_is_told_once(cast):
    account = make_account()
    told = {"user": cast.karl, "kind": "account_given", "target": account, "cause": "account:1"}
    assert commands.tell(**told)
    assert not commands.tell(**told)
    assert Notification.objects.get().target_kind == "accounts.account"


def test_who_has_left_is_told_nothing(cast):
    cast.karl.is_active = False
    told = {"user": cast.karl, "kind": "account_given", "target": make_account(), "cause": "x"}
    assert not commands.tell(**told)
    assert not Notification.objects.exists()


def test_news_are_read_one_by_one_or_all_by_whom_they_are_for(cast):
    account = make_account()
    for user in (cast.karl, cast.kim):
        for cause in "abc":
            commands.tell(user=user, kind="account_given", target=account, cause=cause)
    ids = list(Notification.objects.values_list("pk", flat=True))
    assert commands.read_news(user=cast.karl, ids=ids[:1] + ids[-1:]) == 1
    assert commands.read_news(user=cast.karl) == 2
    assert Notification.objects.unread().count() == 3


def test_old_news_are_forgotten(cast):
    commands.tell(user=cast.karl, kind="account_given", target=make_account(), cause="a")
    assert commands.forget_old_news(before=timezone.now() - dt.timedelta(days=1)) == 0
    assert commands.forget_old_news(before=timezone.now()) == 1

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account, Assignment
from people.models import Membership, RoleGrant
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def seen(user, door="visible_to"):
    reader = type(user).objects.get(pk=user.pk) if user.pk else user
    return {account.name for account in getattr(Account.objects, door)(reader)}


def test_each_role_opens_its_own_accounts(cast):
    make_account("Karl's", owner=cast.karl)
    make_account("Lena's", owner=cast.lena)
    make_account("Kim's", owner=cast.kim)
    make_account("Nobody's")
    everything = {"Karl's", "Lena's", "Kim's", "Nobody's"}
    expected = {
        "dora": everything,
        "lena": {"Karl's", "Lena's"},
        "karl": {"Karl's"},
        "anna": {"Karl's"},
        "kim": {"Kim's"},
        "rita": set(),
        "ivan": set(),
        "adam": set(),
        "sam": set(),
    }
    assert {name: seen(getattr(cast, name)) for name in expected} == expected


def test_a_kam_knows_the_teams_accounts_by_name(cast):
    make_account("Lena's", owner=cast.lena)
    make_account("Kim's", owner=cast.kim)
    assert seen(cast.karl) == set()
    assert seen(cast.karl, "named_to") == {"Lena's"}


def test_visitors_and_dismissed_people_see_nothing(cast):
    make_account("Karl's", owner=cast.karl)
    type(cast.karl).objects.filter(pk=cast.karl.pk).update(is_active=False)
    assert seen(cast.karl) == seen(cast.karl, "named_to") == set()
    assert not Account.objects.visible_to(AnonymousUser()).exists()


def test_rights_begin_and_end_with_the_assignment(cast):
    account = make_account("Passed on")
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    Assignment.objects.create(
        account=account, user=cast.karl, role="owner", valid_from=LONG_AGO, valid_to=today
    )
    Assignment.objects.create(
        account=account, user=cast.kim, role="owner", valid_from=today, valid_to=today + day
    )
    Assignment.objects.create(account=account, user=cast.lena, role="owner", valid_from=today + day)
    assert seen(cast.kim) == {"Passed on"}
    assert seen(cast.karl) == set()
    assert seen(cast.lena) == set()


def test_leaving_the_team_closes_its_accounts(cast):
    make_account("Karl's", owner=cast.karl)
    Membership.objects.filter(user=cast.karl).update(valid_to=timezone.localdate())
    assert seen(cast.lena) == set()


def test_losing_the_role_closes_everything(cast):
    make_account("Karl's", owner=cast.karl)
    RoleGrant.objects.filter(user=cast.karl).delete()
    assert seen(cast.karl) == set()


def test_one_open_owner_at_a_time(cast):
    account = make_account(owner=cast.karl)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(account=account, user=cast.kim, role="owner", valid_from=LONG_AGO)


def test_an_account_is_not_its_own_parent():
    account = make_account()
    account.parent = account
    with pytest.raises(IntegrityError), transaction.atomic():
        account.save()

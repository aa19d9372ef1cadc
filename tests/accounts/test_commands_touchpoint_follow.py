import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.commands.touchpoint import Conflict, hold_touchpoint, log_touchpoint
from accounts.models import Task
from tests.cast import make_account
from tests.field import make_logged

pytestmark = pytest.mark.django_db
STEP = {"title": "Send the offer", "due": None, "owner_id": None}


@pytest.fixture
def plan(cast):
    ahead = timezone.now() + dt.timedelta(days=1)
    return make_logged(cast.karl, make_account(owner=cast.karl), state="planned", at=ahead)


def test_what_comes_of_a_plan_is_made_once_when_it_is_told(cast, plan):
    at = timezone.now() - dt.timedelta(hours=1)
    for _ in "ab":
        hold_touchpoint(
            actor=cast.karl, touchpoint_id=plan.pk, version=1, at=at, next_step=STEP,
            promise={"text": "A trial"},
        )  # fmt: skip
    assert plan.next_steps.get().owner == cast.karl
    assert plan.promises.get().made_on == timezone.localdate(at)


def test_a_retry_of_a_device_makes_nothing_twice(cast, plan):
    key, at = uuid.uuid4(), timezone.now() - dt.timedelta(hours=1)
    for _ in "abc":
        log_touchpoint(
            actor=cast.karl, key=key, account_id=plan.account_id, channel="call", at=at,
            next_step=STEP,
        )  # fmt: skip
    assert Task.objects.count() == 1


def test_two_devices_that_tell_one_plan_are_not_silently_merged(cast, plan):
    at = timezone.now() - dt.timedelta(hours=1)
    told = {"key": plan.key, "account_id": plan.account_id, "channel": "call", "at": at}
    first, second = timezone.now() - dt.timedelta(minutes=2), timezone.now()
    for _ in "ab":  # the second is a retry
        log_touchpoint(actor=cast.karl, text="One", recorded_at=first, **told)
    with pytest.raises(Conflict):
        log_touchpoint(actor=cast.dora, text="Two", recorded_at=second, **told)
    plan.refresh_from_db()
    assert plan.text == "One"

import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.touchpoint import edit_touchpoint
from accounts.commands.touchpoint_move import move_touchpoint, move_touchpoint_back
from accounts.models import AccountRhythm, Touchpoint
from common.errors import RuleBroken
from people.models import Event
from tests.field import make_logged

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def make_plan(cast, account, **fields) -> Touchpoint:
    at = timezone.make_aware(dt.datetime.combine(TODAY + 2 * DAY, dt.time(9, 30)))
    return make_logged(cast.karl, account, **{"state": "planned", "at": at, **fields})


def test_a_plan_keeps_its_hour_on_another_day(cast, account):
    plan = make_plan(cast, account)
    move_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, day=TODAY + 4 * DAY)
    plan.refresh_from_db()
    assert timezone.localtime(plan.at).replace(tzinfo=None) == dt.datetime.combine(
        TODAY + 4 * DAY, dt.time(9, 30)
    )
    assert AccountRhythm.objects.get(account=account).next_on == TODAY + 4 * DAY
    assert Event.objects.about(plan).first().verb == "touchpoint.edited"


def test_the_hour_is_that_of_the_persons_clock_on_both_sides_of_a_change_of_clocks(cast, account):
    at = dt.datetime(2027, 3, 26, 8, 0, tzinfo=dt.UTC)  # 09:00 in Rome, before summer time
    plan = make_plan(cast, account, at=at)
    with timezone.override("Europe/Rome"):
        move_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, day=dt.date(2027, 3, 29))
    plan.refresh_from_db()
    assert plan.at == dt.datetime(2027, 3, 29, 7, 0, tzinfo=dt.UTC)


def test_a_move_is_taken_back(cast, account):
    plan = make_plan(cast, account)
    move_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, day=TODAY)
    move_touchpoint_back(actor=cast.karl, touchpoint_id=plan.pk)
    assert Touchpoint.objects.get().at == plan.at


def test_only_ones_own_last_move_is_taken_back(cast, account):
    plan = make_plan(cast, account)
    with pytest.raises(RuleBroken, match="taken back already"):
        move_touchpoint_back(actor=cast.karl, touchpoint_id=plan.pk)
    moved = move_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, day=TODAY)
    with pytest.raises(RuleBroken, match="taken back already"):
        move_touchpoint_back(actor=cast.anna, touchpoint_id=plan.pk)
    edit_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, version=moved.version, subject="Prices")
    with pytest.raises(RuleBroken, match="taken back already"):
        move_touchpoint_back(actor=cast.karl, touchpoint_id=plan.pk)


def test_what_took_place_stays_on_its_day_and_nothing_goes_into_the_past(cast, account):
    told = make_logged(cast.karl, account, days=3)
    with pytest.raises(RuleBroken, match="Only what is planned"):
        move_touchpoint(actor=cast.karl, touchpoint_id=told.pk, day=TODAY)
    plan = make_plan(cast, account)
    with pytest.raises(RuleBroken, match="today or a later day"):
        move_touchpoint(actor=cast.karl, touchpoint_id=plan.pk, day=TODAY - DAY)
    assert Touchpoint.objects.get(pk=plan.pk).at == plan.at


def test_strangers_move_nothing(cast, account):
    plan = make_plan(cast, account)
    for stranger in (cast.kim, cast.lena, cast.rita):
        with pytest.raises(Touchpoint.DoesNotExist):
            move_touchpoint(actor=stranger, touchpoint_id=plan.pk, day=TODAY)

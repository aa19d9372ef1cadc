import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.commands import reminder
from accounts.jobs import remind_tick
from accounts.models import Promise, Touchpoint
from common.models import Job
from people.models import Company, Notification
from tests.cast import LONG_AGO, make_company
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 21)
UTC = ZoneInfo("UTC")


def kinds():
    return sorted(Notification.objects.values_list("user__name", "kind"))


def test_a_reminder_comes_once_when_its_moment_has_come(cast):
    now = timezone.now()
    task = make_task(owner=cast.karl, remind_at=now)
    make_task(owner=cast.karl, remind_at=now + dt.timedelta(minutes=1))
    make_task(owner=cast.karl, remind_at=now, state="done")
    assert reminder.remind_of_tasks(now=now) == 1
    assert reminder.remind_of_tasks(now=now) == 0
    assert Notification.objects.get().target_id == task.pk


def test_a_day_tells_overdue_tasks_promises_and_tomorrows_meetings_once(cast, account):
    make_task(owner=cast.karl, account=account, due=DAY - dt.timedelta(days=1))
    make_task(owner=cast.karl, account=account, due=DAY)
    make_task(owner=cast.karl, account=account, due=DAY - dt.timedelta(days=30))
    Promise.objects.create(
        account=account, text="x", colleague=cast.anna, made_on=LONG_AGO, due=DAY
    )
    row = Touchpoint.objects.create(
        account=account, channel="call", state="planned", author=cast.karl,
        at=dt.datetime(2026, 11, 22, 23, 59, tzinfo=dt.UTC),
    )  # fmt: skip
    row.colleagues.add(cast.anna)
    assert reminder.tell_day(day=DAY, zone=UTC) == 4
    assert reminder.tell_day(day=DAY, zone=UTC) == 0
    assert kinds() == [
        ("Anna", "meeting_tomorrow"), ("Anna", "promise_due"),
        ("Karl", "meeting_tomorrow"), ("Karl", "task_overdue"),
    ]  # fmt: skip


def test_a_day_of_minutes_tells_everything_once(cast, account, run_jobs):
    make_company(set_up_at=timezone.now(), time_zone="Europe/Berlin")
    make_task(owner=cast.karl, account=account, due=dt.date(2026, 10, 24))
    at = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # the clocks go back this night
    make_task(owner=cast.karl, remind_at=at)
    with time_machine.travel(dt.datetime(2026, 10, 24, 22, tzinfo=dt.UTC), tick=False) as clock:
        for _step in range(24 * 6):
            remind_tick()
            run_jobs()
            clock.shift(600)
    assert kinds() == [("Karl", "task_overdue"), ("Karl", "task_reminder")]
    assert Job.objects.filter(key__startswith="news:").count() == 1


def test_nothing_is_told_before_the_company_is_set_up(cast):
    Company.objects.update(set_up_at=None)
    make_task(owner=cast.karl, remind_at=timezone.now())
    assert remind_tick() == 0

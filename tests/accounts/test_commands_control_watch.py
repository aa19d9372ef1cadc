"""The weekly rhythm of personal control, day by day."""

import datetime as dt

import pytest
import time_machine

from accounts.commands import control, control_watch
from accounts.commands.task import complete_task
from accounts.models import Control, Task
from people.models import Notification
from tests.care import make_key_account

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def take(cast, days=60) -> Control:
    account = make_key_account("Volga", owner=cast.karl)
    until = START.date() + dt.timedelta(days=days)
    return control.take_control(
        actor=cast.dora, account_id=account.pk, director=cast.dora, until=until, reason="Gone"
    )


def run(clock, days: int) -> int:
    clock.move_to(START + dt.timedelta(days=days))
    day = (START + dt.timedelta(days=days)).date()
    made = control_watch.watch_controls(day=day)
    assert control_watch.watch_controls(day=day) == 0  # twice is the same as once
    return made


def test_one_feedback_call_a_week_is_due_on_its_last_day(cast, clock):
    take(cast)
    assert run(clock, 0) == 1
    task = Task.objects.get()
    assert (task.owner, task.due) == (cast.dora, dt.date(2026, 3, 8))
    assert "Volga" in task.title
    complete_task(actor=cast.dora, task_id=task.pk)
    assert run(clock, 3) == 0  # this week's is done
    assert run(clock, 7) == 1
    assert Task.objects.open().get().due == dt.date(2026, 3, 15)


def test_a_late_call_is_not_doubled(cast, clock):
    take(cast)
    assert [run(clock, day) for day in (0, 7, 14, 21)] == [1, 0, 0, 0]


def test_the_director_is_reminded_once_a_week_of_all_of_them(cast, clock):
    take(cast)
    for day in range(15):
        run(clock, day)
    assert Notification.objects.filter(user=cast.dora, kind="control_week").count() == 3


def test_a_week_before_its_end_it_warns_and_again_when_prolonged(cast, clock):
    row = take(cast, days=20)
    for day in range(13):
        run(clock, day)
    ends = Notification.objects.filter(user=cast.dora, kind="control_ends")
    assert not ends.exists()
    run(clock, 13)
    run(clock, 14)
    assert ends.count() == 1
    until = START.date() + dt.timedelta(days=40)
    control.prolong_control(actor=cast.dora, control_id=row.pk, until=until, reason="No one yet")
    run(clock, 33)
    assert ends.count() == 2


def test_after_its_end_nobody_is_orphaned_and_the_reminders_go_on(cast, clock):
    row = take(cast, days=10)
    for day in (0, 9, 30):
        run(clock, day)
    row.refresh_from_db()
    assert row.ended_at is None
    assert row.account.assignments.owners().today().get().user == cast.dora
    assert Notification.objects.filter(user=cast.dora, kind="control_week").count() == 3


def test_what_was_ended_is_left_alone(cast, clock):
    row = take(cast)
    control.end_control(actor=cast.dora, control_id=row.pk, outcome="I keep it")
    assert run(clock, 7) == 0 and not Task.objects.exists()

"""Lines of personal control: week, last call, what is due, when it may be prolonged."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.task import create_task
from accounts.models import Control, Task
from accounts.queries.control import controls
from people.models import company_day
from tests.care import in_days
from tests.cast import make_account
from tests.handovers import make_road

pytestmark = pytest.mark.django_db


def make_control(cast, account, begun=-8, end=30, **fields) -> Control:
    return Control.objects.create(
        account=account, director=cast.dora, former=cast.karl, reason="He left",
        valid_from=in_days(begun), valid_to=in_days(end), **fields,
    )  # fmt: skip


def only(cast):
    (line,) = controls(cast.dora)
    return line


def test_only_directors_and_only_the_running_ones(cast):
    account = make_account("Hansa")
    make_control(cast, account, ended_at=timezone.now(), outcome="Kept")
    make_control(cast, account)
    assert len(controls(cast.dora)) == 1 and len(controls(cast.dora, ended=True)) == 1
    assert controls(cast.karl) == []


def test_weeks_are_counted_from_its_beginning_and_a_passed_end_is_said(cast):
    control = make_control(cast, make_account("Hansa"))
    line = only(cast)
    assert (line.week, line.weeks, line.days_left, line.is_over) == (2, 6, 30, False)
    assert line.first_call == in_days(-2)
    Control.objects.filter(pk=control.pk).update(valid_to=in_days(0))
    assert only(cast).is_over and only(cast).may_prolong
    Control.objects.filter(pk=control.pk).update(valid_from=in_days(-92))
    assert not only(cast).may_prolong


def test_the_call_that_is_due_and_the_last_one_that_was_made(cast):
    account = make_account("Hansa", owner=cast.dora)
    control = make_control(cast, account)
    line = only(cast)
    assert line.call is None and line.called_on is None
    task = create_task(
        actor=cast.dora, account_id=account.pk, due=company_day(), title="Call",
        cause=f"control:{control.pk}",
    )  # fmt: skip
    assert only(cast).call == task
    when = timezone.now() - dt.timedelta(days=1)
    Task.objects.filter(pk=task.pk).update(state="done", settled_at=when)
    line = only(cast)
    assert line.call is None and line.called_on == in_days(-1)


def test_a_handover_under_way_stands_beside_it(cast):
    road = make_road(cast)
    make_control(cast, road.account)
    assert only(cast).handover == road.row

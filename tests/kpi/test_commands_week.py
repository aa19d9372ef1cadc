import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Account, Task
from common.errors import RuleBroken
from kpi.commands.week import plan_line
from tests.cast import make_account
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)


def test_a_task_is_put_on_a_day(cast):
    task = make_task(owner=cast.karl, due=TODAY)
    planned = plan_line(actor=cast.karl, day=TOMORROW, task_id=task.pk)
    assert (planned.planned_on, planned.due) == (TOMORROW, TODAY)


def test_a_line_that_was_no_task_becomes_one_once(cast):
    account = make_account(owner=cast.karl)
    line = {"account_id": account.pk, "title": "Contact Hansa", "cause": f"cadence:{account.pk}"}
    made = plan_line(actor=cast.karl, day=TODAY, **line)
    again = plan_line(actor=cast.karl, day=TOMORROW, **line)
    assert made == again == Task.objects.get()
    assert (again.planned_on, again.due) == (TOMORROW, TODAY)


def test_somebody_elses_task_for_the_same_thing_is_left_to_them(cast):
    account = make_account(owner=cast.karl)
    task = make_task(owner=cast.anna, account=account, cause="hole:finance")
    made = plan_line(
        actor=cast.karl, day=TODAY, account_id=account.pk, title="x", cause="hole:finance"
    )
    assert made == task
    assert made.planned_on is None


def test_the_past_and_the_foreign_are_refused(cast):
    account = make_account(owner=cast.kim)
    task = make_task(owner=cast.kim)
    with pytest.raises(RuleBroken):
        plan_line(actor=cast.kim, day=TODAY - dt.timedelta(days=1), task_id=task.pk)
    with pytest.raises(Task.DoesNotExist):
        plan_line(actor=cast.karl, day=TODAY, task_id=task.pk)
    with pytest.raises(Account.DoesNotExist):
        plan_line(actor=cast.karl, day=TODAY, account_id=account.pk, title="x")
    with pytest.raises(Task.DoesNotExist):
        plan_line(actor=cast.karl, day=TODAY, title="x")

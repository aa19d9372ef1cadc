import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import task as commands
from accounts.commands import task_undo
from accounts.models import Task
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db
FIELDS = ("title", "owner", "due", "planned_on", "state", "outcome", "settled_by", "repeat_from")


@pytest.fixture
def task(cast):
    account = make_account("Hansa", owner=cast.karl)
    today = timezone.localdate()
    return make_task(
        owner=cast.karl, account=account, due=today, planned_on=today, repeat_every=1,
        repeat_unit="month", repeat_from=today,
    )  # fmt: skip


def standing(task):
    return Task.objects.values_list(*FIELDS).get(pk=task.pk)


SOON = timezone.localdate() + dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (commands.edit_task, {"title": "Other", "due": SOON, "version": 1}),
        (commands.plan_task, {"day": SOON}),
        (commands.postpone_task, {"due": SOON}),
        (commands.complete_task, {"outcome": "They agreed"}),
        (commands.drop_task, {}),
    ],
)
def test_each_deed_can_be_taken_back(cast, task, command, fields):
    before = standing(task)
    command(actor=cast.karl, task_id=task.pk, **fields)
    assert standing(task) != before
    task_undo.undo_task(actor=cast.karl, event_id=task_undo.last_deed(task).pk)
    assert standing(task) == before
    assert Task.objects.count() == 1


def test_giving_on_can_be_taken_back(cast, task):
    before = standing(task)
    commands.delegate_task(actor=cast.karl, task_id=task.pk, owner=cast.anna)
    task_undo.undo_task(actor=cast.karl, event_id=task_undo.last_deed(task).pk)
    assert standing(task) == before


def test_a_task_just_made_goes_again(cast):
    made = commands.create_task(actor=cast.karl, title="Oops")
    assert task_undo.undo_task(actor=cast.karl, event_id=task_undo.last_deed(made).pk) is None
    assert not Task.objects.exists()


def test_what_has_changed_since_is_not_taken_back(cast, task):
    commands.plan_task(actor=cast.karl, task_id=task.pk, day=SOON)
    first = task_undo.last_deed(task)
    commands.complete_task(actor=cast.anna, task_id=task.pk)
    with pytest.raises(RuleBroken):
        task_undo.undo_task(actor=cast.karl, event_id=first.pk)
    with pytest.raises(Event.DoesNotExist):
        task_undo.undo_task(actor=cast.karl, event_id=task_undo.last_deed(task).pk)


def test_several_are_done_together_or_not_at_all(cast, task):
    other = make_task("Other", owner=cast.karl)
    foreign = make_task("Foreign", owner=cast.kim)
    with pytest.raises(Task.DoesNotExist):
        task_undo.complete_tasks(actor=cast.karl, task_ids=[task.pk, foreign.pk])
    assert Task.objects.open().count() == 3
    with pytest.raises(Task.DoesNotExist):
        task_undo.complete_tasks(actor=cast.karl, task_ids=[])
    event = task_undo.complete_tasks(actor=cast.karl, task_ids=[task.pk, other.pk])
    assert Task.objects.filter(state="done").count() == 2
    assert task_undo.undo_tasks(actor=cast.karl, event_id=event.pk) == 2
    assert Task.objects.open().count() == 3


def test_several_are_postponed_and_brought_back(cast, task):
    due = task.due
    event = task_undo.postpone_tasks(actor=cast.karl, task_ids=[task.pk], due=SOON)
    assert Task.objects.get().due == SOON
    with pytest.raises(Event.DoesNotExist):
        task_undo.undo_tasks(actor=cast.anna, event_id=event.pk)
    task_undo.undo_tasks(actor=cast.karl, event_id=event.pk)
    assert Task.objects.get().due == due

"""Take back one deed on a task, or one deed on several, by whoever did it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import TaskState
from accounts.commands import task as commands
from accounts.models import Task
from common import formats
from common.errors import RuleBroken
from people import commands as people
from people import verbs
from people.models import Event, User


def _several(words) -> str:
    def sentence(data: dict) -> str:
        number = len(data.get("events", ()))
        return words(number) % {"number": formats.number(number)}

    return sentence


verbs.register(
    {
        "user.tasks_completed": _several(
            lambda n: ngettext("%(number)s task done", "%(number)s tasks done", n)
        ),
        "user.tasks_postponed": _several(
            lambda n: ngettext("%(number)s task postponed", "%(number)s tasks postponed", n)
        ),
    }
)
DATES = {"due", "planned_on", "repeat_from"}
MOMENTS = {"remind_at", "reminded_at", "settled_at"}
ROWS = {"owner", "contact", "settled_by"}


def last_deed(task: Task) -> Event:
    return Event.objects.about(task).exclude(verb="task.commented").first()


@transaction.atomic
def undo_task(*, actor: User, event_id: int) -> Task | None:
    """Put the task back as it was before this deed of the actor's; None when it was just made.

    Event.DoesNotExist for a deed of somebody else's; RuleBroken when the task has changed since.
    """
    event = Event.objects.get(pk=event_id, actor=actor, target_kind="accounts.task")
    task = commands.locked(event.target_id, actor=actor)
    if "undo" not in event.data or task.version != event.data.get("version"):
        raise RuleBroken(_("The task has been changed again since; nothing was taken back."))
    if event.verb == "task.created":
        task.delete()
        return None
    before = {}
    for name, kept in event.data["undo"].items():
        before[name] = getattr(task, name)
        setattr(task, f"{name}_id" if name in ROWS else name, _restored(name, kept))
    _check_cause(task)
    made = event.data.get("made", [])
    Task.objects.filter(pk__in=made, version=1, state=TaskState.OPEN).delete()
    commands.store(task, actor=actor, verb="task.undone", before=before)
    return task


def _restored(name: str, kept):
    if kept is None:
        return None
    if name in DATES:
        return parse_date(kept)
    return parse_datetime(kept) if name in MOMENTS else kept


def _check_cause(task: Task) -> None:
    same = Task.objects.open().filter(account=task.account_id, cause=task.cause)
    if task.state == TaskState.OPEN and task.cause and same.exclude(pk=task.pk).exists():
        raise RuleBroken(_("There is another open task for the same thing by now."))


@transaction.atomic
def complete_tasks(*, actor: User, task_ids: Iterable[int]) -> Event:
    """All or none (Task.DoesNotExist, RuleBroken); the event can be taken back as a whole."""
    done = [commands.complete_task(actor=actor, task_id=pk) for pk in _all(task_ids)]
    return _told(actor, "user.tasks_completed", done)


@transaction.atomic
def postpone_tasks(*, actor: User, task_ids: Iterable[int], due: dt.date) -> Event:
    """All or none, as complete_tasks."""
    rows = [commands.postpone_task(actor=actor, task_id=pk, due=due) for pk in _all(task_ids)]
    return _told(actor, "user.tasks_postponed", rows)


def _all(task_ids: Iterable[int]) -> list[int]:
    ids = sorted(set(task_ids))
    if not ids:
        raise Task.DoesNotExist
    return ids


def _told(actor: User, verb: str, tasks: list[Task]) -> Event:
    events = [last_deed(task).pk for task in tasks]
    return people.record(actor=actor, verb=verb, target=actor, events=events)


@transaction.atomic
def undo_tasks(*, actor: User, event_id: int) -> int:
    """Take back a deed on several tasks, all or none; how many."""
    verbs_of_several = ("user.tasks_completed", "user.tasks_postponed")
    event = Event.objects.get(pk=event_id, actor=actor, verb__in=verbs_of_several)
    for one in event.data["events"]:
        undo_task(actor=actor, event_id=one)
    return len(event.data["events"])

"""Deeds of a manager's week that make a task of what was none."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commands import task as tasks
from accounts.models import Task
from common.errors import RuleBroken
from people.models import User


@transaction.atomic
def plan_line(
    *, actor: User, day: dt.date, task_id: int | None = None, account_id: int | None = None,
    title: str = "", cause: str = "", contact_id: int | None = None,
) -> Task:  # fmt: skip
    """Put a line of the week on a day; a rhythm, a silence, a promise or a hole becomes a task.

    Task.DoesNotExist or Account.DoesNotExist for what is not the actor's.
    """
    if day < timezone.localdate():
        raise RuleBroken(_("Choose today or a later day."))
    if task_id is not None:
        return tasks.plan_task(actor=actor, task_id=task_id, day=day)
    if account_id is None:
        raise Task.DoesNotExist
    made = tasks.create_task(
        actor=actor, title=title, account_id=account_id, due=day, cause=cause,
        contact_id=contact_id, planned_on=day,
    )  # fmt: skip
    if made.planned_on == day or made.owner_id != actor.pk:
        return made
    return tasks.plan_task(actor=actor, task_id=made.pk, day=day)

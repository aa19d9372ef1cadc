"""What the bell has told: tasks given lately, overdue ones, promises due; the older are read."""

import datetime as dt

from django.db.models import F, Model

from accounts.models import Promise, Task
from accounts.queries import notices
from kpi.demo.write import World
from people.models import Notification

TOLD_FOR, READ_AFTER = 12, 3  # days


def write_news(world: World) -> None:
    """As the commands and the nightly job would have, with their causes: nothing is told twice."""
    given = Task.objects.open().exclude(owner=F("created_by"))
    given = given.filter(created_at__date__gte=world.day(TOLD_FOR))
    rows = [
        _news(
            world, task.owner_id, notices.TASK_GIVEN, task, f"given:{task.version}", task.created_at
        )
        for task in given
    ]
    for task in Task.objects.overdue(world.today):
        told = _morning(world, task.due + dt.timedelta(days=1))
        rows.append(
            _news(world, task.owner_id, notices.TASK_OVERDUE, task, f"overdue:{task.due}", told)
        )
    for promise in Promise.objects.open().filter(due__range=(world.day(TOLD_FOR), world.today)):
        told = _morning(world, promise.due)
        cause = f"due:{promise.due}"
        rows.append(_news(world, promise.colleague_id, notices.PROMISE_DUE, promise, cause, told))
    Notification.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def _morning(world: World, day: dt.date) -> dt.datetime:
    return world.at((world.today - day).days, 5)


def _news(
    world: World, user: int, kind: str, target: Model, cause: str, at: dt.datetime
) -> Notification:
    is_old = at < world.at(READ_AFTER)
    return Notification(
        user_id=user,
        kind=kind,
        target_kind=target._meta.label_lower,
        target_id=target.pk,
        cause=f"{target._meta.model_name}:{target.pk}:{cause}",
        at=at,
        read_at=at + dt.timedelta(hours=4) if is_old else None,
        mailed_at=at + dt.timedelta(hours=1) if is_old else None,
    )

"""Tell people what has come due; each cause once, whoever asks and however often."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import Promise, Task, Touchpoint
from accounts.queries import notices
from people import commands as people
from people.models import User

LOOK_BACK = dt.timedelta(days=7)
BATCH = 500


@transaction.atomic
def remind_of_tasks(*, now: dt.datetime | None = None) -> int:
    """Reminders whose moment has come, also while the machine was off; how many."""
    now = now or timezone.now()
    rows = Task.objects.open().filter(remind_at__lte=now, reminded_at=None)
    rows = list(rows.select_for_update(of=("self",)).select_related("owner")[:BATCH])
    for task in rows:
        cause = f"task:{task.pk}:remind:{task.remind_at.isoformat()}"
        people.tell(user=task.owner, kind=notices.TASK_REMINDER, target=task, cause=cause)
    Task.objects.filter(pk__in=[task.pk for task in rows]).update(reminded_at=now)
    return len(rows)


@transaction.atomic
def tell_day(*, day: dt.date, zone: ZoneInfo) -> int:
    """Tasks that became overdue, promises that are due, meetings of tomorrow; how many are new."""
    told = 0
    late = Task.objects.open().filter(due__lt=day, due__gte=day - LOOK_BACK)
    for task in late.select_related("owner").iterator(BATCH):
        told += people.tell(
            user=task.owner, kind=notices.TASK_OVERDUE, target=task,
            cause=f"task:{task.pk}:overdue:{task.due}",
        )  # fmt: skip
    due = Promise.objects.open().filter(due__lte=day, due__gte=day - LOOK_BACK)
    for promise in due.select_related("colleague").iterator(BATCH):
        told += people.tell(
            user=promise.colleague, kind=notices.PROMISE_DUE, target=promise,
            cause=f"promise:{promise.pk}:due:{promise.due}",
        )  # fmt: skip
    return told + _tell_meetings(day + dt.timedelta(days=1), zone)


def _tell_meetings(day: dt.date, zone: ZoneInfo) -> int:
    begin = dt.datetime.combine(day, dt.time.min, zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone)
    rows = Touchpoint.objects.planned().filter(at__gte=begin, at__lt=end)
    told = 0
    for row in rows.select_related("author").prefetch_related("colleagues"):
        people_of_ours: set[User] = {*row.colleagues.all(), *([row.author] if row.author else [])}
        for user in people_of_ours:
            cause = f"meeting:{row.pk}:{day}"
            told += people.tell(user=user, kind=notices.MEETING_TOMORROW, target=row, cause=cause)
    return told

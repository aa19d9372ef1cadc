"""Test tasks of one candidate: for the recruiter, and on the candidate's own page."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.choices import HomeTaskState, TaskPlace
from hiring.models import Candidate, HomeTask, Sheet, TestTask, TestTaskVersion
from hiring.queries import own
from hiring.queries.colleagues import possible_raters
from hiring.queries.sheets import Other, told_of
from hiring.queries.timeline_line import Entry
from people.models import User

OPEN = (HomeTaskState.SENT, HomeTaskState.EXPIRED)


@dataclass(slots=True)
class Graded:
    """What the recruiter sees: how many have graded; what, only when all is settled."""

    task: HomeTask
    sheets: list[Sheet]
    given: list[Other]
    result: float | None
    needs_third: bool

    @property
    def is_late(self) -> bool:
        return is_late(self.task)


def is_late(task: HomeTask) -> bool:
    return task.submitted_at is not None and task.submitted_at > task.due_at


def bank(reader: User) -> list[TestTask]:
    rows = TestTask.objects.visible_to(reader).prefetch_related("versions__given")
    return sorted(rows, key=lambda task: (bool(task.retired_at), task.place, task.name))


def usable(reader: User, place: str = TaskPlace.HOME) -> list[TestTaskVersion]:
    """The newest version of each task for this place that is not known outside."""
    rows = TestTaskVersion.objects.visible_to(reader).select_related("task")
    rows = rows.filter(task__place=place, task__retired_at=None).order_by("task", "-number")
    newest: dict[int, TestTaskVersion] = {}
    for version in rows:
        if version.leaked_at is None:
            newest.setdefault(version.task_id, version)
    return list(newest.values())


def visible_task(reader: User, pk: int) -> HomeTask:
    """HomeTask.DoesNotExist for who does not recruit, or of somebody erased."""
    rows = HomeTask.objects.visible_to(reader).exclude(candidacy__candidate=None)
    return rows.select_related(
        "candidacy__candidate", "candidacy__vacancy", "version__task", "sent_by"
    ).get(pk=pk)


def graded(task: HomeTask, reader: User, result: float | None, needs_third: bool) -> Graded:
    seen = Sheet.objects.visible_to(reader).filter(home_task=task).exclude(submitted_at=None)
    is_settled = task.state == HomeTaskState.GRADED
    return Graded(
        task=task,
        sheets=list(task.sheets.select_related("rater")),
        given=told_of(seen) if is_settled else [],
        result=result if is_settled else None,
        needs_third=needs_third,
    )


def possible_graders(task: HomeTask) -> QuerySet[User]:
    """Not the candidate, when a colleague applied, nor who was asked already."""
    return possible_raters().exclude(
        Q(pk__in=task.sheets.values("rater")) | Q(pk=task.candidacy.candidate.user_id)
    )


def part_of(candidate: Candidate, now: dt.datetime) -> dict | None:
    """For /c/<token>/: what is to be done, and what was handed in."""
    rows = HomeTask.objects.filter(candidacy__candidate=candidate)
    rows = rows.exclude(state=HomeTaskState.CANCELLED).select_related("version__task")
    tasks = [
        {"task": task, "is_open": task.state in OPEN, "is_past": now > task.due_at}
        for task in rows.prefetch_related("files")
    ]
    return {"tasks": tasks} if tasks else None


own.register("tasks", part_of)


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    entries = []
    rows = HomeTask.objects.visible_to(reader).filter(candidacy__candidate=candidate)
    for task in rows.select_related("version__task", "sent_by"):
        url = reverse("hiring:home_task_page", args=[task.pk])
        name = {"task": task.version.task.name}
        entries.append(
            Entry(task.sent_at, "clipboard", _("Test task sent: %(task)s") % name, url,
                  str(task.sent_by or ""))
        )  # fmt: skip
        if task.submitted_at:
            late = _("Test task handed in late: %(task)s")
            words = late if is_late(task) else _("Test task handed in: %(task)s")
            entries.append(Entry(task.submitted_at, "inbox", words % name, url))
    return entries

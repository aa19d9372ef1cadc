"""The bank of test tasks: what was sent is never edited, what is known outside is not sent."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.models import TestTask, TestTaskVersion
from hiring.models.vacancy import recruits
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "testtask.created": gettext_lazy("Test task added to the bank"),
        "testtask.version_written": gettext_lazy("A version of a test task was written"),
        "testtask.leaked": gettext_lazy("A version of a test task is known outside"),
        "testtask.usable": gettext_lazy("A version of a test task may be used again"),
        "testtask.retired": gettext_lazy("Test task retired"),
        "testtask.restored": gettext_lazy("Test task brought back"),
    }
)
FIELDS = {"kind", "place", "hours", "minutes"}


def _bank(actor: User):
    return TestTask.objects.all() if recruits(actor) else TestTask.objects.none()


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        language: text.replace("\x00", "").strip()[:8000]
        for language, text in texts.items()
        if text.strip()
    }


@transaction.atomic
def create_task(
    *, actor: User, names: Mapping[str, str], texts: Mapping[str, str],
    guides: Mapping[str, str] | None = None, **fields,
) -> TestTask:  # fmt: skip
    """A task with its first version. TestTask.DoesNotExist for who does not recruit."""
    if not recruits(actor):
        raise TestTask.DoesNotExist
    if set(fields) - FIELDS:
        raise TypeError(f"not fields of a task: {sorted(set(fields) - FIELDS)}")
    names = {language: name.strip()[:120] for language, name in names.items() if name.strip()}
    if not names:
        raise RuleBroken(_("Give the task a name."))
    task = TestTask.objects.create(code=f"task-{secrets.token_hex(6)}", names=names, **fields)
    people.record(actor=actor, verb="testtask.created", target=task)
    write_version(actor=actor, task_id=task.pk, texts=texts, guides=guides)
    return task


@transaction.atomic
def write_version(
    *, actor: User, task_id: int, texts: Mapping[str, str], guides: Mapping[str, str] | None = None
) -> TestTaskVersion:
    """Change the newest version while nobody was given it; else a new one begins."""
    task = _bank(actor).select_for_update().get(pk=task_id)
    texts, guides = _texts(texts), _texts(guides or {})
    if not texts:
        raise RuleBroken(_("Write what is to be done."))
    newest = task.versions.order_by("-number").first()
    if newest is not None and newest.texts == texts and newest.guides == guides:
        return newest
    if newest is None or newest.leaked_at or newest.given.exists():
        number = (task.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        newest = TestTaskVersion(task=task, number=number, made_by=actor)
    newest.texts, newest.guides = texts, guides
    newest.save()
    people.record(actor=actor, verb="testtask.version_written", target=task, number=newest.number)
    return newest


@transaction.atomic
def mark_leaked(*, actor: User, version_id: int, leaked: bool = True) -> TestTaskVersion:
    """Known outside: it is not sent any more. Undone with `leaked` false."""
    version = TestTaskVersion.objects.filter(task__in=_bank(actor)).get(pk=version_id)
    if bool(version.leaked_at) != leaked:
        version.leaked_at = timezone.now() if leaked else None
        version.save(update_fields=["leaked_at"])
        verb = "testtask.leaked" if leaked else "testtask.usable"
        people.record(actor=actor, verb=verb, target=version.task, number=version.number)
    return version


@transaction.atomic
def retire_task(*, actor: User, task_id: int, retired: bool = True) -> TestTask:
    task = _bank(actor).select_for_update().get(pk=task_id)
    if bool(task.retired_at) != retired:
        task.retired_at = timezone.now() if retired else None
        task.save(update_fields=["retired_at"])
        verb = "testtask.retired" if retired else "testtask.restored"
        people.record(actor=actor, verb=verb, target=task)
    return task

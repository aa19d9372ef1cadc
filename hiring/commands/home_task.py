"""Test tasks given to candidates: sent with a due time, answered on their page, graded blind."""

import datetime as dt
import secrets
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.errors import RuleBroken
from common.file_checks import clean_name
from hiring.choices import HomeTaskState, LetterKind, SheetKind, TaskPlace
from hiring.commands.file import keep_candidate_file
from hiring.commands.letter import write_letter
from hiring.commands.sheet import ask_for_sheet
from hiring.models import Candidacy, Candidate, HomeTask, Sheet, TestTaskVersion
from hiring.queries import task_notices
from hiring.queries.calls import zone_for
from hiring.queries.letter import language_of
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "hometask.sent": gettext_lazy("Test task sent"),
        "hometask.extended": gettext_lazy("More time for a test task"),
        "hometask.withdrawn": gettext_lazy("Test task withdrawn"),
        "hometask.submitted": gettext_lazy("Test task handed in"),
        "hometask.expired": gettext_lazy("Test task not handed in"),
        "hometask.graders_asked": gettext_lazy("Graders asked for a test task"),
    }
)
CHASED_BEFORE = dt.timedelta(hours=24)
WAITS_AFTER = dt.timedelta(days=7)  # a late answer is still taken
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that can be read for another
MOST_UPLOADS = 3
LONGEST = 20_000
GRADERS = 2


def new_code() -> str:
    return "T-" + "".join(secrets.choice(LETTERS) for _n in range(6))


def locked(task_id: int, *, actor: User) -> HomeTask:
    rows = HomeTask.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related("candidacy__candidate", "version__task").get(pk=task_id)


@transaction.atomic
def send_home_task(
    *, actor: User, candidacy_id: int, version_id: int, due_at: dt.datetime | None = None
) -> HomeTask:
    """To a candidate, who gets a letter; due in the zone where they live, as far as it is known."""
    rows = Candidacy.objects.editable_by(actor).active().exclude(candidate=None)
    candidacy = rows.select_related("candidate", "vacancy").get(pk=candidacy_id)
    version = TestTaskVersion.objects.select_related("task").get(pk=version_id)
    if version.leaked_at or version.task.retired_at or version.task.place != TaskPlace.HOME:
        raise RuleBroken(_("This version is not sent any more; choose another task."))
    now = timezone.now()
    due_at = due_at or now + dt.timedelta(hours=version.task.hours)
    if due_at <= now:
        raise RuleBroken(_("Choose a time that is still to come."))
    candidate = candidacy.candidate
    zone, _is_own = zone_for(
        candidate.time_zone, candidate.city, candidate.country, candidacy.vacancy
    )
    try:
        with transaction.atomic():
            task = HomeTask.objects.create(
                candidacy=candidacy, version=version, due_at=due_at, sent_by=actor,
                time_zone=zone, code=new_code(),
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(_("This person has this task already.")) from error
    people.record(actor=actor, verb="hometask.sent", target=task)
    _write(task, LetterKind.TASK, f"hometask:{task.pk}:sent", actor=actor)
    return task


def _write(task: HomeTask, kind: str, cause: str, *, actor: User | None = None) -> None:
    candidate = task.candidacy.candidate
    with translation.override(language_of(candidate)):
        fields = {"task": task.version.task.name, "due": due_words(task)}
    write_letter(
        actor=actor, candidate_id=candidate.pk, candidacy_id=task.candidacy_id, kind=kind,
        cause=cause, fields=fields,
    )  # fmt: skip


def due_words(task: HomeTask) -> str:
    """In the candidate's own zone, with the zone's name."""
    zone = ZoneInfo(task.time_zone)
    with timezone.override(zone):
        return f"{formats.moment(task.due_at)} ({formats.zone(task.time_zone)})"


@transaction.atomic
def extend_home_task(*, actor: User, task_id: int, due_at: dt.datetime) -> HomeTask:
    """More time, with a reminder anew; who let it lapse may go on."""
    task = locked(task_id, actor=actor)
    if task.state not in (HomeTaskState.SENT, HomeTaskState.EXPIRED):
        raise RuleBroken(_("There is nothing to wait for any more."))
    if due_at <= max(task.due_at, timezone.now()):
        raise RuleBroken(_("Choose a later time."))
    task.due_at, task.state, task.reminded_at = due_at, HomeTaskState.SENT, None
    task.save(update_fields=["due_at", "state", "reminded_at"])
    people.record(actor=actor, verb="hometask.extended", target=task)
    return task


@transaction.atomic
def cancel_home_task(*, actor: User, task_id: int) -> HomeTask:
    task = locked(task_id, actor=actor)
    if task.state not in (HomeTaskState.SENT, HomeTaskState.EXPIRED):
        raise RuleBroken(_("It was handed in and stays."))
    task.state = HomeTaskState.CANCELLED
    task.save(update_fields=["state"])
    people.record(actor=actor, verb="hometask.withdrawn", target=task)
    return task


@transaction.atomic
def hand_in(
    *, candidate: Candidate, task_id: int, text: str = "", uploads: Iterable[File] = ()
) -> HomeTask:
    """By the candidate's link: words, files or both, once. Late it is taken all the same."""
    rows = HomeTask.objects.filter(candidacy__candidate=candidate)
    task = rows.select_for_update(of=("self",)).select_related("sent_by").get(pk=task_id)
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    uploads = list(uploads)
    if task.state == HomeTaskState.SUBMITTED:
        names = {clean_name(upload.name or "") for upload in uploads}
        if text == task.text and names == set(task.files.values_list("name", flat=True)):
            return task  # the button was pressed twice
        raise RuleBroken(_("Your answer is with us already."))
    if task.state not in (HomeTaskState.SENT, HomeTaskState.EXPIRED):
        raise RuleBroken(_("This task is no longer open."))
    if not text and not uploads:
        raise RuleBroken(_("Write your answer or choose a file first."))
    if len(text) > LONGEST:
        raise RuleBroken(
            _("At most %(most)s signs; these are %(length)s.")
            % {"most": formats.number(LONGEST), "length": formats.number(len(text))}
        )
    if len(uploads) > MOST_UPLOADS:
        raise RuleBroken(_("At most three files, please."))
    files = [
        keep_candidate_file(
            candidate_id=candidate.pk, candidacy_id=task.candidacy_id, upload=upload, is_cv=False
        )
        for upload in uploads
    ]
    task.text, task.submitted_at, task.state = text, timezone.now(), HomeTaskState.SUBMITTED
    task.save(update_fields=["text", "submitted_at", "state"])
    task.files.set(files)
    people.record(actor=None, verb="hometask.submitted", target=task)
    if task.sent_by:
        people.tell(
            user=task.sent_by, kind=task_notices.HANDED_IN, target=task,
            cause=f"hometask:{task.pk}:submitted",
        )  # fmt: skip
    return task


@transaction.atomic
def ask_graders(*, actor: User, task_id: int, raters: Iterable[User]) -> list[Sheet]:
    """Two who see a code instead of a name; a third only when the two are too far apart."""
    task = locked(task_id, actor=actor)
    raters = list(dict.fromkeys(raters))
    if task.state != HomeTaskState.SUBMITTED:
        raise RuleBroken(_("It can be graded once it is handed in, and only until then."))
    known = task.sheets.count()
    if not known and len(raters) != GRADERS:
        raise RuleBroken(_("Choose two different graders."))
    if known and (len(raters) != 1 or not needs_another(task)):
        raise RuleBroken(_("Two graders are asked; a third only when they differ by a point."))
    sheets = [
        ask_for_sheet(
            actor=actor, candidacy_id=task.candidacy_id, rater=rater, kind=SheetKind.TASK,
            held_at=timezone.now(), home_task=task,
        )
        for rater in raters
    ]  # fmt: skip
    if task.sheets.count() == known:
        raise RuleBroken(_("They have graded it already; choose somebody else."))
    people.record(actor=actor, verb="hometask.graders_asked", target=task, number=len(raters))
    return sheets


def needs_another(task: HomeTask) -> bool:
    """Two have graded and are more than a point apart."""
    return (
        task.state == HomeTaskState.SUBMITTED
        and task.sheets.count() == GRADERS
        and not task.sheets.filter(submitted_at=None).exists()
    )


def remind_due(now: dt.datetime) -> int:
    """Who has less than a day left is written to, once; how many were."""
    rows = HomeTask.objects.filter(
        state=HomeTaskState.SENT, reminded_at=None, due_at__gt=now, due_at__lte=now + CHASED_BEFORE,
        candidacy__candidate__isnull=False,
    )  # fmt: skip
    return sum(_remind(pk, now) for pk in rows.values_list("pk", flat=True)[:500])


@transaction.atomic
def _remind(pk: int, now: dt.datetime) -> bool:
    rows = HomeTask.objects.filter(pk=pk, reminded_at=None, state=HomeTaskState.SENT)
    if not rows.update(reminded_at=now):
        return False
    task = HomeTask.objects.select_related("candidacy__candidate", "version__task").get(pk=pk)
    if task.due_at - task.sent_at > CHASED_BEFORE:  # given a day, they need no reminder at once
        _write(task, LetterKind.TASK_REMINDER, f"hometask:{pk}:due:{task.due_at.isoformat()}")
    return True


def expire_due(now: dt.datetime) -> int:
    """A week after the due time it counts as not handed in."""
    rows = HomeTask.objects.filter(state=HomeTaskState.SENT, due_at__lt=now - WAITS_AFTER)
    return sum(_expire(pk) for pk in rows.values_list("pk", flat=True)[:500])


@transaction.atomic
def _expire(pk: int) -> bool:
    rows = HomeTask.objects.filter(pk=pk, state=HomeTaskState.SENT)
    if not rows.update(state=HomeTaskState.EXPIRED):
        return False
    people.record(actor=None, verb="hometask.expired", target=HomeTask.objects.get(pk=pk))
    return True

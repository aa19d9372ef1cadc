"""Record a one-to-one with the figures of its day; what was agreed becomes tasks."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import TaskState
from accounts.commands import task as tasks
from common.errors import RuleBroken
from kpi.models import OneToOne
from kpi.queries.scorecard.lines import readings_of
from kpi.queries.scorecard.people import leads
from kpi.rules import one_to_one as rule
from people import commands as people
from people import verbs
from people.models import User, company_day

verbs.register(
    {
        "one_to_one.recorded": gettext_lazy("One-to-one recorded"),
        "one_to_one.removed": gettext_lazy("One-to-one taken back"),
    }
)


@transaction.atomic
def record_one_to_one(
    *,
    actor: User,
    manager: User,
    held_on: dt.date,
    notes: str = "",
    points: list[str] | None = None,
    due: dt.date | None = None,
) -> OneToOne:
    """Each point becomes a task of the manager, due on `due`; the record tells no notes."""
    points = points or []
    if not leads(actor, manager):
        raise RuleBroken(_("Only who leads a manager records one-to-ones with them."))
    if not rule.is_day_of_talk(held_on, company_day()):
        raise RuleBroken(_("Choose the day you spoke: today or a day of the last year."))
    if not rule.says_something(notes, points):
        raise RuleBroken(_("Write a note or a point you agreed on."))
    if len(points) > rule.POINTS:
        raise RuleBroken(_("At most ten points: what is agreed has to be kept in mind."))
    found = readings_of(manager, with_team=False)
    talk = OneToOne.objects.create(
        manager=manager, held_by=actor, held_on=held_on, notes=notes.strip(),
        figures_of=found.day, readings=found.stored,
    )  # fmt: skip
    for point in points:
        talk.points.add(tasks.create_task(actor=actor, title=point, owner=manager, due=due))
    people.record(actor=actor, verb="one_to_one.recorded", target=talk, points=len(points))
    return talk


@transaction.atomic
def remove_one_to_one(*, actor: User, talk_id: int) -> OneToOne:
    """Take it back, with the tasks nobody has settled yet; OneToOne.DoesNotExist for others."""
    talk = OneToOne.objects.select_for_update().get(pk=talk_id, held_by=actor)
    if talk.removed_at is not None:
        raise RuleBroken(_("This one-to-one has been taken back already."))
    for task in talk.points.filter(state=TaskState.OPEN, created_by=actor):
        tasks.drop_task(actor=actor, task_id=task.pk)
    talk.removed_at = timezone.now()
    talk.save(update_fields=["removed_at"])
    people.record(actor=actor, verb="one_to_one.removed", target=talk)
    return talk

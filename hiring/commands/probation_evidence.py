"""What was seen in a trial, on a day, by whom. Only added: nothing is taken away later."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import EvidenceKind, ProbationState
from hiring.commands.file import checked_paper
from hiring.commands.probation_steps import locked, told
from hiring.models import Evidence, EvidenceFile, Probation
from hiring.queries import probation_notices as notices
from hiring.queries.probation_evidence import kinds_of
from people import verbs
from people.commands import record
from people.models import User, company_day

MOST_FILES = 5
LONGEST = 4000

verbs.register(
    {"probation.evidence_added": gettext_lazy("Something seen in a probation was noted")}
)


@transaction.atomic
def add_evidence(
    *, actor: User, probation_id: int, kind: str, on: dt.date, text: str,
    goal_id: int | None = None, uploads: Sequence[DjangoFile] = (),
) -> Evidence:  # fmt: skip
    """The newcomer is told and reads it, word for word. All papers are kept, or nothing is."""
    probation = locked(probation_id, actor=actor)
    _ask(probation, actor, kind)
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise RuleBroken(_("Say what was seen: who, where, what exactly."))
    if not probation.starts_on <= on <= company_day():
        raise RuleBroken(_("Choose a day of the trial, not later than today."))
    if len(uploads) > MOST_FILES:
        raise RuleBroken(_("Five files are kept for one note."))
    goal = probation.goals.get(pk=goal_id) if goal_id else None
    row = Evidence.objects.create(
        probation=probation, kind=kind, on=on, text=text, goal=goal, author=actor
    )
    for upload in uploads:
        _keep(row, upload, actor)
    record(actor=actor, verb="probation.evidence_added", target=probation, kind=kind)
    near = (probation.user, probation.mentor, probation.lead)
    others = [person for person in near if person and person.pk != actor.pk]
    told(probation, notices.EVIDENCE, *others, cause=f"evidence:{row.pk}")
    return row


def _ask(probation: Probation, actor: User, kind: str) -> None:
    if probation.state != ProbationState.RUNNING:
        raise RuleBroken(_("This trial is not running."))
    allowed = kinds_of(probation, actor)
    if not allowed:
        raise RuleBroken(_("Notes are written by those who work with the newcomer, and by them."))
    if kind not in EvidenceKind.values:
        raise RuleBroken(_("Choose what kind of note it is."))
    if kind not in allowed:
        raise RuleBroken(_("The newcomer notes results, and others judge."))


def _keep(row: Evidence, upload: DjangoFile, actor: User) -> EvidenceFile:
    found = checked_paper(upload)
    file = EvidenceFile(
        evidence=row, name=found.name, size=found.size, content_type=found.content_type,
        sha256=found.sha256, uploaded_by=actor,
    )  # fmt: skip
    file.content.save("", found.content, save=False)
    file.save()
    return file

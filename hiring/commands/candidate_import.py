"""Importing a file of candidates, by the same steps as a ledger.

All of a file is written in one transaction or nothing is. Who is known already is not written down
a second time but put forward for the vacancy the file is for. Undo takes away whom the import
brought, but for those somebody has worked on since.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.import_kinds import Kind, nothing_refuses, register
from accounts.commands.ledger_file import Report
from accounts.commands.ledger_traces import recorded
from accounts.queries.imports import Undo
from common import imports
from common.dbops import batches
from common.errors import RuleBroken
from common.jobs import silent
from common.models import Import
from hiring.choices import CandidacyState, CandidateField, StageKind
from hiring.commands.candidacy import stage_of
from hiring.commands.candidate import fold_candidate
from hiring.commands.candidate_plan import Plan
from hiring.models import Candidacy, Candidate, CandidateReach, Move, Vacancy
from hiring.rules.candidacy import may_join
from hiring.rules.candidate_columns import REQUIRED, guess_columns
from hiring.rules.candidate_rows import CandidateRow
from people import verbs
from people.commands import record
from people.models import User

KIND = "candidates"
# What comes with a candidate and may go with them; anything else was done by somebody.
OWN = {"hiring.CandidateReach", "hiring.CandidateAccess"}

verbs.register(
    {
        "candidates.imported": gettext_lazy("Candidates were imported"),
        "candidates.undone": gettext_lazy("The import of candidates was undone"),
    }
)


def check_import(*, import_id: int, progress=silent) -> Import:
    """Read the whole file and count what an import would do; nobody is touched."""
    batch = Import.objects.select_related("created_by").get(pk=import_id, kind=KIND)

    def look_through() -> tuple[dict, dict]:
        plan = _planned(batch, "check.csv", progress)
        return {"rows": plan.shown}, _counts(plan)

    return imports.look(batch, look_through)


def _planned(batch: Import, name: str, progress) -> Plan:
    report = Report(imports.folder_of(batch) / name)
    try:
        plan = Plan(batch, report)
        plan.run(progress)
    finally:
        report.close()
    return plan


def _counts(plan: Plan) -> dict:
    return {**plan.counts, "reasons": plan.report.counts}


def run_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Bring the people of the file, all that are accepted or none."""
    batch = Import.objects.select_related("created_by").get(pk=import_id, kind=KIND)

    def work() -> None:
        _switch(batch, _planned(batch, "report.csv", progress), by=by)

    return imports.run_alone(batch, work)


@transaction.atomic
def _switch(batch: Import, plan: Plan, *, by: User | None) -> None:
    now = timezone.now()
    made = _write(batch, plan.fresh, by)
    people = dict(made) | dict(
        Candidate.objects.filter(pk__in=plan.forward).values_list("pk", "source")
    )
    stand = _put_forward(people, plan.vacancy_id, by, now) if plan.vacancy_id else []
    said = imports.applied(batch, at=now, counts=_counts(plan), candidacies=stand)
    record(actor=by, verb="candidates.imported", target=batch, **said)


def _write(batch: Import, fresh: list[CandidateRow], by: User | None) -> list[tuple[int, str]]:
    people = []
    for row in fresh:
        one = Candidate(brought_by=batch, created_by=by, **row.fields)
        fold_candidate(one, [normal for _kind, normal in row.reaches])
        people.append(one)
    Candidate.objects.bulk_create(people, batch_size=500)
    CandidateReach.objects.bulk_create(
        (
            CandidateReach(candidate=one, kind=kind, normal=normal, value=shown, position=place)
            for one, row in zip(people, fresh, strict=True)
            for place, ((kind, normal), shown) in enumerate(row.reaches.items())
        ),
        batch_size=500,
    )
    return [(one.pk, one.source) for one in people]


def _put_forward(people: dict[int, str], vacancy_id: int, by: User | None, now) -> list[int]:
    vacancy = Vacancy.objects.get(pk=vacancy_id)
    if not may_join(vacancy.state):
        raise RuleBroken(_("This vacancy is over; nobody new can be put forward for it."))
    stage = stage_of(vacancy, StageKind.FOUND)
    rows = Candidacy.objects.bulk_create(
        (
            Candidacy(candidate_id=pk, vacancy=vacancy, stage=stage, source=source,
                      entered_at=now, created_by=by)
            for pk, source in people.items()
        ),
        batch_size=500,
    )  # fmt: skip
    Move.objects.bulk_create(
        (Move(candidacy=row, to_stage=stage, state=row.state, at=now, by=by) for row in rows),
        batch_size=500,
    )
    return [row.pk for row in rows]


def undo_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Take back what the import brought, but for people somebody has worked on since."""
    batch = Import.objects.get(pk=import_id, kind=KIND)

    def work() -> None:
        progress(1, 2, force=True)
        _switch_back(batch, by=by)

    return imports.undo_alone(batch, work)


@transaction.atomic
def _switch_back(batch: Import, *, by: User | None) -> None:
    for some in batches(batch.preview.get("candidacies", [])):
        rows = Candidacy.objects.filter(pk__in=some, version=1, state=CandidacyState.ACTIVE)
        rows = rows.filter(applied_at=None).exclude(recorded(Candidacy, {"hiring.Move"}))
        rows.delete()
    brought = Candidate.objects.filter(brought_by=batch)
    touched = brought.filter(Q(version__gt=1) | recorded(Candidate, OWN))
    kept = set(touched.values_list("pk", flat=True))
    names = sorted(brought.filter(pk__in=kept).values_list("name", flat=True))
    gone = [pk for pk in brought.values_list("pk", flat=True) if pk not in kept]
    for some in batches(gone):
        Candidate.objects.filter(pk__in=some).delete()
    imports.undone(batch, kept=names)
    record(actor=by, verb="candidates.undone", target=batch, kept=len(names))


def undo_effect(batch: Import) -> Undo:
    """How many people would go, and how many known before would stand for the vacancy no more."""
    stand = batch.preview.get("candidacies", [])
    brought = Candidate.objects.filter(brought_by=batch)
    before = Candidacy.objects.filter(pk__in=stand).exclude(candidate__brought_by=batch)
    return Undo(people=brought.count(), restored=before.count())


CANDIDATES = Kind(
    code=KIND,
    fields=CandidateField,
    required=REQUIRED,
    may_bring=lambda user: user.is_recruiter,
    guess=guess_columns,
    check=check_import,
    run=run_import,
    undo=undo_import,
    refuse_undo=nothing_refuses,
    is_shared=True,
)
register(CANDIDATES, undo_effect=undo_effect)

"""Importing a file into the ledger.

The life of an import: its lines are staged in short batches under its id, where nobody counts
them; their differences to the roll-ups are summed beside; then one short transaction flips its
state and adds the differences. Dying anywhere before that flip leaves nothing that counts, and
whoever takes the claim next takes the remains away. After the flip only staged differences are
left to be forgotten. Undo goes the same way back.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commands import ledger_switch
from accounts.commands.ledger_claim import Claim, claimed
from accounts.commands.ledger_file import LedgerFile, Report, open_ledger
from accounts.commands.ledger_staging import Stage
from accounts.models import Source
from accounts.rules.lines import Line
from common import imports
from common.choices import ImportState
from common.jobs import enqueue, silent
from common.models import Import
from common.money import from_units
from people.commands import record
from people.models import User

KIND = "ledger"


def run_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Stage the file and switch it on. FileUnusable or RuleBroken leave the ledger as it was."""
    batch = Import.objects.get(pk=import_id, kind=KIND)
    with claimed() as claim:
        tidy_up(claim)
        batch.refresh_from_db()
        if batch.state == ImportState.APPLIED:
            return batch
        claim.works_on(batch)
        imports.move(batch.pk, come_from=imports.RUNNABLE, to=ImportState.RUNNING, error="")
        try:
            _import(batch, claim, by=by, progress=progress)
        except BaseException as error:
            _step_back(batch, claim, error)
            raise
    batch.refresh_from_db()
    return batch


def _step_back(batch: Import, claim: Claim, error: BaseException) -> None:
    """Leave no trace of the attempt, and say how it ended."""
    batch.refresh_from_db()
    if batch.state != ImportState.RUNNING:
        return
    ledger_switch.take_away(batch, claim)
    imports.step_back(batch.pk, error)


def _import(batch: Import, claim: Claim, *, by: User | None, progress) -> None:
    ledger_switch.take_away(batch, claim)
    file = open_ledger(batch)
    report = Report(imports.folder_of(batch) / "report.csv")
    try:
        stage = Stage(batch, file, report, claim)
        stage.run(progress)
        stage.missing()
        counts = _counts(stage, report)
    finally:
        report.close()
    with transaction.atomic():
        claim.renew()
        stage.known.join_families()
    ledger_switch.weigh(batch, claim)
    progress(file.rows, file.rows, force=True)
    _switch(batch, claim, by=by, counts=counts)
    ledger_switch.forget_deltas(batch, claim)


def _counts(stage: Stage, report: Report) -> dict:
    return {**stage.counts, "reasons": report.counts}


@transaction.atomic
def _switch(batch: Import, claim: Claim, *, by: User | None, counts: dict) -> None:
    claim.renew()
    report = imports.relative(imports.folder_of(batch) / "report.csv")
    imports.move(
        batch.pk,
        come_from=[ImportState.RUNNING],
        to=ImportState.APPLIED,
        applied_at=timezone.now(),
        counts=counts,
        report=report,
    )
    ledger_switch.add_to_rollups(batch)
    Source.objects.filter(name=batch.source).update(
        mapping=batch.mapping,
        dialect={"options": batch.options, "columns": batch.dialect["columns"]},
    )
    record(actor=by, verb="ledger.imported", target=batch, **_said(counts))
    if any(counts.get(kind) for kind in ("new", "changed", "removed")):
        enqueue("kpi.jobs.recompute", key="recompute")


def _said(counts: dict) -> dict:
    return {name: counts.get(name, 0) for name in ("lines", "new", "changed", "rejected")}


def check_import(*, import_id: int, progress=silent) -> Import:
    """Read the whole file and count what an import would do; the ledger is not touched."""
    batch = Import.objects.get(pk=import_id, kind=KIND)
    return imports.look(batch, lambda: look_through(open_ledger(batch), batch, progress))


def look_through(file: LedgerFile, batch: Import, progress=silent) -> tuple[dict, dict]:
    """The first lines as they will be read, and the counts of a dry run."""
    report = Report(imports.folder_of(batch) / "check.csv")
    try:
        stage = Stage(batch, file, report, None)
        stage.run(progress)
        stage.missing()
    finally:
        report.close()
    rows = [_shown(line) for line in stage.first_rows]
    return {"rows": rows}, _counts(stage, report)


def _shown(line: Line) -> dict:
    shown = line._asdict()
    del shown["cells"], shown["digest"]
    cost = None if line.cost is None else str(from_units(line.cost))
    return shown | {
        "day": line.day.isoformat(),
        "amount": str(from_units(line.amount)),
        "cost": cost,
    }


def tidy_up(claim: Claim) -> None:
    """Take away what a dead worker left, whichever import it was working on."""
    if claim.left_behind is None:
        return
    batch = Import.objects.filter(pk=claim.left_behind).first()
    if batch is None:
        return
    claim.works_on(batch)
    if batch.state == ImportState.RUNNING:
        ledger_switch.take_away(batch, claim)
        imports.move(
            batch.pk, come_from=[ImportState.RUNNING], to=ImportState.CHECKED,
            error=_("The work was interrupted. Start it again."),
        )  # fmt: skip
    elif batch.state == ImportState.UNDOING:
        ledger_switch.forget_deltas(batch, claim)
        imports.move(batch.pk, come_from=[ImportState.UNDOING], to=ImportState.APPLIED)
    elif batch.state == ImportState.UNDONE:
        ledger_switch.take_away(batch, claim)
    else:
        ledger_switch.forget_deltas(batch, claim)

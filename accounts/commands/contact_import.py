"""Importing a file of people.

New people are written in short batches without a place anywhere, so that nobody sees them. Then
one short transaction gives all of them their places, fills the blanks of those who were known, and
flips the import's state. Dying before that leaves only people without a place, whom the next
attempt takes away. Undo takes the places away in one transaction, then the people in batches.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands import contact_switch
from accounts.commands.contact import fold_names
from accounts.commands.contact_file import ContactFile
from accounts.commands.contact_known import Person
from accounts.commands.contact_plan import Plan
from accounts.commands.ledger_claim import LedgerBusy
from accounts.commands.ledger_file import Report
from accounts.models import Contact, Reach
from common import imports
from common.choices import ImportState
from common.dbops import batches, exclusive
from common.errors import RuleBroken
from common.jobs import silent
from common.models import Import
from people import verbs
from people.commands import record
from people.models import User

KIND = "contacts"
BATCH = 2_000

verbs.register(
    {
        "contact.filled": gettext_lazy("Blanks filled from a file"),
        "contacts.imported": gettext_lazy("People were imported"),
        "contacts.undone": gettext_lazy("The import of people was undone"),
    }
)


@contextmanager
def _alone() -> Iterator[None]:
    """One import of people at a time, so that two files do not bring one person twice."""
    with exclusive("contact-import") as taken:
        if not taken:
            raise LedgerBusy(_("Another import is being worked on. Try again when it is done."))
        yield


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
        plan = Plan(batch, ContactFile(batch), report)
        plan.run(progress)
    finally:
        report.close()
    return plan


def _counts(plan: Plan) -> dict:
    return {**plan.counts, "reasons": plan.report.counts}


def run_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Bring the people of the file, all that are accepted or none."""
    batch = Import.objects.select_related("created_by").get(pk=import_id, kind=KIND)
    with _alone():
        batch.refresh_from_db()
        if batch.state == ImportState.APPLIED:
            return batch
        imports.move(batch.pk, come_from=imports.RUNNABLE, to=ImportState.RUNNING, error="")
        try:
            _import(batch, by=by, progress=progress)
        except BaseException as error:
            batch.refresh_from_db()
            if batch.state == ImportState.RUNNING:
                contact_switch.take_away(batch)
                imports.step_back(batch.pk, error)
            raise
    batch.refresh_from_db()
    return batch


def _import(batch: Import, *, by: User | None, progress) -> None:
    contact_switch.take_away(batch)
    plan = _planned(batch, "report.csv", progress)
    fresh, changed = plan.fresh, plan.changed
    for people in batches(fresh, BATCH):
        _stage(batch, people)
        progress(plan.counts["rows"], plan.counts["rows"])
    _switch(batch, plan, fresh, changed, by=by)


@transaction.atomic
def _stage(batch: Import, people: list[Person]) -> None:
    """Write people without a place: nobody may see them yet."""
    for person in people:
        person.contact.brought_by = batch
        fold_names(person.contact, [normal for _kind, normal in person.reaches])
    Contact.objects.bulk_create([person.contact for person in people], batch_size=500)
    Reach.objects.bulk_create(
        [row for person in people for row in contact_switch.reach_rows(person, person.reaches)],
        batch_size=500,
    )


@transaction.atomic
def _switch(
    batch: Import, plan: Plan, fresh: list[Person], changed: list[Person], *, by: User | None
) -> None:
    now = timezone.now()
    report = imports.relative(imports.folder_of(batch) / "report.csv")
    counts = _counts(plan)
    divisions = contact_switch.make_divisions([*fresh, *changed])
    imports.move(
        batch.pk, come_from=[ImportState.RUNNING], to=ImportState.APPLIED, applied_at=now,
        counts=counts, report=report, preview=batch.preview | {"divisions": divisions},
    )  # fmt: skip
    contact_switch.give_places(fresh, at=now)
    contact_switch.fill_blanks(batch, changed, actor=by)
    contact_switch.draw_lines([*fresh, *changed], actor=by, at=now)
    contact_switch.settle_holes([*fresh, *changed], actor=by)
    said = {name: counts.get(name, 0) for name in ("lines", "new", "changed", "rejected")}
    record(actor=by, verb="contacts.imported", target=batch, **said)


def undo_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Take back what the import brought and filled, but for people somebody has changed since."""
    batch = Import.objects.get(pk=import_id, kind=KIND)
    with _alone():
        batch.refresh_from_db()
        if batch.state == ImportState.APPLIED:
            imports.move(batch.pk, come_from=[ImportState.APPLIED], to=ImportState.UNDOING)
        elif batch.state not in (ImportState.UNDOING, ImportState.UNDONE):
            raise RuleBroken(_("Only an applied import can be undone."))
        if batch.state != ImportState.UNDONE:
            progress(1, 3, force=True)
            _switch_back(batch, by=by)
        progress(2, 3, force=True)
        contact_switch.take_away(batch)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def _switch_back(batch: Import, *, by: User | None) -> None:
    kept = contact_switch.touched_people(batch)
    left = contact_switch.restore_blanks(batch)
    contact_switch.take_places(batch, kept)
    contact_switch.remove_divisions(batch.preview.get("divisions", []))
    names = sorted({row.name for row in [*kept, *left]})
    imports.move(
        batch.pk, come_from=[ImportState.UNDOING], to=ImportState.UNDONE, undone_at=timezone.now(),
        preview=batch.preview | {"kept": names[:200]}, counts=batch.counts | {"kept": len(names)},
    )  # fmt: skip
    record(actor=by, verb="contacts.undone", target=batch, kept=len(names))

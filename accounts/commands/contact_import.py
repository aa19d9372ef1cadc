"""Importing a file of people.

New people are written in short batches without a place anywhere, so that nobody sees them. Then
one short transaction gives all of them their places, fills the blanks of those who were known, and
flips the import's state. Dying before that leaves only people without a place, whom the next
attempt takes away. Undo takes the places away in one transaction, then the people in batches.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.commands import contact_switch
from accounts.commands.contact import fold_names
from accounts.commands.contact_file import ContactFile
from accounts.commands.contact_known import Person
from accounts.commands.contact_plan import Plan
from accounts.commands.ledger_file import Report
from accounts.models import Contact, Reach
from common import imports
from common.dbops import batches
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
    return imports.run_alone(
        batch,
        lambda: _import(batch, by=by, progress=progress),
        clear=lambda: contact_switch.take_away(batch),
    )


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
    divisions = contact_switch.make_divisions([*fresh, *changed])
    said = imports.applied(batch, at=now, counts=_counts(plan), divisions=divisions)
    contact_switch.give_places(fresh, at=now)
    contact_switch.fill_blanks(batch, changed, actor=by)
    contact_switch.draw_lines([*fresh, *changed], actor=by, at=now)
    contact_switch.settle_holes([*fresh, *changed], actor=by)
    record(actor=by, verb="contacts.imported", target=batch, **said)


def undo_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Take back what the import brought and filled, but for people somebody has changed since."""
    batch = Import.objects.get(pk=import_id, kind=KIND)

    def switch_back() -> None:
        progress(1, 3, force=True)
        _switch_back(batch, by=by)

    def clear() -> None:
        progress(2, 3, force=True)
        contact_switch.take_away(batch)

    return imports.undo_alone(batch, switch_back, clear=clear)


@transaction.atomic
def _switch_back(batch: Import, *, by: User | None) -> None:
    kept = contact_switch.touched_people(batch)
    left = contact_switch.restore_blanks(batch)
    contact_switch.take_places(batch, kept)
    contact_switch.remove_divisions(batch.preview.get("divisions", []))
    names = sorted({row.name for row in [*kept, *left]})
    imports.undone(batch, kept=names)
    record(actor=by, verb="contacts.undone", target=batch, kept=len(names))

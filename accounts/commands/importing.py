"""What people do with an import in the browser; the work itself runs as jobs."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commands.import_kinds import LEDGER, Kind, kind_of
from accounts.commands.ledger_file import LAYOUT_FIELDS, read_layout
from accounts.models import Source
from common import imports, jobs
from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Import, Job
from people.commands import record
from people.models import User

REMAPPABLE = (*imports.MAPPABLE, ImportState.CHECKING)
STARTABLE = (ImportState.MAPPED, ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED,
             ImportState.RUNNING)  # fmt: skip


def _must(allowed: bool) -> None:
    if not allowed:
        raise RuleBroken(_("You may not bring files of this kind."))


def may_change(actor: User, batch: Import) -> bool:
    """Directors all; others what they brought, while they may bring such files."""
    kind = kind_of(batch)
    own = actor.is_director or kind.is_shared or batch.created_by_id == actor.pk
    return own and kind.may_bring(actor)


def _idle(batch: Import) -> None:
    if is_busy(batch):
        raise RuleBroken(_("This import is being worked on. Wait for it, or stop it first."))


def is_busy(batch: Import) -> bool:
    """A job of this import waits or runs."""
    return batch.job_id is not None and not batch.job.is_finished


def receive_file(
    *,
    actor: User,
    chunks: Iterable[bytes],
    filename: str,
    source: str = "",
    kind: Kind = LEDGER,
    options: Mapping | None = None,
) -> Import:
    """Keep an uploaded file and find out how it is written; FileUnusable keeps nothing."""
    _must(kind.may_bring(actor))
    folder = imports.new_folder()
    batch = Import(kind=kind.code, source=source, filename=filename[:255], created_by=actor)
    path, batch.size, batch.sha256 = imports.keep(chunks, folder)
    batch.path = imports.relative(path)
    try:
        _describe(batch, options or {}, _remembered(batch))
    except BaseException:
        imports.discard_files(batch)
        raise
    with transaction.atomic():
        batch.save()
        record(actor=actor, verb="import.received", target=batch, filename=batch.filename)
    return batch


def _remembered(batch: Import) -> Source | None:
    return Source.objects.filter(name=batch.source).first() if kind_of(batch).has_source else None


def _describe(batch: Import, options: Mapping, known: Source | None) -> None:
    batch.options = dict(options)
    layout = read_layout(imports.source_of(batch), batch.options)
    batch.dialect = layout.as_dict()
    batch.mapping = kind_of(batch).guess(layout.columns)
    remembered = known.dialect if known else {}
    if remembered.get("columns") == list(layout.columns):
        batch.mapping = known.mapping
        kept = {
            name: remembered["options"].get(name) for name in ("currency", "date_format", "where")
        }
        batch.options |= {name: value for name, value in kept.items() if value}


def change_layout(*, actor: User, batch: Import, said: Mapping[str, object]) -> Import:
    """Read the file anew the way a person says; FileUnusable leaves the row as it was."""
    _must(may_change(actor, batch))
    _idle(batch)
    unknown = set(said) - set(LAYOUT_FIELDS)
    if unknown:
        raise TypeError(f"not a part of the layout: {sorted(unknown)}")
    _describe(batch, batch.options | {"layout": dict(said)}, _remembered(batch))
    imports.move(
        batch.pk, come_from=REMAPPABLE, to=ImportState.UPLOADED, error="", counts={},
        dialect=batch.dialect, mapping=batch.mapping, options=batch.options,
    )  # fmt: skip
    batch.refresh_from_db()
    return batch


def map_columns(
    *, actor: User, batch: Import, mapping: Mapping[str, str], source: str, options: Mapping
) -> Import:
    """Say which column is which, and start looking through the file."""
    _must(may_change(actor, batch))
    _idle(batch)
    with transaction.atomic():
        imports.move(
            batch.pk, come_from=REMAPPABLE, to=ImportState.MAPPED, error="", counts={},
            preview={}, mapping={field: text for field, text in mapping.items() if text},
            source=source, options=batch.options | dict(options),
        )  # fmt: skip
        _enqueue("accounts.jobs.check_import", batch, actor)
    return batch


def may_rerun(actor: User, batch: Import) -> bool:
    """Administrators start again what a director has started and what did not end well."""
    ended_badly = bool(batch.error) or batch.state in (
        ImportState.FAILED, ImportState.CANCELLED, ImportState.RUNNING
    )  # fmt: skip
    return actor.is_administrator and batch.state in STARTABLE and ended_badly


def start_import(*, actor: User, batch: Import) -> Import:
    """Run, or run again, in the background."""
    _must(may_change(actor, batch) or may_rerun(actor, batch))
    _idle(batch)
    if batch.state not in STARTABLE:
        raise RuleBroken(
            _("This import has moved on: it is %(state)s. Reload the page.")
            % {"state": batch.get_state_display()}
        )
    with transaction.atomic():
        Import.objects.filter(pk=batch.pk).update(error="")
        _enqueue("accounts.jobs.run_import", batch, actor)
    return batch


def start_undo(*, actor: User, batch: Import) -> Import:
    """Undo in the background; what stands in the way is said at once."""
    _must(may_change(actor, batch) or actor.is_administrator)
    _idle(batch)
    if batch.state != ImportState.APPLIED:
        raise RuleBroken(_("Only an applied import can be undone."))
    kind_of(batch).refuse_undo(batch, reader=actor)
    with transaction.atomic():
        Import.objects.filter(pk=batch.pk).update(error="")
        _enqueue("accounts.jobs.undo_import", batch, actor)
    return batch


def stop_import(*, actor: User, batch: Import) -> Import:
    """Ask the running job to stop; nothing it staged stays."""
    _must(may_change(actor, batch) or actor.is_administrator)
    if is_busy(batch):
        jobs.cancel(batch.job_id)
    return batch


def discard_import(*, actor: User, batch: Import) -> None:
    """Throw an import away that never changed anything, with its file."""
    _must(may_change(actor, batch))
    _idle(batch)
    with transaction.atomic():
        rows = Import.objects.filter(pk=batch.pk, state__in=imports.MAPPABLE, lines=None)
        rows = rows.filter(contacts=None)
        if not rows.exists():
            raise RuleBroken(_("An import that has changed something stays on record."))
        record(actor=actor, verb="import.discarded", target=batch, filename=batch.filename)
        rows.delete()
    imports.discard_files(batch)


def _enqueue(name: str, batch: Import, actor: User) -> Job:
    job = jobs.enqueue(name, import_id=batch.pk, by=actor)
    Import.objects.filter(pk=batch.pk).update(job=job)
    batch.job = job
    return job

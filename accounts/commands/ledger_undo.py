"""Taking an import back: the ledger, the roll-ups and the accounts as they were before it."""

from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commands import ledger_switch
from accounts.commands.ledger import KIND, tidy_up
from accounts.commands.ledger_claim import Claim, claimed
from accounts.commands.ledger_traces import removable_accounts, touched
from accounts.models import Account, LedgerLine
from common import imports
from common.choices import COUNTING, ImportState
from common.dbops import batches
from common.errors import RuleBroken
from common.jobs import enqueue, silent
from common.models import Import
from people.commands import record
from people.models import User

NAMED = 5


def undo_import(*, import_id: int, by: User | None = None, progress=silent) -> Import:
    """Restore what the import replaced and remove what it brought; RuleBroken names what is in
    the way, and then nothing is changed."""
    batch = Import.objects.get(pk=import_id, kind=KIND)
    with claimed() as claim:
        tidy_up(claim)
        batch.refresh_from_db()
        if batch.state == ImportState.UNDONE:
            return batch
        refuse_undo(batch)
        claim.works_on(batch)
        imports.move(batch.pk, come_from=[ImportState.APPLIED], to=ImportState.UNDOING)
        try:
            ledger_switch.forget_deltas(batch, claim)
            ledger_switch.weigh(batch, claim, undo=True)
            progress(1, 3, force=True)
            _switch_back(batch, claim, by=by)
        except BaseException:
            batch.refresh_from_db()
            if batch.state == ImportState.UNDOING:
                ledger_switch.forget_deltas(batch, claim)
                imports.move(batch.pk, come_from=[ImportState.UNDOING], to=ImportState.APPLIED)
            raise
        progress(2, 3, force=True)
        ledger_switch.take_away(batch, claim)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def _switch_back(batch: Import, claim: Claim, *, by: User | None) -> None:
    claim.renew()
    refuse_undo(batch)
    imports.move(
        batch.pk, come_from=[ImportState.UNDOING], to=ImportState.UNDONE, undone_at=timezone.now()
    )
    ledger_switch.add_to_rollups(batch)
    record(actor=by, verb="ledger.undone", target=batch)
    enqueue("kpi.jobs.recompute", key="recompute")
    enqueue("accounts.jobs.convert_waiting_lines", key="convert_waiting_lines")


def refuse_undo(batch: Import, *, reader: User | None = None) -> None:
    """RuleBroken, naming newer imports of the same lines or accounts people have worked on.

    Accounts by name only to a `reader` who may open them; what is kept on the import, where
    administrators read it, has their numbers.
    """
    newer = [str(one.filename) for one in newer_imports(batch)[:NAMED]]
    if newer:
        raise RuleBroken(
            _("A newer import changed lines of this one. Undo it first: %(names)s.")
            % {"names": ", ".join(newer)}
        )
    touched = touched_accounts(batch)[:NAMED]
    if touched:
        raise RuleBroken(
            _(
                "Somebody has worked on accounts that this import created."
                " Merge or move their records first: %(names)s."
            )
            % {"names": ", ".join(_called(account, reader) for account in touched)}
        )


def _called(account: Account, reader: User | None) -> str:
    return account.name if reader and reader.is_director else f"#{account.pk}"


def newer_imports(batch: Import) -> QuerySet[Import]:
    """Applied imports that replaced lines of this one, or wrote again what it removed."""
    replaced = LedgerLine.objects.filter(batch=batch, superseded_by__state__in=COUNTING)
    ids = set(replaced.values_list("superseded_by", flat=True).distinct())
    again = LedgerLine.objects.live().filter(
        source=OuterRef("source"), document=OuterRef("document"), line=OuterRef("line")
    )
    removed = LedgerLine.objects.filter(superseded_by=batch).annotate(
        live_batch=again.exclude(batch=batch).values("batch")[:1]
    )
    ids |= set(removed.exclude(live_batch=None).values_list("live_batch", flat=True))
    return Import.objects.filter(pk__in=ids).order_by("pk")


def touched_accounts(batch: Import) -> list[Account]:
    """Accounts the import created on which a person has recorded something since."""
    made = list(Account.objects.filter(brought_by=batch).values_list("pk", flat=True))
    found: list[Account] = []
    for some in batches(made):
        rows = removable_accounts(batch, some).filter(touched()).order_by("name")
        found += rows[: NAMED + 1 - len(found)]
        if len(found) > NAMED:
            break
    return found

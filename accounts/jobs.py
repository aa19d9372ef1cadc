"""Doors for background work on the ledger: ids in, a command, safe to run twice."""

import time
from collections.abc import Callable

from django.utils import translation

from accounts.commands import file, ledger, ledger_undo, rate, ties
from accounts.commands.ledger_claim import LedgerBusy
from common.errors import RuleBroken
from common.jobs import job
from common.models import Import
from people.models import Company, User

PATIENCE = 600  # seconds to wait for another import before giving up


def _person(import_id: int) -> User | None:
    row = Import.objects.select_related("job__created_by", "created_by").get(pk=import_id)
    return (row.job and row.job.created_by) or row.created_by


def _told(work: Callable[..., Import], progress, import_id: int, **kwargs) -> dict:
    """Run it in the person's language; what stands in the way is kept on the import."""
    person = _person(import_id)
    language = (person and person.language) or Company.current().language
    with translation.override(language):
        try:
            _patiently(lambda: work(import_id=import_id, progress=progress, **kwargs), progress)
        except RuleBroken as refusal:
            Import.objects.filter(pk=import_id).update(error=str(refusal))
            return {"refused": str(refusal)}
    return {}


def _patiently(work: Callable[[], object], progress) -> object:
    """Wait while another import holds the ledger."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except LedgerBusy:
            if time.monotonic() > give_up:
                raise
            progress(0, 0, force=True)
            time.sleep(1)


@job
def check_import(progress, import_id: int) -> dict:
    return _told(ledger.check_import, progress, import_id)


@job
def run_import(progress, import_id: int) -> dict:
    return _told(ledger.run_import, progress, import_id, by=_person(import_id))


@job
def undo_import(progress, import_id: int) -> dict:
    return _told(ledger_undo.undo_import, progress, import_id, by=_person(import_id))


@job
def convert_waiting_lines(progress) -> dict:
    return {"moved": _patiently(lambda: rate.convert_lines(progress=progress), progress)}


@job
def renew_ties(progress) -> dict:
    """After a night: ties of accounts whose tier, and so their half life, is another now."""
    return {"accounts": ties.renew_stale_ties()}


@job
def tidy_files(progress) -> dict:
    """Each night: bytes of files that nobody names any more."""
    return {"files": file.tidy_files()}

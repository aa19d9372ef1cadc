"""One at a time: whoever changes the ledger holds a lease on the only LedgerClaim row.

Every batch renews the lease inside its own transaction, so a worker that was thought dead and
wakes up again fails at its next batch instead of writing beside its successor.
"""

import datetime as dt
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import LedgerClaim
from common.imports import Busy
from common.models import Import

LEASE = dt.timedelta(seconds=90)


class ClaimLost(Exception):
    """The lease ran out and somebody else works on the ledger; write nothing more."""


class Claim:
    """A held lease. `left_behind` is the id of the import whose worker died holding it."""

    def __init__(self, holder: str, left_behind: int | None):
        self.holder, self.left_behind = holder, left_behind

    def renew(self) -> None:
        """First statement of each batch; ClaimLost when the lease has gone to another."""
        mine = LedgerClaim.objects.filter(pk=1, holder=self.holder)
        if not mine.update(until=timezone.now() + LEASE):
            raise ClaimLost

    def works_on(self, batch: Import | None) -> None:
        """Note what is being changed, for the one who finds us dead."""
        LedgerClaim.objects.filter(pk=1, holder=self.holder).update(batch=batch)

    def release(self) -> None:
        LedgerClaim.objects.filter(pk=1, holder=self.holder).update(
            holder="", until=None, batch=None
        )


@contextmanager
def claimed() -> Iterator[Claim]:
    """Hold the ledger for the block; Busy where somebody living holds it."""
    claim = take()
    try:
        yield claim
    finally:
        claim.release()


def take() -> Claim:
    row, _made = LedgerClaim.objects.get_or_create(pk=1)
    if row.holder and not _is_dead(row):
        raise Busy(_("Another import is being worked on. Try again when it has finished."))
    holder = f"{_where()}|{os.getpid()}|{_born(os.getpid())}|{secrets.token_hex(8)}"
    free = LedgerClaim.objects.filter(pk=1, holder=row.holder, until=row.until)
    if not free.update(holder=holder, until=timezone.now() + LEASE):
        raise Busy(_("Another import is being worked on. Try again when it has finished."))
    return Claim(holder, row.batch_id)


def _is_dead(row: LedgerClaim) -> bool:
    """Its lease is over, or it was a process of this machine that is no more."""
    if row.until is None or row.until < timezone.now():
        return True
    where, pid, born, _mark = row.holder.split("|")
    return where == _where() and _born(int(pid)) != born


def _where() -> str:
    """This machine and its view of processes; two containers differ."""
    try:
        view = os.readlink("/proc/self/ns/pid")
    except OSError:
        view = ""
    return f"{socket.gethostname()}{view}"


def _born(pid: int) -> str:
    """When a process began, as the system counts; "" for one that does not exist."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]

"""Files people bring: where they lie, and the states an Import goes through.

uploaded → mapped → checking → checked → running → applied → undoing → undone. A state is left by
a conditional update, so that of two who press the same button one wins.
"""

import datetime as dt
import hashlib
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from common.choices import ImportState
from common.dbops import exclusive
from common.errors import RuleBroken
from common.jobs import JobCancelled
from common.models import Import

MAPPABLE = (ImportState.UPLOADED, ImportState.MAPPED, ImportState.CHECKED, ImportState.FAILED,
            ImportState.CANCELLED)  # fmt: skip
RUNNABLE = (ImportState.MAPPED, ImportState.CHECKED, ImportState.RUNNING, ImportState.FAILED,
            ImportState.CANCELLED)  # fmt: skip
# Also one whose worker died while it looked through the file, once no job works on it.
RESUMABLE = (*MAPPABLE, ImportState.CHECKING, ImportState.RUNNING)


class Busy(RuleBroken):
    """Somebody else changes the same things right now."""


def new_folder() -> Path:
    """An empty folder with a name nobody can guess."""
    folder = settings.DATA_DIR / "imports" / secrets.token_hex(16)
    folder.mkdir(parents=True)
    return folder


def keep(chunks: Iterable[bytes], folder: Path) -> tuple[Path, int, str]:
    """Write the bytes as `source` in the folder; gives path, size and SHA-256."""
    path, digest, size = folder / "source", hashlib.sha256(), 0
    with path.open("wb") as stream:
        for chunk in chunks:
            stream.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return path, size, digest.hexdigest()


def folder_of(batch: Import) -> Path:
    """The import's own folder, made anew where only the row is left."""
    if not batch.path:
        batch.path = str((new_folder() / "source").relative_to(settings.DATA_DIR))
        batch.save(update_fields=["path"])
    folder = (settings.DATA_DIR / batch.path).parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def source_of(batch: Import) -> Path:
    return settings.DATA_DIR / batch.path


def relative(path: Path) -> str:
    return str(path.relative_to(settings.DATA_DIR))


def discard_files(batch: Import) -> None:
    if batch.path:
        shutil.rmtree((settings.DATA_DIR / batch.path).parent, ignore_errors=True)


def move(batch_id: int, *, come_from: Collection[str], to: str, **fields) -> None:
    """Change the state, if it is still one of `come_from`; RuleBroken otherwise."""
    rows = Import.objects.filter(pk=batch_id, state__in=come_from)
    if not rows.update(state=to, **fields):
        state = Import.objects.get(pk=batch_id).get_state_display()
        raise RuleBroken(
            _("This import has moved on: it is %(state)s. Reload the page.") % {"state": state}
        )


def look(batch: Import, look_through: Callable[[], tuple[dict, dict]]) -> Import:
    """Go through checking to checked with the preview and the counts that `look_through` gives.

    It writes the rows set aside to `check.csv` in the import's folder.
    """
    move(batch.pk, come_from=[*MAPPABLE, ImportState.CHECKING], to=ImportState.CHECKING, error="")
    try:
        preview, counts = look_through()
    except RuleBroken as error:
        move(batch.pk, come_from=[ImportState.CHECKING], to=ImportState.FAILED, error=str(error))
        raise
    except BaseException:
        with suppress(RuleBroken):
            move(batch.pk, come_from=[ImportState.CHECKING], to=ImportState.MAPPED)
        raise
    report = relative(folder_of(batch) / "check.csv")
    move(batch.pk, come_from=[ImportState.CHECKING], to=ImportState.CHECKED,
         counts=counts, preview=preview, report=report)  # fmt: skip
    batch.refresh_from_db()
    return batch


def step_back(batch_id: int, error: BaseException) -> None:
    """Say how a run ended that has left nothing behind."""
    state, said = ImportState.CHECKED, _("The work was interrupted. Start it again.")
    if isinstance(error, JobCancelled):
        state, said = ImportState.CANCELLED, ""
    elif isinstance(error, RuleBroken):
        state, said = ImportState.FAILED, str(error)
    move(batch_id, come_from=[ImportState.RUNNING], to=state, error=said)


@contextmanager
def alone(batch: Import) -> Iterator[None]:
    """One import of a kind at a time, so that two files do not bring one person twice."""
    with exclusive(f"import-{batch.kind}") as taken:
        if not taken:
            raise Busy(_("Another import is being worked on. Try again when it is done."))
        batch.refresh_from_db()
        yield


def run_alone(
    batch: Import, work: Callable[[], None], *, clear: Callable[[], None] = lambda: None
) -> Import:
    """Run it unless it has been; where `work` fails, `clear` takes away what it left behind."""
    with alone(batch):
        if batch.state == ImportState.APPLIED:
            return batch
        move(batch.pk, come_from=RUNNABLE, to=ImportState.RUNNING, error="")
        try:
            work()
        except BaseException as error:
            batch.refresh_from_db()
            if batch.state == ImportState.RUNNING:
                clear()
                step_back(batch.pk, error)
            raise
    batch.refresh_from_db()
    return batch


def applied(batch: Import, *, at: dt.datetime, counts: dict, **preview) -> dict:
    """The work is done, and `report.csv` written; the figures to tell of it."""
    report = relative(folder_of(batch) / "report.csv")
    move(
        batch.pk, come_from=[ImportState.RUNNING], to=ImportState.APPLIED,
        applied_at=at, counts=counts, report=report, preview=batch.preview | preview,
    )  # fmt: skip
    return {name: counts.get(name, 0) for name in ("lines", "new", "changed", "rejected")}


def undo_alone(
    batch: Import, work: Callable[[], None], *, clear: Callable[[], None] = lambda: None
) -> Import:
    """Take it back unless that is done; `clear` follows also then, for an attempt that died."""
    with alone(batch):
        if batch.state == ImportState.APPLIED:
            move(batch.pk, come_from=[ImportState.APPLIED], to=ImportState.UNDOING)
        elif batch.state not in (ImportState.UNDOING, ImportState.UNDONE):
            raise RuleBroken(_("Only an applied import can be undone."))
        if batch.state != ImportState.UNDONE:
            work()
        clear()
    batch.refresh_from_db()
    return batch


def undone(batch: Import, *, kept: list[str]) -> None:
    """It is taken back, but for the people named `kept`, whom somebody has changed since."""
    move(
        batch.pk, come_from=[ImportState.UNDOING], to=ImportState.UNDONE, undone_at=timezone.now(),
        preview=batch.preview | {"kept": kept[:200]}, counts=batch.counts | {"kept": len(kept)},
    )  # fmt: skip

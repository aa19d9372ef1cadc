"""Files wait out of reach until the virus scanner has seen them; without one nothing waits."""

import logging

from celery import shared_task

from common import clamd
from common.files import AWAY, REFUSED, VIRUS, WAITING, StoredFile, file_tables
from common.jobs import enqueue, job

log = logging.getLogger(__name__)


def waiting() -> list[StoredFile]:
    """Those that nobody has looked into yet, before those that were tried in vain."""
    return [
        file
        for state in (WAITING, AWAY)
        for table in file_tables()
        for file in table._base_manager.filter(quarantine=state).order_by("pk")
    ]


@job
def scan_files(progress) -> dict:
    """Look into all that wait. A scanner that is away is asked again by the next run."""
    files, found, away = waiting(), 0, False
    for place, file in enumerate(files):
        progress(place, len(files))
        state = AWAY if away else _looked_into(file)
        found += state.startswith(VIRUS)
        rows = type(file)._base_manager.filter(pk=file.pk, quarantine=file.quarantine)
        rows.update(quarantine=state[:200])
        away = away or state == AWAY
    return {"files": len(files), "found": found}


def _looked_into(file: StoredFile) -> str:
    """What the file's quarantine becomes. A file the scanner refuses stays waiting alone."""
    try:
        with file.content.open("rb") as content:
            name = clamd.scan(content)
    except FileNotFoundError:
        return ""
    except clamd.Unscannable as refusal:
        log.warning("the virus scanner refuses a file: %s", refusal)
        return REFUSED
    except clamd.ScannerAway as trouble:
        log.warning("the virus scanner does not answer: %s", trouble)
        return AWAY
    return f"{VIRUS}:{name}" if name else ""


@shared_task(name="common.scanning.scan_tick")
def scan_tick(**_ignored) -> int:
    """Every few seconds while a scanner is configured."""
    found = len(waiting())
    if found:
        enqueue("common.scanning.scan_files", key="scan")
    return found

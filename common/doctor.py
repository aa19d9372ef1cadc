"""Is everything well here? Each check says what it found and, in trouble, what to do about it.

`readiness` is the short form for load balancers: the parts without which we should get no visitors,
and whether the work in the background goes on.
"""

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu import Connection

from common import clamd
from common.choices import JobState
from common.files import REFUSED, file_tables
from common.jobs import SCHEDULER_BEAT
from common.models import Job

LEAST_FREE = 0.10  # of the disk
LONGEST_QUEUE = dt.timedelta(minutes=10)
LONGEST_NIGHT = dt.timedelta(hours=26)
LONGEST_WITHOUT_BACKUP = dt.timedelta(hours=26)
MOST_FAILURES = 0.05  # of the jobs of the last day
NIGHT = "kpi.jobs.recompute"
SCHEDULER_SILENT = 60.0  # seconds without a sweep


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    name: str
    well: bool
    words: str


def readiness() -> dict[str, bool]:
    """Part by part, true or false; the database's own parts are false when it is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts = {
            "database": True,
            "migrations": _migrations().well,
            "queue": _queue().well,
            "night": _night().well,
        }
    except Error:
        parts = dict.fromkeys(("database", "migrations", "queue", "night"), False)
    return {**parts, "disk": _disk().well, "backup": _backup().well}


def examine() -> list[Finding]:
    """Every check, in the order in which their failures would explain each other."""
    return [_guarded(check) for check in (*CHECKS, *map(import_string, settings.EXAMINATIONS))]


def _guarded(check: Callable[[], Finding]) -> Finding:
    name = check.__name__.strip("_")
    try:
        return check()
    except Exception as error:  # a check that cannot run is trouble too, never a crash
        return Finding(name, False, f"cannot be checked: {type(error).__name__}")


def _configuration() -> Finding:
    messages = run_checks(include_deployment_checks=settings.SECURE)
    worst = [m for m in messages if m.level >= WARNING and not m.is_silenced()]
    if worst:
        hint = f" {worst[0].hint}" if worst[0].hint else ""
        return Finding("configuration", False, f"{worst[0].msg}{hint}")
    if settings.DEBUG:
        return Finding("configuration", False, "DEBUG is on: unset it where others can reach this.")
    return Finding("configuration", True, f"address {settings.BASE_URL}")


def _database() -> Finding:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            sound = cursor.fetchone()[0] == "ok"
        words = "SQLite, sound" if sound else "SQLite file is damaged: restore the last backup."
        return Finding("database", sound, words)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return Finding("database", True, f"PostgreSQL {cursor.fetchone()[0].split()[0]}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("migrations", False, f"{len(waiting)} not applied: run manage.py migrate")
    return Finding("migrations", True, "all applied")


def _broker() -> Finding:
    if settings.CELERY_BROKER_URL == "filesystem://":
        folder = settings.BROKER_FOLDERS[0]
        well = os.access(folder, os.W_OK)
        return Finding("broker", well, f"folders in {folder.parent}" if well else "not writable")
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
        try:
            broker.ensure_connection(max_retries=1, timeout=2)
        except Exception:
            words = "CELERY_BROKER_URL does not answer: jobs wait, nothing is lost. Start Redis."
            return Finding("broker", False, words)
    return Finding("broker", True, "answers")


def _scheduler() -> Finding:
    beaten = cache.get(SCHEDULER_BEAT)
    if beaten is None:
        return Finding("scheduler", False, "has not run here: start it with make run")
    silent = timezone.now().timestamp() - beaten
    if silent > SCHEDULER_SILENT:
        words = f"silent for {silent:.0f} s: are all processes of make run still there?"
        return Finding("scheduler", False, words)
    return Finding("scheduler", True, f"worked {silent:.0f} s ago")


def _queue() -> Finding:
    now = timezone.now()
    oldest = Job.objects.filter(state=JobState.QUEUED).order_by("created_at").first()
    if oldest and now - oldest.created_at > LONGEST_QUEUE:
        minutes = (now - oldest.created_at).seconds // 60
        return Finding("queue", False, f"oldest job waits for {minutes} min: is a worker running?")
    recent = Job.objects.filter(finished_at__gte=now - dt.timedelta(days=1))
    ended, failed = recent.count(), recent.filter(state=JobState.FAILED).count()
    if ended >= 20 and failed > MOST_FAILURES * ended:
        return Finding(
            "queue", False, f"{failed} of {ended} jobs of the last day failed: see /runs/"
        )
    return Finding("queue", True, f"{ended} jobs in the last day, {failed} failed")


def _night() -> Finding:
    nights = Job.objects.filter(name=NIGHT)
    last = nights.filter(state=JobState.DONE).order_by("-finished_at").first()
    first = nights.order_by("id").first()
    if first is None:
        return Finding("night", True, "has not been due yet")
    since = (last and last.finished_at) or first.created_at
    if timezone.now() - since > LONGEST_NIGHT:
        return Finding("night", False, f"last success {since:%Y-%m-%d %H:%M} UTC: see /runs/")
    return Finding("night", True, f"last success {since:%Y-%m-%d %H:%M} UTC")


def _disk() -> Finding:
    usage = shutil.disk_usage(settings.DATA_DIR)
    share = usage.free / usage.total
    words = f"{share:.0%} free"
    if share < LEAST_FREE:
        return Finding("disk", False, f"{words}: make room in {settings.DATA_DIR}")
    return Finding("disk", True, words)


def _scanner() -> Finding:
    if not settings.CLAMD_URL:
        return Finding("scanner", True, "files are not looked into for viruses: CLAMD_URL is empty")
    if not clamd.is_there():
        words = "does not answer at CLAMD_URL: new files wait, nobody can have them"
        return Finding("scanner", False, words)
    refused = sum(t._base_manager.filter(quarantine=REFUSED).count() for t in file_tables())
    words = f", refuses {refused} files: raise StreamMaxLength" if refused else ""
    return Finding("scanner", not refused, f"answers{words}")


def backup_stamp() -> Path:
    return settings.DATA_DIR / "last_backup.json"


def _backup() -> Finding:
    """Late only once backups are made at all: a new place has nothing to lose yet."""
    stamp = backup_stamp()
    if not stamp.exists():
        return Finding("backup", True, "none yet: manage.py backup FILE, each night")
    made = dt.datetime.fromisoformat(json.loads(stamp.read_text())["at"])
    late = timezone.now() - made > LONGEST_WITHOUT_BACKUP
    return Finding("backup", not late, f"last {made:%Y-%m-%d %H:%M} UTC{', late' if late else ''}")


CHECKS = (
    _configuration,
    _database,
    _migrations,
    _broker,
    _scheduler,
    _queue,
    _night,
    _disk,
    _backup,
    _scanner,
)

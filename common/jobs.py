"""Jobs survive the death of workers and brokers: the row is the work, a message only wakes.

A worker claims a row by a conditional update and renews its lease as it makes progress. `sweep`
wakes rows whose message was lost or whose worker died. A job must therefore be safe to run twice.
"""

import datetime as dt
import json
import logging
import secrets
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from celery import current_app, shared_task
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from common.choices import JobState
from common.models import Job

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=90)
FORGOTTEN = dt.timedelta(seconds=15)
MAX_ATTEMPTS = 3
# A person waits for what they saved: a broker that hangs is given up within a second.
HASTE = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "connect_retries_timeout": 0.5,
}
SCHEDULER_BEAT = "scheduler.beat"
JOBS: dict[str, Callable] = {}


class JobCancelled(Exception):
    """Somebody asked the job to stop; raised by progress()."""


class LeaseLost(Exception):
    """Another worker took this job over; this one must stop without writing."""


def job(function: Callable) -> Callable:
    """Register `function(progress, **kwargs) -> dict | None` under its dotted name."""
    name = f"{function.__module__}.{function.__name__}"

    @wraps(function)
    def run(progress, **kwargs):
        return function(progress, **kwargs)

    run.is_job = True
    JOBS[name] = run
    return run


class Progress:
    """Given to a job: call it to report, to renew the lease and to hear that it should stop."""

    def __init__(self, job_id: int, fence: str):
        self.job_id, self.fence = job_id, fence
        self.said_at = timezone.now()

    def __call__(
        self, done: int, total: int, *, force: bool = False, so_far: dict | None = None
    ) -> None:
        """`so_far` stands as the result until the job returns one."""
        now = timezone.now()
        if not force and now - self.said_at < dt.timedelta(seconds=0.5):
            return
        self.said_at = now
        rows = Job.objects.filter(pk=self.job_id, fence=self.fence, state=JobState.RUNNING)
        told = {} if so_far is None else {"result": so_far}
        if not rows.update(done=done, total=total, lease_until=now + LEASE, **told):
            raise LeaseLost(f"job {self.job_id}")
        if Job.objects.filter(pk=self.job_id, cancel_asked=True).exists():
            raise JobCancelled


def silent(done: int, total: int, *, force: bool = False, so_far: dict | None = None) -> None:
    """A progress for callers that run the work themselves."""


def enqueue(
    name: str, *, key: str | None = None, by: AbstractBaseUser | None = None, **kwargs: Any
) -> Job:
    """Insert the job in the current transaction and wake a worker after it commits.

    `key` makes it unique: a waiting row is returned as it is, a running one is asked to run once
    more when it ends, a finished one is started again. Arguments must be plain JSON (TypeError).
    """
    json.dumps(kwargs)
    fields = {"name": name, "kwargs": kwargs, "created_by": by, "wake_at": timezone.now()}
    if key is None:
        row = Job.objects.create(**fields)
    else:
        row, made = Job.objects.get_or_create(key=key, defaults=fields)
        if not made and not _start_again(row.pk, fields):
            return row
    transaction.on_commit(lambda: wake(row.pk))
    return row


def _start_again(job_id: int, fields: dict) -> bool:
    """Requeue a finished job; ask a running one to repeat itself."""
    if Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(again=True):
        return False
    finished = Q(state__in=[JobState.DONE, JobState.FAILED, JobState.CANCELLED])
    fresh = {"attempts": 0, "done": 0, "total": 0, "error": "", "result": {}, "fence": ""}
    restarted = Job.objects.filter(finished, pk=job_id).update(
        state=JobState.QUEUED, cancel_asked=False, started_at=None, finished_at=None,
        created_at=timezone.now(), **fresh, **fields,
    )  # fmt: skip
    return bool(restarted)


def wake(job_id: int) -> None:
    """Tell the broker; when it does not answer, the sweeper will."""
    try:
        with current_app.connection_for_write(transport_options=HASTE) as connection:
            run_job.apply_async((job_id,), connection=connection, retry=False)
    except Exception:  # a broker that is down must never fail a saved change
        log.warning("broker unreachable, job waits for the sweeper", extra={"job": job_id})


def claim(job_id: int) -> Job | None:
    """Take the job: only one worker's update finds the row still free."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    fence = secrets.token_hex(8)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=JobState.RUNNING,
        fence=fence,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=now,
    )
    return Job.objects.get(pk=job_id) if taken else None


def run_now(job_id: int) -> Job:
    """Claim and run the job in this process; returns the row as it ended (or as others hold it)."""
    row = claim(job_id)
    return _run(row) if row else Job.objects.get(pk=job_id)


def _run(row: Job) -> Job:
    if row.attempts > MAX_ATTEMPTS:
        return _finish(row, JobState.FAILED, error="gave up: the worker died each time")
    if row.cancel_asked:
        return _finish(row, JobState.CANCELLED)
    function = JOBS.get(row.name) or import_string(row.name)
    try:
        result = function(Progress(row.pk, row.fence), **row.kwargs) or {}
    except JobCancelled:
        return _finish(row, JobState.CANCELLED)
    except LeaseLost:
        return Job.objects.get(pk=row.pk)
    except Exception as error:
        log.exception("job failed", extra={"job": row.pk, "job_name": row.name})
        if settings.DEBUG:
            traceback.print_exc()
        return _finish(row, JobState.FAILED, error=f"{type(error).__name__}: {error}"[:2000])
    return _finish(row, JobState.DONE, result=result)


def _finish(row: Job, state: str, **fields) -> Job:
    if state == JobState.DONE:
        fields["done"] = F("total")
    Job.objects.filter(pk=row.pk, fence=row.fence).update(
        state=state, finished_at=timezone.now(), lease_until=None, **fields
    )
    repeat = Job.objects.filter(pk=row.pk, fence=row.fence, again=True)
    if repeat.update(again=False, state=JobState.QUEUED, attempts=0, wake_at=timezone.now()):
        wake(row.pk)
    row.refresh_from_db()
    return row


def cancel(job_id: int) -> None:
    """Ask the job to stop; one that has not begun ends at once."""
    Job.objects.filter(pk=job_id).update(cancel_asked=True)
    Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )


@contextmanager
def heartbeat(row: Job) -> Iterator[None]:
    """Renew the lease from a thread of its own, so that one long statement does not lose it."""
    ended = threading.Event()

    def beat():
        while not ended.wait(LEASE.total_seconds() / 4):
            held = Job.objects.filter(pk=row.pk, fence=row.fence, state=JobState.RUNNING)
            held.update(lease_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@shared_task(name="common.jobs.run_job")
def run_job(job_id: int, **_ignored) -> None:
    """A worker's door to the row; unknown arguments of other releases are ignored."""
    row = claim(job_id)
    if row is not None:
        with heartbeat(row):
            _run(row)


@shared_task(name="common.jobs.sweep")
def sweep(**_ignored) -> int:
    """Wake what was forgotten and what a dead worker left; returns how many."""
    now = timezone.now()
    cache.set(SCHEDULER_BEAT, now.timestamp(), None)
    lost = Job.objects.abandoned(now) | Job.objects.forgotten(now, FORGOTTEN)
    ids = list(lost.order_by("id").values_list("pk", flat=True)[:200])
    Job.objects.filter(pk__in=ids, state=JobState.QUEUED).update(wake_at=now)
    for job_id in ids:
        wake(job_id)
    return len(ids)

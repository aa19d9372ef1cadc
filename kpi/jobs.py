"""The night as a job, and the tick that starts it once per local date."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone, translation

from accounts.commands.dependence import write_dependence
from accounts.commands.gate import keep_gate
from accounts.commands.ties import enqueue_renewal
from accounts.models import Scoring
from common.jobs import JobCancelled, LeaseLost, enqueue, job
from common.lanes import together
from common.models import Job
from kpi import commands
from kpi.choices import NightPart
from kpi.commands import health
from kpi.commands.backtest import keep_backtest
from kpi.commands.chances import write_chances
from kpi.commands.health_record import keep_record
from kpi.commands.warnings import raise_alerts
from kpi.queries.reporting import reporting_day
from kpi.rules import nights
from people.models import Company, company_day

POLL = 0.5  # seconds between looks whether the other run has ended


class Night:
    """The parts of one night as they go by, some of them at the same time: how far all of it is,
    what each took, and what all of them found."""

    def __init__(self, progress):
        self.found: dict = {}
        self._progress = progress
        self._took: dict[str, float] = {}
        self._along: dict[NightPart, float] = {}
        self._failed: tuple[NightPart, Exception] | None = None

    def told(self) -> dict:
        """What it found and took so far, and at which parts it is: at that which failed, if any."""
        took = dict(self._took)
        at = [part for part in list(self._along) if part.value not in took]
        at = [self._failed[0]] if self._failed else at
        return self.found | {"parts": took} | ({"at": at} if at else {})

    @contextmanager
    def part(self, part: NightPart) -> Iterator[Callable[..., None]]:
        """Gives the progress of this part; it ends at its next step when another has failed."""
        begun = time.monotonic()

        def along(done: int, total: int, *, force: bool = False) -> None:
            if self._failed:
                raise self._failed[1]
            self._along[part] = done / total if total else 0
            self._tell(force)

        along(0, 1, force=True)
        try:
            yield along
        except Exception as error:
            if not self._failed:
                self._failed = part, error
                with suppress(JobCancelled, LeaseLost):
                    self._tell(force=True)
            raise
        self._took[part.value] = round(time.monotonic() - begun, 1)
        self._along[part] = 1

    def _tell(self, force: bool) -> None:
        far = nights.along(list(self._along.values()))
        self._progress(*far, force=force, so_far=self.told())


@job
def recompute(progress, as_of: str | None = None, wait: bool = True) -> dict:
    """Safe to run twice, see kpi.commands.night.

    While another run works this one waits, because it may have been asked for by something that
    run has not read any more; with `wait` false it ends at once as skipped.
    """
    day = dt.date.fromisoformat(as_of) if as_of else None
    night = Night(progress)
    with night.part(NightPart.SCORES) as along:
        night.found |= _scores(day, wait, along)
    if night.found.get("skipped"):
        return night.found
    together(partial(_watch, night, day), partial(_measure, night, day))
    enqueue_renewal()
    return night.told()


def _watch(night: Night, day: dt.date | None) -> None:
    """How the accounts are and what is expected of them; warnings need both."""
    with night.part(NightPart.HEALTH) as along:
        night.found["health"] = keep_health(day, along)
    with night.part(NightPart.CHANCES) as along:
        night.found |= _tell_chances(along)
    if day is None or day >= reporting_day():
        with night.part(NightPart.WARNINGS):
            night.found["warnings"] = raise_alerts().opened


def _measure(night: Night, day: dt.date | None) -> None:
    """What needs of all this the scores alone."""
    with night.part(NightPart.CONTROL), translation.override(Company.current().language):
        if kept := keep_gate(day=company_day()):
            night.found["controlled"] = kept
    with night.part(NightPart.MEASURES) as along:
        night.found |= commands.write_readings(progress=along)
    if day is None:
        with night.part(NightPart.DEPENDENCE):
            night.found["hanging"] = write_dependence(day=company_day()).contacts


def _scores(day: dt.date | None, wait: bool, progress) -> dict:
    result = commands.recompute(as_of=day, progress=progress)
    while wait and result.get("skipped"):
        time.sleep(POLL)
        progress(0, 1)
        result = commands.recompute(as_of=day, progress=progress)
    return result


@job
def backtest(progress) -> dict:
    """Try the last quarter's forecast anew; safe to run twice."""
    return _tell_chances(progress, again=True)


def _tell_chances(progress, again: bool = False) -> dict:
    """The back-test of the last quarter where it is missing, and the chances that it allows."""
    as_of = Scoring.current().as_of
    if as_of is None:
        return {}
    keep_backtest(day=as_of, again=again, progress=progress)
    return {"chances": write_chances(progress=progress)}


@job
def refresh_health(progress) -> dict:
    """Score all accounts anew, as after other weights were adopted; safe to run twice."""
    return {"changed": keep_health(None, progress)}


def keep_health(day: dt.date | None, progress) -> int:
    """How many rows changed. A run beside this one may have read too early: wait for its end."""
    found = health.refresh_health(day=day, progress=progress)
    while found.get("skipped"):
        time.sleep(POLL)
        progress(0, 1)
        found = health.refresh_health(day=day, progress=progress)
    keep_record(day=day)
    return found["changed"]


@shared_task(name="kpi.jobs.tick")
def tick(**_ignored) -> bool:
    """Each minute: start tonight's work once its hour has come; True when it did.

    The key carries the local date, so a clock that is set back starts nothing twice, and a machine
    that was off at the hour starts as soon as it is on. The night itself catches up missed days.
    """
    company = Company.current()
    if company.set_up_at is None:
        return False
    local = timezone.now().astimezone(ZoneInfo(company.time_zone))
    date = nights.due_date(local, company.night_hour)
    key = f"night:{date}"
    if date is None or Job.objects.filter(key=key).exists():
        return False
    enqueue("kpi.jobs.recompute", key=key)
    enqueue("accounts.jobs.tidy_files", key=f"files:{date}")
    return True

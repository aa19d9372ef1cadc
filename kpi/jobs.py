"""The night as a job, and the tick that starts it once per local date."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone, translation

from accounts.commands.dependence import write_dependence
from accounts.commands.gate import keep_gate
from accounts.commands.ties import enqueue_renewal
from accounts.models import Scoring
from common.jobs import enqueue, job
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
    """The parts of one night as they go by: how far all of it is, and how long each took."""

    def __init__(self, progress):
        self.took: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def part(self, part: NightPart) -> Iterator[Callable[..., None]]:
        """Gives the progress of this part."""
        begun = time.monotonic()

        def along(done: int, total: int, *, force: bool = False) -> None:
            self._progress(*nights.along(part, done, total), force=force)

        along(0, 1, force=True)
        yield along
        self.took[part.value] = round(time.monotonic() - begun, 1)


@job
def recompute(progress, as_of: str | None = None, wait: bool = True) -> dict:
    """Safe to run twice, see kpi.commands.night.

    While another run works this one waits, because it may have been asked for by something that
    run has not read any more; with `wait` false it ends at once as skipped.
    """
    day = dt.date.fromisoformat(as_of) if as_of else None
    night = Night(progress)
    with night.part(NightPart.SCORES) as along:
        result = _scores(day, wait, along)
    if result.get("skipped"):
        return result
    with night.part(NightPart.HEALTH) as along:
        result |= {"health": keep_health(day, along)}
    with night.part(NightPart.CONTROL), translation.override(Company.current().language):
        kept = keep_gate(day=company_day())
    result |= {"controlled": kept} if kept else {}
    enqueue_renewal()
    with night.part(NightPart.MEASURES) as along:
        result |= commands.write_readings(progress=along)
    if day is None:
        with night.part(NightPart.DEPENDENCE):
            result |= {"hanging": write_dependence(day=company_day()).contacts}
    with night.part(NightPart.CHANCES) as along:
        result |= _tell_chances(along)
    if day is None or day >= reporting_day():
        with night.part(NightPart.WARNINGS):
            result |= {"warnings": raise_alerts().opened}
    return result | {"parts": night.took}


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

"""Doors for background work: ids in, a command, safe to run twice."""

import datetime as dt
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone, translation

from accounts import mail
from accounts.choices import CustomerLetterState
from accounts.commands import (
    absence,
    control_watch,
    customer_letter_send,
    departure,
    file,
    gate,
    handover_plan,
    handover_watch,
    rate,
    reminder,
    ties,
)
from accounts.commands.import_kinds import Kind, kind_of
from common.errors import RuleBroken
from common.imports import Busy
from common.jobs import enqueue, job
from common.models import Import, Job
from people import commands as people
from people.models import Company, User, company_day, company_zone

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
    """Wait while another import is being worked on."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except Busy:
            if time.monotonic() > give_up:
                raise
            progress(0, 0, force=True)
            time.sleep(1)


def _kind(import_id: int) -> Kind:
    return kind_of(Import.objects.get(pk=import_id))


@job
def check_import(progress, import_id: int) -> dict:
    return _told(_kind(import_id).check, progress, import_id)


@job
def run_import(progress, import_id: int) -> dict:
    return _told(_kind(import_id).run, progress, import_id, by=_person(import_id))


@job
def undo_import(progress, import_id: int) -> dict:
    return _told(_kind(import_id).undo, progress, import_id, by=_person(import_id))


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


# A worker that took a letter this long ago is dead.
LOST_AFTER = dt.timedelta(minutes=10)


@job
def send_customer_letter(progress, letter_id: int) -> dict:
    """One letter, now. Run twice it goes once: the second run finds it taken."""
    letter = customer_letter_send.claim_letter(letter_id, now=timezone.now())
    if letter is None:
        return {"sent": 0}
    try:
        mail.send(letter)
    except Exception as error:  # whatever the server answers is told to people, who may retry
        said = " ".join(str(error).split()) or type(error).__name__
        customer_letter_send.settle_letter(
            letter, state=CustomerLetterState.STOPPED, trouble=f"refused:{said}"
        )
        return {"sent": 0}
    customer_letter_send.settle_letter(letter, state=CustomerLetterState.SENT)
    return {"sent": 1}


@job
def watch_handovers(progress, day: str) -> dict:
    """Once a day: accounts that changed hands are looked after, the next of a plan begins."""
    today = dt.date.fromisoformat(day)
    with translation.override(Company.current().language):
        begun = handover_plan.advance_plans(today)
        return handover_watch.watch_tick(today) | {"begun": begun}


@job
def tend_absences(progress, day: str) -> dict:
    """Once a day: who stands in, what is under personal control, who leaves soon."""
    date = dt.date.fromisoformat(day)
    with translation.override(Company.current().language):
        told = departure.warn_of_last_days(day=date)
        covers = absence.tend_covers(day=date)
    return {"covers": covers, "calls": control_watch.watch_controls(day=date), "told": told}


REMEMBERED = dt.timedelta(days=180)  # news older than that are forgotten
FIRST_HOUR = 5  # of the company's day: what is due is told from then on


@job
def tell_day(progress, day: str) -> dict:
    zone = company_zone()
    people.forget_old_news(before=timezone.now() - REMEMBERED)
    return {"told": reminder.tell_day(day=dt.date.fromisoformat(day), zone=zone)}


@shared_task(name="accounts.jobs.remind_tick")
def remind_tick(**_ignored) -> int:
    """Each minute: reminders whose moment has come, and once a local date what is due."""
    company = Company.current()
    if company.set_up_at is None:
        return 0
    local = timezone.now().astimezone(ZoneInfo(company.time_zone))
    with translation.override(company.language):
        departure.close_due(day=local.date())
    key = f"absences:{local.date()}"
    if not Job.objects.filter(key=key).exists():
        enqueue("accounts.jobs.tend_absences", key=key, day=local.date().isoformat())
    key = f"news:{local.date()}"
    if local.hour >= FIRST_HOUR and not Job.objects.filter(key=key).exists():
        enqueue("accounts.jobs.tell_day", key=key, day=local.date().isoformat())
    key = f"watch:{local.date()}"
    if local.hour >= FIRST_HOUR and not Job.objects.filter(key=key).exists():
        enqueue("accounts.jobs.watch_handovers", key=key, day=local.date().isoformat())
    customer_letter_send.settle_lost_letters(before=timezone.now() - LOST_AFTER)
    return reminder.remind_of_tasks()


@shared_task(name="accounts.jobs.gate_tick")
def gate_tick(**_ignored) -> int:
    """Each minute: what somebody was let through for until now, and who may answer no more."""
    company = Company.current()
    if company.set_up_at is None:
        return 0
    now = timezone.now()
    with translation.override(company.language):
        swept = gate.sweep_overrides(now=now)
        return swept + gate.keep_gate(day=company_day(), now=now)

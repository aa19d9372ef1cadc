"""Doors of background work for hiring."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from common.jobs import enqueue, job
from common.models import Job
from hiring import mail
from hiring.choices import LetterState
from hiring.commands import (
    candidate_import,  # noqa: F401  the worker knows this kind of file by it
    erasure,
    file,
    home_task,
    letter_send,
    offer_answer,
    probation_night,
    probation_week,
    retention,
    seat,
    session_parts,
    session_reminders,
)
from hiring.commands import offer as offer_commands
from hiring.models import DetailChange, Letter
from hiring.queries import notices  # noqa: F401  the worker that mails digests knows them by this
from hiring.queries.proof import first_broken
from people.models import Company, company_day, company_zone

# A worker that took a letter this long ago is dead.
LOST_AFTER = dt.timedelta(minutes=10)


def _send(letter_id: int) -> bool:
    """Whether it went; what stood in the way is kept on the letter."""
    letter = letter_send.claim_letter(letter_id, now=timezone.now())
    if letter is None:
        return False
    try:
        mail.send(letter)
    except Exception as error:  # whatever the server answers is told to people, who may retry
        said = " ".join(str(error).split()) or type(error).__name__
        letter_send.settle_letter(letter, state=LetterState.FAILED, trouble=f"refused:{said}")
        return False
    letter_send.settle_letter(letter, state=LetterState.SENT)
    return True


@job
def send_letter(progress, letter_id: int) -> dict:
    """One letter, now. Run twice it goes once: the second run finds it taken."""
    return {"sent": int(_send(letter_id))}


@job
def send_due_letters(progress) -> dict:
    """Those that waited for their time, oldest first."""
    ids = list(
        Letter.objects.due(timezone.now())
        .filter(sent_at=None)
        .order_by("send_at", "pk")
        .values_list("pk", flat=True)[:500]
    )
    sent = 0
    for place, letter_id in enumerate(ids):
        progress(place, len(ids))
        sent += _send(letter_id)
    return {"sent": sent, "found": len(ids)}


@shared_task(name="hiring.jobs.letters_tick")
def letters_tick(**_ignored) -> int:
    """Every minute: start the sending of what is due, tell of what a dead worker left."""
    now = timezone.now()
    lost = letter_send.settle_lost_letters(before=now - LOST_AFTER)
    if Letter.objects.due(now).filter(sent_at=None).exists():
        enqueue("hiring.jobs.send_due_letters", key="letters")
    return lost


@job
def ask_observers(progress, seat_id: int) -> dict:
    """Whoever observes is asked to judge somebody who got a place by moving up the waiting list."""
    refused = session_parts.ask_for_seat(seat_id=seat_id)
    return {"refused": len(refused)}


@job
def erase_candidate(progress, erasure_id: int) -> dict:
    """What a second person has confirmed; run twice it ends the same."""
    return {"files": erasure.run_erasure(erasure_id).counts["files"]}


@job
def erase_due(progress) -> dict:
    """Candidates whose time is over, and what an interrupted run has left."""
    return {"erased": retention.erase_due()}


@job
def check_looks(progress) -> dict:
    """Whether the log of who looked at candidates is whole; a failed job is seen by people."""
    broken = first_broken()
    if broken is not None:
        raise ValueError(f"row {broken} of the log does not fit what came before")
    return {}


@shared_task(name="hiring.jobs.retention_tick")
def retention_tick(**_ignored) -> None:
    """Every hour; the day's work is begun once, by its key."""
    for work in ("erase_due", "check_looks"):
        key = f"{work}:{timezone.now():%Y-%m-%d}"
        if not Job.objects.filter(key=key).exists():
            enqueue(f"hiring.jobs.{work}", key=key)


@job
def read_candidate_file(progress, file_id: int) -> dict:
    """The words of a CV, by a child process that may die of it; safe to run again."""
    row = file.read_file(file_id=file_id)
    return {"signs": len(row.text) if row else 0}


@shared_task(name="hiring.jobs.offers_tick")
def offers_tick(**_ignored) -> int:
    """Every few minutes: offers nobody answered expire, new colleagues are linked to theirs."""
    offer_answer.link_colleagues()
    return offer_commands.expire_offers(now=timezone.now())


@job
def send_email_code(progress, change_id: int) -> dict:
    """The code that proves a new address; a change that has gone or is done needs none."""
    change = DetailChange.objects.filter(pk=change_id, done_at=None).first()
    if change:
        mail.send_email_code(change)
    return {"sent": int(change is not None)}


@job
def send_email_notice(progress, change_id: int) -> dict:
    """Tell the old address that another one has taken its place."""
    change = DetailChange.objects.filter(pk=change_id, done_at__isnull=False).first()
    if change:
        mail.send_email_notice(change)
    return {"sent": int(change is not None)}


@job
def remind_of_sessions(progress) -> dict:
    """Every reminder that is due, each once; places of those who are out become free."""
    for candidacy_id in session_reminders.ended_with_seats(timezone.now()):
        seat.release_seats(candidacy_id=candidacy_id)
    due = session_reminders.seats_to_remind(timezone.now())
    sent = 0
    for place, (seat_id, hours) in enumerate(due):
        progress(place, len(due))
        sent += session_reminders.remind_seat(seat_id=seat_id, hours=hours)
    return {"sent": sent}


@shared_task(name="hiring.jobs.sessions_tick")
def sessions_tick(**_ignored) -> int:
    """Every five minutes: whether somebody is to be reminded of a session."""
    now = timezone.now()
    due = len(session_reminders.seats_to_remind(now))
    if due or session_reminders.ended_with_seats(now):
        enqueue("hiring.jobs.remind_of_sessions", key="session-reminders")
    return due


@shared_task(name="hiring.jobs.tasks_tick")
def tasks_tick(**_ignored) -> int:
    """Every few minutes: a reminder a day before the due time; a week after it, not handed in."""
    now = timezone.now()
    home_task.expire_due(now)
    return home_task.remind_due(now)


@job
def measure_probations(progress, day: str) -> dict:
    """Running trials as of the end of a day; run twice it writes the same."""
    left = probation_night.close_left(timezone.now())
    return {"goals": probation_night.measure_probations(dt.date.fromisoformat(day)), "left": left}


@shared_task(name="hiring.jobs.probations_tick")
def probations_tick(**_ignored) -> int:
    """Every quarter of an hour: trials begin on their day, due talks are told; once a night
    yesterday is measured."""
    today = company_day()
    started = probation_night.start_due(today)
    probation_week.remind_weeks(today)
    key = f"probations:{today}"
    hour = timezone.now().astimezone(company_zone()).hour
    if hour >= Company.current().night_hour and not Job.objects.filter(key=key).exists():
        yesterday = today - dt.timedelta(days=1)
        enqueue("hiring.jobs.measure_probations", key=key, day=yesterday.isoformat())
    return started

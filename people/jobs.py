"""Letters. Each may be sent twice when a worker dies in between; none is harmful twice."""

import datetime as dt
from zoneinfo import ZoneInfo

from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone

from common.jobs import enqueue, job
from common.models import Job
from people import commands, mail, queries, rules
from people.models import Company, EmailChange, Invitation, User


@job
def mail_invitation(progress, invitation_id: int) -> None:
    row = Invitation.objects.select_related("invited_by").filter(pk=invitation_id).first()
    if row and row.is_open:
        mail.invitation(row)


@job
def mail_password_reset(progress, user_id: int) -> None:
    """`user_id` 0 stands for an address nobody has: asking takes the same time for both."""
    user = User.objects.active().filter(pk=user_id).first()
    if user:
        token = default_token_generator.make_token(user)
        mail.password_reset(user, uid=user_pk_to_url_str(user), token=token)


@job
def mail_email_change(progress, change_id: int) -> None:
    change = EmailChange.objects.select_related("user").filter(pk=change_id).first()
    if change and change.confirmed_at is None and change.undone_at is None:
        mail.email_confirm(change)
        mail.email_undo(change)


@job
def mail_security_notice(progress, user_id: int, kind: str) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user:
        mail.security_notice(user, kind=kind)


@job
def mail_digest(progress, user_id: int, day: str) -> dict:
    """One letter a person and day, by what they may see now; none when there is nothing to tell."""
    date = dt.date.fromisoformat(day)
    before = commands.claim_digest(user_id=user_id, day=date)
    if before is False:
        return {"sent": 0}
    user = User.objects.get(pk=user_id)
    try:
        with mail.for_reader(user):
            letter = queries.digest(user, date)
            if not letter.is_empty:
                mail.digest(user, letter, day=date)
    except Exception:
        commands.give_digest_back(user_id=user_id, day=date, before=before)
        raise
    commands.note_mailed(user=user, ids=letter.ids)
    return {"sent": 0 if letter.is_empty else 1}


@shared_task(name="people.jobs.digest_tick")
def digest_tick(**_ignored) -> int:
    """Every few minutes: start the digests whose hour has come where their reader is; how many.

    The key carries the reader's local date: clocks that are set back send nothing twice.
    """
    company = Company.current()
    if company.set_up_at is None:
        return 0
    now, begun = timezone.now(), 0
    for user in User.objects.active().exclude(digest="never"):
        local = now.astimezone(ZoneInfo(user.time_zone or company.time_zone))
        date = rules.digest_date(local, how_often=user.digest, hour=user.digest_hour)
        if date is None or (user.digest_on and user.digest_on >= date):
            continue
        key = f"digest:{user.pk}:{date}"
        if not Job.objects.filter(key=key).exists():
            enqueue("people.jobs.mail_digest", key=key, user_id=user.pk, day=date.isoformat())
            begun += 1
    return begun

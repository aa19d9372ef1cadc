"""What a director lets through the gate, until when; and the watch that keeps it shut."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands import control
from accounts.commands.account import locked
from accounts.models import Account, Assignment, GateOverride
from accounts.queries import gate
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User, company_day

LONGEST = dt.timedelta(days=90)

verbs.register(
    {
        "account.let_through": gettext_lazy("Let somebody through the gate for a time"),
        "account.let_through_ended": gettext_lazy("Ended letting somebody through the gate"),
    }
)


@transaction.atomic
def override_gate(
    *, actor: User, account_id: int, user: User, until: dt.datetime, reason: str
) -> GateOverride:
    """Let `user` answer for a key account until this minute. It assigns nobody by itself."""
    if not actor.is_director:
        raise RuleBroken(_("Only a director may let somebody through."))
    account = locked(account_id, actor=actor)
    now = timezone.now()
    if not reason.strip():
        raise RuleBroken(_("Say why this person may do it now."))
    if not now < until <= now + LONGEST:
        raise RuleBroken(_("Choose an end within the next 90 days."))
    if user.pk == actor.pk or not user.is_active:
        raise RuleBroken(_("Choose an active colleague."))
    _end(GateOverride.objects.at(now).filter(account=account, user=user), now)
    row = GateOverride.objects.create(
        account=account, user=user, valid_from=now, valid_until=until, made_by=actor,
        reason=reason.strip()[:400],
    )  # fmt: skip
    held = _held(account, user)
    held.update(expires_at=until)
    record(
        actor=actor, verb="account.let_through", target=account, user=user.pk, name=str(user),
        until=until.isoformat(), reason=row.reason,
    )  # fmt: skip
    return row


@transaction.atomic
def end_override(*, actor: User, override_id: int) -> GateOverride:
    """Take it back before its time; what was held by it goes to a director at once."""
    if not actor.is_director:
        raise RuleBroken(_("Only a director may let somebody through."))
    row = GateOverride.objects.select_related("account", "user").get(pk=override_id)
    locked(row.account_id, actor=actor)
    now = timezone.now()
    if not _end(GateOverride.objects.at(now).filter(pk=row.pk), now):
        raise RuleBroken(_("This has ended already."))
    _held(row.account, row.user).update(expires_at=now)
    record(
        actor=actor, verb="account.let_through_ended", target=row.account, user=row.user_id,
        name=str(row.user),
    )  # fmt: skip
    sweep_overrides(now=now, account=row.account)
    row.refresh_from_db()
    return row


def _end(rows, now: dt.datetime) -> int:
    return rows.update(ended_at=now)


def _held(account: Account, user: User):
    """Rows that stand only because somebody was let through."""
    return account.assignments.filter(user=user).exclude(expires_at=None)


def sweep_overrides(*, now: dt.datetime, account: Account | None = None) -> int:
    """What an override carried until a minute now past goes to a director; how many accounts.

    Rights ended at that minute already (Assignment.today); this names who follows.
    """
    today = company_day()
    rows = Assignment.objects.filter(expires_at__lte=now).exclude(valid_to__lte=today)
    if account is not None:
        rows = rows.filter(account=account)
    ids = sorted(set(rows.values_list("account", flat=True)))
    for pk in ids:
        control.keep_safe(account_id=pk, day=today, now=now)
    return len(ids)


def keep_gate(*, day: dt.date, now: dt.datetime | None = None) -> int:
    """Key accounts whose owner may not own them, or is gone, go under a director's control; how
    many. The night calls it after it has found what is key; safe to run twice."""
    now = now or timezone.now()
    found = gate.breaches(day, now)
    for account, _owner in found:
        control.keep_safe(account_id=account.pk, day=day, now=now)
    return len(found)

"""What a director lets through the gate, until when; and the watch that keeps it shut."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AssignmentRole
from accounts.commands import control, placing
from accounts.commands.account import locked
from accounts.models import Account, Assignment, GateOverride
from accounts.queries import gate
from accounts.rules.gate import GUARDED
from common import formats
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User, company_day

LONGEST = dt.timedelta(days=90)


def _let_through(data: dict) -> str:
    until = timezone.localtime(dt.datetime.fromisoformat(data["until"]))
    words = {"name": data["name"], "until": formats.moment(until), "reason": data["reason"]}
    return _("%(name)s was let through the gate until %(until)s: %(reason)s") % words


verbs.register(
    {
        "account.let_through": _let_through,
        "account.let_through_ended": gettext_lazy("%(name)s is no longer let through the gate"),
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
    if user.pk == actor.pk or not (user.is_active and user.is_kam):
        raise RuleBroken(_("Choose a manager who works here and whom the gate stops."))
    if gate.stands_free(account, user, company_day()):
        raise RuleBroken(_("%(name)s may answer for this account as it is.") % {"name": user})
    _end(GateOverride.objects.at(now).filter(account=account, user=user), now)
    row = GateOverride.objects.create(
        account=account, user=user, valid_from=now, valid_until=until, made_by=actor,
        reason=reason.strip()[:400],
    )  # fmt: skip
    _carry(account, user, until)
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
    _carry(row.account, row.user, now)
    record(
        actor=actor, verb="account.let_through_ended", target=row.account, user=row.user_id,
        name=str(row.user),
    )  # fmt: skip
    sweep_overrides(now=now, account=row.account)
    row.refresh_from_db()
    return row


def _end(rows, now: dt.datetime) -> int:
    return rows.update(ended_at=now)


def _carry(account: Account, user: User, until: dt.datetime) -> None:
    """Rows that stand only because somebody was let through stand until then."""
    rows = account.assignments.filter(user=user, role__in=GUARDED)
    rows = rows.exclude(valid_to__lte=company_day())
    for row in rows if gate.is_key(account) else rows.exclude(expires_at=None):
        placing.set_expiry(row, until)


def sweep_overrides(*, now: dt.datetime, account: Account | None = None) -> int:
    """What an override carried until a minute now past goes to a director; how many accounts.

    Rights ended at that minute already (Assignment.today); this names who follows. Who may
    meanwhile answer for it without an override keeps it.
    """
    today = company_day()
    rows = Assignment.objects.on(today).filter(expires_at__lte=now)
    if account is not None:
        rows = rows.filter(account=account)
    ids = sorted(set(rows.values_list("account", flat=True)))
    for pk in ids:
        _sweep(pk, today, now)
    return len(ids)


@transaction.atomic
def _sweep(account_id: int, today: dt.date, now: dt.datetime) -> None:
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    rows = account.assignments.on(today).filter(expires_at__lte=now).select_related("user")
    for row in rows:
        answer = gate.gate_answer(account, row.user, role=row.role, day=today, at=now)
        row.account = account
        if answer.allowed:
            placing.set_expiry(row, answer.override and answer.override.valid_until)
        elif row.role == AssignmentRole.DEPUTY:
            _step_aside(row)
    control.keep_safe(account_id=account.pk, day=today, now=now)
    placing.copy_owner(account)


def _step_aside(row: Assignment) -> None:
    account, name = row.account, str(row.user)
    user, role = row.user_id, row.role
    placing.step_aside(row, function=_("former deputy"))
    record(
        actor=None, verb="account.assignment_ended", target=account, user=user, name=name,
        role=role, day=company_day().isoformat(),
    )  # fmt: skip


def _bind(now: dt.datetime) -> None:
    """What became key while its manager was let through is theirs until then, no longer."""
    for row in GateOverride.objects.at(now).select_related("account", "user"):
        held = row.account.assignments.filter(user=row.user, role__in=GUARDED, expires_at=None)
        held = held.exclude(valid_to__lte=company_day())
        if held.exists() and not gate.stands_free(row.account, row.user, company_day()):
            with transaction.atomic():
                account = Account.objects.select_for_update(no_key=True).get(pk=row.account_id)
                _carry(account, row.user, row.valid_until)


def keep_gate(*, day: dt.date, now: dt.datetime | None = None) -> int:
    """Key accounts whose owner may not own them, or is gone, go under a director's control, and
    deputies who may not stand in step aside; how many accounts. The night calls it after it has
    found what is key; safe to run twice."""
    now = now or timezone.now()
    kept = set()
    _bind(now)
    for account, _owner in gate.breaches(day, now):
        if control.keep_safe(account_id=account.pk, day=day, now=now) is not None:
            kept.add(account.pk)
    for pk in sorted({row.account_id for row in gate.wrong_deputies(day, now)}):
        with transaction.atomic():
            Account.objects.select_for_update(no_key=True).get(pk=pk)
            for row in gate.wrong_deputies(day, now, account=pk):
                _step_aside(row)
                kept.add(pk)
    return len(kept)

"""A director answers for an account personally, for one to three months."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AssignmentRole
from accounts.commands import placing
from accounts.models import Account, Assignment, CareSettings, Control
from accounts.queries import gate, notices
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import Departure, User, company_day

LONGEST_DAYS = 92

verbs.register(
    {
        "account.control_taken": gettext_lazy("Under a director's personal control"),
        "account.control_ended": gettext_lazy("Personal control ended"),
    }
)


@transaction.atomic
def take_control(
    *,
    actor: User | None,
    account_id: int,
    director: User,
    until: dt.date | None = None,
    reason: str,
    departure: Departure | None = None,
) -> Control:
    """`director` owns the account from today; the former owner helps on in its team.

    `actor` None: the system, when nobody else may own it. `until` is the planned end, within 92
    days; nothing happens by itself on it but reminders.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    today = company_day()
    until = until or today + dt.timedelta(days=CareSettings.current().control_days)
    if actor is not None and not actor.is_director:
        raise RuleBroken(_("Only directors take an account under personal control."))
    if not reason.strip():
        raise RuleBroken(_("Say why it comes under personal control."))
    if not today < until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise RuleBroken(_("Personal control lasts from a day to three months."))
    if Control.objects.filter(account=account, ended_at=None).exists():
        raise RuleBroken(_("This account is under personal control already."))
    former = account.assignments.owners().on(today).select_related("user").first()
    row, undo = placing.place(
        account, user=director, role=AssignmentRole.OWNER, start=today, actor=actor, reason=reason
    )
    control = Control.objects.create(
        account=account, director=director, departure=departure, assignment=row,
        former=former and former.user, reason=reason.strip()[:400], undo=asdict(undo),
        valid_from=today, valid_to=until,
    )  # fmt: skip
    _keep_helping(account, former, actor=actor)
    record(
        actor=actor, verb="account.control_taken", target=account, user=director.pk,
        name=str(director), until=until.isoformat(), reason=control.reason,
    )  # fmt: skip
    if actor is None or actor.pk != director.pk:
        cause = f"control:{control.pk}"
        tell(user=director, kind=notices.ACCOUNT_GIVEN, target=account, cause=cause)
    return control


def _keep_helping(account: Account, former: Assignment | None, *, actor: User | None) -> None:
    """The work goes on: who answered until now stays in the account's team, without its rights."""
    if former is None or not former.user.is_active:
        return
    placing.place(
        account, user=former.user, role=AssignmentRole.TEAM, start=company_day(), actor=actor,
        function=_("former manager"),
    )  # fmt: skip


def keep_safe(*, account_id: int, day: dt.date, now: dt.datetime) -> Control | None:
    """The system's own step when a key account's owner may not own it or is gone: it goes under
    the control of the director whom it concerns. None when it is in order or there is none."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        found = gate.breaches(day, now, account=account.pk)
        if not found:
            return None
        owner = found[0][1]
        director = gate.director_for(account, owner and owner.pk)
        if director is None:
            return None
        Control.objects.filter(account=account, ended_at=None).update(ended_at=now)
        return take_control(
            actor=None, account_id=account.pk, director=director,
            reason=_("Its manager may not answer for a key account, or is gone."),
        )  # fmt: skip

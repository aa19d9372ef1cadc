"""A director answers for an account personally, for one to three months."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AssignmentRole
from accounts.commands import placing
from accounts.commands.control_end import end, end_outlived
from accounts.models import Account, Assignment, CareSettings, Control
from accounts.queries import gate, notices
from accounts.rules import control as rules
from accounts.rules.control import Refusal
from common import formats
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import Departure, User, company_day, company_zone

verbs.register(
    {
        "account.control_taken": gettext_lazy("Under a director's personal control"),
        "account.control_prolonged": gettext_lazy("Personal control prolonged"),
        "account.control_ended": gettext_lazy("Personal control ended"),
        "account.control_undone": gettext_lazy("Personal control taken back"),
    }
)


def _words(refusal: Refusal) -> str:
    return {
        Refusal.NOT_DIRECTOR: _("Only directors take an account under personal control."),
        Refusal.NO_REASON: _("Say why it comes under personal control."),
        Refusal.LENGTH: _("Personal control lasts from a day to three months."),
        Refusal.BACKWARDS: _("Choose a day after the present end and after today."),
        Refusal.TOO_LONG: _(
            "Three months from its beginning are the most. Hand the account over by a plan, or"
            " keep it for good."
        ),
    }[refusal]


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
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    today = company_day()
    until = until or today + dt.timedelta(days=CareSettings.current().control_days)
    refusal = rules.begin_refusal(
        until=until, today=today, reason=reason,
        is_director=director.is_director and (actor is None or actor.is_director),
    )  # fmt: skip
    if refusal:
        raise RuleBroken(_words(refusal))
    if Control.objects.filter(account=account, ended_at=None).exists():
        raise RuleBroken(_("This account is under personal control already."))
    former = account.assignments.owners().on(today).select_related("user").first()
    if former and former.user_id == director.pk:
        raise RuleBroken(_("%(name)s owns this account already.") % {"name": director})
    row, undo = placing.place(
        account, user=director, role=AssignmentRole.OWNER, start=today,
        to=former and former.valid_to, actor=actor, reason=reason.strip()[:300],
    )  # fmt: skip
    undone = [asdict(undo)]
    if departure is None:
        undone += _keep_helping(account, former, actor=actor)
    control = Control.objects.create(
        account=account, director=director, departure=departure, assignment=row,
        former=former and former.user, reason=reason.strip()[:400], undo={"placed": undone},
        valid_from=today, valid_to=until,
    )  # fmt: skip
    record(
        actor=actor, verb="account.control_taken", target=account, user=director.pk,
        name=str(director), until=until.isoformat(), reason=control.reason,
    )  # fmt: skip
    if actor is None or actor.pk != director.pk:
        cause = f"control:{control.pk}"
        tell(user=director, kind=notices.ACCOUNT_GIVEN, target=account, cause=cause)
    return control


def _keep_helping(account: Account, former: Assignment | None, *, actor: User | None) -> list[dict]:
    """The work goes on: who answered until now stays in the account's team, without its rights."""
    if former is None or not former.user.is_active:
        return []
    _row, undo = placing.place(
        account, user=former.user, role=AssignmentRole.TEAM, start=company_day(), actor=actor,
        function=_("former manager"),
    )  # fmt: skip
    return [asdict(undo)]


@transaction.atomic
def take_control_of(
    *,
    actor: User | None,
    user: User,
    director: User,
    until: dt.date | None = None,
    reason: str,
    departure: Departure | None = None,
) -> list[Control]:
    """Every key account that `user` owns today, all or none, in the order of their numbers."""
    owned = Assignment.objects.owners().on(company_day()).filter(user=user)
    keys = Account.objects.present().filter(pk__in=owned.values("account"), score__is_key=True)
    made = []
    for pk in keys.order_by("pk").values_list("pk", flat=True):
        _end_running(pk, outcome=_("Passed on to %(name)s.") % {"name": director})
        made.append(
            take_control(
                actor=actor, account_id=pk, director=director, until=until, reason=reason,
                departure=departure,
            )
        )  # fmt: skip
    return made


def _end_running(account_id: int, *, outcome: str) -> None:
    """A control that another follows: the row says who answers, this only ends the watch."""
    running = Control.objects.filter(account=account_id, ended_at=None)
    running.update(ended_at=timezone.now(), outcome=outcome[:400])


@transaction.atomic
def prolong_control(*, actor: User, control_id: int, until: dt.date, reason: str) -> Control:
    """A later planned end, within three months of its beginning."""
    control = _locked(control_id, actor=actor)
    was = control.valid_to
    refusal = rules.prolong_refusal(
        begun=control.valid_from, end=was, until=until, today=company_day(), reason=reason
    )
    if refusal == Refusal.NO_REASON:
        raise RuleBroken(_("Say why it takes longer."))
    if refusal:
        raise RuleBroken(_words(refusal))
    control.valid_to = until
    control.version += 1
    control.save(update_fields=["valid_to", "version"])
    record(
        actor=actor, verb="account.control_prolonged", target=control.account,
        changes={"until": [was.isoformat(), until.isoformat()]}, reason=reason.strip()[:400],
    )  # fmt: skip
    return control


@transaction.atomic
def end_control(*, actor: User, control_id: int, outcome: str) -> Control:
    """The watch ends and the director keeps the account for good. Handing it over ends it too."""
    control = _locked(control_id, actor=actor)
    if not outcome.strip():
        raise RuleBroken(_("Say how it ended: who answers from now on, and why."))
    end(control, actor=actor, outcome=outcome)
    return control


@transaction.atomic
def undo_control(*, actor: User, control_id: int) -> Control:
    """Everything as it was before, on the day it was taken."""
    control = _locked(control_id, actor=actor)
    if timezone.localdate(control.made_at, company_zone()) != company_day():
        raise RuleBroken(_("This was done on an earlier day; hand the account over instead."))
    if control.departure_id is not None:
        raise RuleBroken(_("It belongs to somebody's leaving: take that back as a whole."))
    for entry in reversed(control.undo.get("placed", [])):
        placing.take_back(control.account, entry)
    control.ended_at, control.outcome = timezone.now(), _("Taken back.")
    control.version += 1
    control.save(update_fields=["ended_at", "outcome", "version"])
    record(actor=actor, verb="account.control_undone", target=control.account)
    return control


def _locked(control_id: int, *, actor: User) -> Control:
    """The running control; Control.DoesNotExist when it is not the actor's to change."""
    if not actor.is_director:
        raise Control.DoesNotExist
    rows = Control.objects.visible_to(actor)
    account_id = rows.values_list("account", flat=True).get(pk=control_id)
    Account.objects.select_for_update(no_key=True).get(
        pk=account_id
    )  # the account first, as everybody does
    rows = rows.select_for_update(of=("self",)).select_related("account", "director")
    control = rows.get(pk=control_id)
    if control.ended_at is not None:
        raise RuleBroken(
            _("This ended on %(day)s.") % {"day": formats.day(timezone.localdate(control.ended_at))}
        )
    return control


def close_controls(*, day: dt.date) -> int:
    """Those whose account another owns from `day` on are over; how many. Safe to run twice."""
    theirs = (
        Assignment.objects.owners()
        .on(day)
        .filter(account=OuterRef("account"), user=OuterRef("director"))
    )
    outlived = Control.objects.filter(~Exists(theirs), ended_at=None)
    ended = 0
    for pk in sorted(set(outlived.values_list("account", flat=True))):
        with transaction.atomic():
            account = Account.objects.select_for_update(no_key=True).get(pk=pk)
            ended += len(end_outlived(account, day=day, actor=None))
    return ended


def keep_safe(*, account_id: int, day: dt.date, now: dt.datetime) -> Control | None:
    """The system's own step when a key account's owner may not own it or is gone: it goes under
    the control of the director whom it concerns. None when it is in order or there is none."""
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
        found = gate.breaches(day, now, account=account.pk)
        if not found:
            return None
        owner = found[0][1]
        director = gate.director_for(account, owner and owner.pk)
        if director is None:
            return None
        _end_running(account.pk, outcome=_("Passed on to %(name)s.") % {"name": director})
        return take_control(
            actor=None, account_id=account.pk, director=director,
            reason=_("Its manager may not answer for a key account, or is gone."),
        )  # fmt: skip

"""How a trial ends: passed, prolonged, not passed. Always by somebody else, always dated."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HandoverPlan
from common.errors import RuleBroken
from hiring.choices import CheckInState
from hiring.commands.probation_accounts import give_back
from hiring.commands.probation_steps import ask, date_words, locked, step, told
from hiring.models import CheckIn, Probation
from hiring.queries import probation_notices as notices
from hiring.queries.probation_progress import unreached_musts
from hiring.rules import probation as rules
from people import verbs
from people.choices import DepartureKind, Role
from people.commands import record
from people.commands.departure import note_departure
from people.commands.employment import set_employment
from people.models import Departure, User, company_day

verbs.register(
    {
        "probation.extended": gettext_lazy("A probation was extended"),
        "probation.passed": gettext_lazy("A probation was passed"),
        "probation.failed": gettext_lazy("A probation was not passed"),
        "probation.planned_on": gettext_lazy("A plan of handovers followed a probation"),
    }
)


def _reasons(text: str) -> str:
    return text.replace("\x00", "").strip()[:4000]


def plan_weeks(probation: Probation) -> None:
    """A talk for every week, as the dates stand; held ones stay. Safe to repeat."""
    due = rules.weeks_of(probation.starts_on, probation.ends_on)
    for week, day in enumerate(due, start=1):
        row, made = CheckIn.objects.get_or_create(
            probation=probation, week=week, defaults={"due_on": day}
        )
        if not made and row.due_on != day and row.state == CheckInState.PLANNED:
            CheckIn.objects.filter(pk=row.pk).update(due_on=day)


@transaction.atomic
def extend_probation(*, actor: User, probation_id: int, to: dt.date, reasons: str) -> Probation:
    """Until a later last day, within the limit counted from the first day."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "extend", actor)
    reasons = _reasons(reasons)
    if not reasons:
        raise RuleBroken(_("Write the reason. Nothing was changed."))
    refusal = rules.extension_refusal(
        starts_on=probation.starts_on, ends_on=probation.ends_on, to=to, today=company_day(),
        most_days=probation.limit and probation.limit.most_days,
    )  # fmt: skip
    if refusal:
        raise RuleBroken(date_words(refusal, probation))
    entry = {
        "on": company_day().isoformat(), "from": probation.ends_on.isoformat(),
        "to": to.isoformat(), "reasons": reasons, "by": actor.pk,
    }  # fmt: skip
    step(
        probation, "extend", actor=actor, verb="probation.extended",
        said={"from": entry["from"], "to": entry["to"]},
        ends_on=to, extensions=[*probation.extensions, entry],
    )  # fmt: skip
    plan_weeks(probation)
    told(probation, notices.EXTENDED, probation.user, probation.mentor, probation.lead)
    return probation


@transaction.atomic
def pass_probation(*, actor: User, probation_id: int, reasons: str = "") -> Probation:
    """Off probation, with the grade of the plan, from today; the accounts stay with them.

    Reasons are needed where a goal that must be reached was not.
    """
    probation = locked(probation_id, actor=actor)
    ask(probation, "pass", actor)
    reasons = _reasons(reasons)
    missed = unreached_musts(probation)
    if missed and not reasons:
        raise RuleBroken(
            _("Not reached: %(goals)s. Write why it is passed nevertheless.")
            % {"goals": "; ".join(missed)}
        )
    step(
        probation, "pass", actor=actor, verb="probation.passed", reasons=reasons,
        decided_at=timezone.now(), decided_by=actor,
    )  # fmt: skip
    set_employment(
        actor=actor, user=probation.user, day=company_day(), grade=probation.grade,
        on_probation=False, reason=_("Probation passed"),
    )  # fmt: skip
    told(probation, notices.PASSED, probation.user, probation.mentor, probation.lead)
    return probation


@transaction.atomic
def fail_probation(
    *, actor: User, probation_id: int, reasons: str, leaves_on: dt.date,
    notice_on: dt.date | None = None,
) -> Probation:  # fmt: skip
    """Not passed: in writing, with the notice of the country; `notice_on` is today or a day
    before. The accounts go back on the day after the last day of work."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "fail", actor)
    today = company_day()
    notice_on = notice_on or today
    reasons = _reasons(reasons)
    if not reasons:
        raise RuleBroken(_("Write the reasons: what was asked, what was seen, on which days."))
    if not probation.starts_on <= notice_on <= today:
        raise RuleBroken(_("Notice is given on a day of the trial, not later than today."))
    if leaves_on < today:
        raise RuleBroken(_("Choose today or a later day."))
    limit = probation.limit
    refusal = rules.leave_refusal(
        notice_on=notice_on, leaves_on=leaves_on, notice_days=limit and limit.notice_days
    )
    if refusal:
        raise RuleBroken(date_words(refusal, probation, notice_on=notice_on))
    give_back(probation, day=leaves_on + dt.timedelta(days=1), actor=actor)
    step(
        probation, "fail", actor=actor, verb="probation.failed", reasons=reasons,
        said={"leaves_on": leaves_on.isoformat()}, decided_at=timezone.now(), decided_by=actor,
        notice_on=notice_on, leaves_on=leaves_on,
    )  # fmt: skip
    told(probation, notices.FAILED, probation.user, probation.mentor, probation.lead)
    _note_leaving(probation, actor)
    return probation


def _note_leaving(probation: Probation, actor: User) -> None:
    """The last day of work closes the sign-in; who is no director asks them to note it."""
    user = User.objects.get(pk=probation.user_id)
    if not user.is_active or Departure.objects.open().filter(user=user).exists():
        return
    if actor.is_director:
        note_departure(
            actor=actor, user=user, last_day=probation.leaves_on, kind=DepartureKind.DISMISSED,
            note=_("Probation not passed"),
        )  # fmt: skip
    else:
        told(probation, notices.LEAVES, *User.objects.active().holding(Role.DIRECTOR))


@transaction.atomic
def attach_plan(*, actor: User, probation_id: int, plan: HandoverPlan) -> Probation:
    """Which key accounts follow one by one, after it was passed."""
    probation = locked(probation_id, actor=actor)
    if not actor.is_director:
        raise RuleBroken(_("Only a director plans who receives key accounts."))
    if probation.state != rules.PASSED or plan.to_user_id != probation.user_id:
        raise RuleBroken(_("Key accounts follow a probation that was passed."))
    Probation.objects.filter(pk=probation.pk).update(handover_plan=plan)
    probation.handover_plan = plan
    record(actor=actor, verb="probation.planned_on", target=probation, plan=plan.pk)
    return probation

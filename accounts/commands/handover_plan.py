"""Key accounts handed to one manager one at a time: the next begins when the last is accepted."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus, HandoverCause
from accounts.commands import handover as handovers
from accounts.models import Account, CareSettings, Handover, HandoverPlan, PlanStep
from accounts.queries import watch_notices as notices
from accounts.queries.gate import director_for
from accounts.rules import handover_plan as rules
from accounts.rules.handover import MOST_JOINT
from accounts.rules.handover_plan import Turn
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import User, company_day

verbs.register(
    {
        "user.plan_made": gettext_lazy("A plan of handovers was made"),
        "user.plan_changed": gettext_lazy("A plan of handovers was changed"),
        "user.plan_closed": gettext_lazy("A plan of handovers was closed"),
    }
)


class Conflict(RuleBroken):
    """Somebody changed the plan first; `plan` is what stands now."""

    def __init__(self, plan: HandoverPlan):
        super().__init__(_("Somebody else has changed this plan since you opened it."))
        self.plan = plan


@transaction.atomic
def plan_handovers(
    *,
    actor: User,
    to_user: User,
    account_ids: Sequence[int],
    starts_on: dt.date,
    spacing_days: int | None = None,
    joint_meetings: int | None = None,
    note: str = "",
) -> HandoverPlan:
    """A plan in this order; its first handover begins at once, past the gate.

    RuleBroken says why somebody cannot take an account now, and nothing is planned.
    """
    settings = CareSettings.current()
    spacing = settings.spacing_days if spacing_days is None else spacing_days
    joint = settings.joint_meetings if joint_meetings is None else joint_meetings
    _ask_director(actor)
    User.objects.select_for_update().get(pk=to_user.pk)
    _check_figures(starts_on, spacing, joint)
    if not to_user.is_active or not to_user.sells:
        raise RuleBroken(_("Choose an active manager."))
    if HandoverPlan.objects.filter(to_user=to_user, closed_at=None).exists():
        raise RuleBroken(
            _("There is a plan for %(name)s already; change that one.") % {"name": to_user}
        )
    accounts = _accounts(account_ids, to_user)
    plan = HandoverPlan.objects.create(
        to_user=to_user, starts_on=starts_on, spacing_days=spacing, joint_meetings=joint,
        note=note.strip()[:400], made_by=actor,
    )  # fmt: skip
    days = rules.dates(starts_on, spacing, len(accounts))
    steps = PlanStep.objects.bulk_create(
        PlanStep(plan=plan, account=account, position=place, planned_for=day)
        for place, (account, day) in enumerate(zip(accounts, days, strict=True))
    )
    record(
        actor=actor, verb="user.plan_made", target=to_user, plan=plan.pk,
        accounts=[account.pk for account in accounts],
    )  # fmt: skip
    _begin(plan, steps[0], actor=actor)
    return plan


def _ask_director(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Plans of handovers are made by directors."))


def _check_figures(starts_on: dt.date, spacing: int, joint: int) -> None:
    if starts_on < company_day():
        raise RuleBroken(_("The first day lies behind us: choose today or later."))
    if not rules.SPACING[0] <= spacing <= rules.SPACING[1]:
        raise RuleBroken(_("Between two handovers lie one to 365 days."))
    if not 0 <= joint <= MOST_JOINT:
        raise RuleBroken(_("Choose between no joint meeting and ten."))


def _accounts(ids: Sequence[int], to_user: User, plan: HandoverPlan | None = None) -> list[Account]:
    """In this order, each once. RuleBroken for what cannot be in a plan."""
    wanted = list(dict.fromkeys(ids))
    if not 0 < len(wanted) <= rules.MOST_STEPS:
        raise RuleBroken(_("A plan has one to %(most)s accounts.") % {"most": rules.MOST_STEPS})
    found = Account.objects.in_bulk(wanted)
    if len(found) != len(wanted):
        raise Account.DoesNotExist
    over = (AccountStatus.CLOSED, AccountStatus.MERGED)
    elsewhere = PlanStep.objects.filter(plan__closed_at=None, handover=None, account__in=wanted)
    planned = set(elsewhere.exclude(plan=plan).values_list("account", flat=True))
    running = Handover.objects.filter(account__in=wanted).exclude(state__in=rules.ACCEPTED)
    moving = set(running.exclude(state__in=rules.GIVEN_UP).values_list("account", flat=True))
    for pk in wanted:
        name = {"name": found[pk].name}
        if found[pk].status in over:
            raise RuleBroken(_("%(name)s is closed.") % name)
        if found[pk].owner_id == to_user.pk:
            raise RuleBroken(_("%(name)s is theirs already.") % name)
        if pk in planned or pk in moving:
            raise RuleBroken(_("%(name)s is in a handover or another plan already.") % name)
    return [found[pk] for pk in wanted]


def _begin(plan: HandoverPlan, step: PlanStep, *, actor: User) -> Handover:
    today = company_day()
    handover = handovers.plan_handover(
        actor=actor, account_id=step.account_id, to_user=plan.to_user,
        cause=HandoverCause.GRADUATED, planned_for=max(step.planned_for, today),
        joint_meetings=plan.joint_meetings, plan=plan, position=step.position, note=plan.note,
    )  # fmt: skip
    step.handover, step.trouble = handover, ""
    step.save(update_fields=["handover", "trouble"])
    return handover


def locked_plan(plan_id: int, version: int | None = None) -> HandoverPlan:
    plan = HandoverPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if version is not None and plan.version != version:
        raise Conflict(plan)
    if plan.closed_at is not None:
        raise RuleBroken(_("This plan is closed."))
    return plan


@transaction.atomic
def change_plan(
    *, actor: User, plan_id: int, version: int, account_ids: Sequence[int], spacing_days: int,
    joint_meetings: int,
) -> HandoverPlan:  # fmt: skip
    """Other accounts or another order of those that have not begun; the days are counted anew."""
    _ask_director(actor)
    plan = locked_plan(plan_id, version)
    _check_figures(company_day(), spacing_days, joint_meetings)
    begun = list(plan.steps.filter(handover__isnull=False).select_related("handover"))
    accounts = _accounts(account_ids, plan.to_user, plan) if account_ids else []
    if {account.pk for account in accounts} & {step.account_id for step in begun}:
        raise RuleBroken(_("What has begun stays where it is."))
    if len(begun) + len(accounts) > rules.MOST_STEPS:
        raise RuleBroken(_("A plan has one to %(most)s accounts.") % {"most": rules.MOST_STEPS})
    plan.steps.filter(handover=None).delete()
    plan.spacing_days, plan.joint_meetings = spacing_days, joint_meetings
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, account=account, position=len(begun) + place, planned_for=day)
        for place, (account, day) in enumerate(
            zip(accounts, _days(plan, begun, len(accounts)), strict=True)
        )
    )
    _touch(plan, "spacing_days", "joint_meetings")
    record(
        actor=actor, verb="user.plan_changed", target=plan.to_user, plan=plan.pk,
        accounts=[account.pk for account in accounts],
    )  # fmt: skip
    return plan


def _days(plan: HandoverPlan, begun: list[PlanStep], number: int) -> list[dt.date]:
    """Of those to come: counted from the last that began, never in the past."""
    today = company_day()
    if not begun:
        return rules.dates(max(plan.starts_on, today), plan.spacing_days, number)
    last = begun[-1].handover
    day = last.accepted_on or last.planned_for
    first = max(day + dt.timedelta(days=plan.spacing_days), today)
    return rules.dates(first, plan.spacing_days, number)


def _touch(plan: HandoverPlan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*fields, "version"])


@transaction.atomic
def begin_next(*, actor: User, plan_id: int, version: int, reason: str = "") -> Handover:
    """A director begins the next one now; before the last is accepted only with a reason."""
    _ask_director(actor)
    plan = locked_plan(plan_id, version)
    steps = list(plan.steps.select_related("handover"))
    waiting = [step for step in steps if step.handover_id is None]
    if not waiting:
        raise RuleBroken(_("All of this plan have begun."))
    now = rules.turn([step.handover and step.handover.state for step in steps])
    if now == Turn.WAIT and not reason.strip():
        raise RuleBroken(_("The last one is not accepted yet: say why this one begins now."))
    handover = _begin(plan, waiting[0], actor=actor)
    _touch(plan)
    record(
        actor=actor, verb="user.plan_changed", target=plan.to_user, plan=plan.pk,
        began=handover.account_id, reason=reason.strip()[:400],
    )  # fmt: skip
    return handover


@transaction.atomic
def close_plan(*, actor: User, plan_id: int, version: int, reason: str) -> HandoverPlan:
    """No further one begins; those under way go on."""
    _ask_director(actor)
    plan = locked_plan(plan_id, version)
    if not reason.strip():
        raise RuleBroken(_("Say why the plan ends here."))
    plan.closed_at = timezone.now()
    _touch(plan, "closed_at")
    record(
        actor=actor, verb="user.plan_closed", target=plan.to_user, plan=plan.pk,
        reason=reason.strip()[:400],
    )  # fmt: skip
    return plan


def advance_plans(day: dt.date) -> int:
    """Every open plan a step further where its turn has come; how many began. Safe twice a day."""
    rows = HandoverPlan.objects.filter(closed_at=None).order_by("pk")
    return sum(_advance(pk, day) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _advance(plan_id: int, day: dt.date) -> bool:
    plan = HandoverPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.closed_at is not None:
        return False
    steps = list(plan.steps.select_related("handover", "account"))
    turn = rules.turn([step.handover and step.handover.state for step in steps])
    if turn == Turn.DONE:
        plan.closed_at = timezone.now()
        _touch(plan, "closed_at")
        record(actor=None, verb="user.plan_closed", target=plan.to_user, plan=plan.pk)
        return False
    waiting = [step for step in steps if step.handover_id is None]
    if turn == Turn.WAIT or not waiting:
        return False
    director = _director(plan, waiting[0].account)
    if turn == Turn.ASK or director is None:
        _ask_how(plan, waiting[0], director)
        return False
    return _try(plan, steps, waiting, director=director, day=day)


def _try(
    plan: HandoverPlan, steps: list[PlanStep], waiting: list[PlanStep], *, director: User,
    day: dt.date,
) -> bool:  # fmt: skip
    """Begin the next in the director's name; what stands in the way is kept and told."""
    step = waiting[0]
    begun = [one for one in steps if one.handover_id is not None]
    accepted = begun[-1].handover.accepted_on if begun else None
    first = rules.begins_after(max(step.planned_for, day), accepted, plan.spacing_days)
    for place, one in enumerate(waiting):
        later = rules.working_day(first + dt.timedelta(days=plan.spacing_days * place))
        one.planned_for = max(one.planned_for, later)
        one.save(update_fields=["planned_for"])
    try:
        with transaction.atomic():
            _begin(plan, step, actor=director)
    except RuleBroken as broken:
        step.trouble = str(broken)[:400]
        step.handover = None
        step.save(update_fields=["trouble"])
        _ask_how(plan, step, director)
        return False
    _touch(plan)
    return True


def _director(plan: HandoverPlan, account: Account) -> User | None:
    made_by = plan.made_by
    if made_by is not None and made_by.is_active and made_by.is_director:
        return made_by
    return director_for(account, plan.to_user_id)


def _ask_how(plan: HandoverPlan, step: PlanStep, director: User | None) -> None:
    if director is not None:
        cause = f"plan:{plan.pk}:step:{step.pk}:{step.trouble[:40]}"
        tell(user=director, kind=notices.PLAN_WAITS, target=plan, cause=cause)

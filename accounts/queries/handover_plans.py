"""Plans of handovers: each step with its day, its state, and what the taker carries after it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts.choices import AccountStatus
from accounts.models import Account, Handover, HandoverPlan, PlanStep
from accounts.queries.load import LoadNow, account_load, loads, relationships_at
from accounts.rules import handover_plan as rules
from accounts.rules.handover_plan import Turn
from people.models import User, company_day


@dataclass(frozen=True, slots=True)
class StepLine:
    """`after`: what the taker carries when this one is theirs; None when it is already."""

    step: PlanStep
    after: LoadNow | None

    @property
    def is_begun(self) -> bool:
        return self.step.handover_id is not None


@dataclass(frozen=True, slots=True)
class PlanPage:
    plan: HandoverPlan
    lines: list[StepLine]
    now: LoadNow
    turn: Turn

    @property
    def waiting(self) -> list[StepLine]:
        return [line for line in self.lines if not line.is_begun]

    @property
    def needs_reason(self) -> bool:
        return self.turn == Turn.WAIT


def plans(reader: User) -> list[HandoverPlan]:
    """Open ones first; directors see all, managers those for them."""
    if not reader.sells:
        return []
    rows = HandoverPlan.objects.visible_to(reader).select_related("to_user", "made_by")
    rows = list(rows.prefetch_related("steps__account", "steps__handover"))
    return sorted(rows, key=lambda plan: (plan.closed_at is not None, -plan.pk))


def plan_page(plan: HandoverPlan) -> PlanPage:
    """The caller got `plan` through visible_to."""
    steps = list(plan.steps.select_related("account__score", "handover"))
    now = loads([plan.to_user_id], company_day())[plan.to_user_id]
    lines, carried = [], now
    people = relationships_at([step.account_id for step in steps], company_day())
    over = (*rules.ACCEPTED, *rules.GIVEN_UP)
    for step in steps:
        if step.handover and step.handover.state in over:
            lines.append(StepLine(step, None))
            continue
        known = people.get(step.account_id, 0)
        carried = carried.taking(account_load(step.account, now.figures, known))
        lines.append(StepLine(step, carried))
    turn = rules.turn([step.handover and step.handover.state for step in steps])
    return PlanPage(plan, lines, now, turn)


def accounts_to_plan(reader: User, to_user: User | None = None) -> QuerySet[Account]:
    """Key accounts that nobody is being handed, without those the taker has."""
    running = Handover.objects.filter(account=OuterRef("pk"))
    running = running.exclude(state__in=(*rules.ACCEPTED, *rules.GIVEN_UP))
    planned = PlanStep.objects.filter(account=OuterRef("pk"), handover=None, plan__closed_at=None)
    rows = Account.objects.visible_to(reader).present().filter(score__is_key=True)
    rows = rows.exclude(status=AccountStatus.CLOSED).filter(~Exists(running), ~Exists(planned))
    if to_user is not None:
        rows = rows.exclude(owner=to_user)
    return rows.select_related("owner", "score").order_by("-score__revenue", "name", "pk")


def managers(reader: User) -> QuerySet[User]:
    """Who can be given a plan: active managers without an open one."""
    busy = HandoverPlan.objects.filter(to_user=OuterRef("pk"), closed_at=None)
    rows = User.objects.active().filter(role_grants__role__in=("kam", "director"))
    return rows.filter(~Exists(busy)).distinct().order_by("name", "pk")

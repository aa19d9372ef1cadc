"""What happens by itself: trials begin on their day, every night measures, accounts drop out."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus
from accounts.models import Assignment
from common.errors import RuleBroken
from hiring.choices import ProbationState
from hiring.commands.probation_accounts import give, give_back, leave
from hiring.commands.probation_decision import plan_weeks
from hiring.commands.probation_steps import step, told
from hiring.models import Probation, ProbationDay
from hiring.models.probation import OPEN
from hiring.queries import probation_notices as notices
from hiring.queries.probation_progress import Measured, measure
from hiring.rules import progress
from people import verbs
from people.commands.employment import set_employment
from people.models import Departure, Employment, company_day

UNDONE_BY = dt.timedelta(hours=24)  # until then a leaving is taken back
SOON = 3  # days before the end the lead is told to decide
verbs.register({"probation.started": gettext_lazy("A probation began")})


def start_due(day: dt.date) -> int:
    """Accepted plans whose first day has come; how many began. Each in its own transaction.

    A plan nobody accepted by then waits, and who made it is told once.
    """
    number = 0
    waiting = Probation.objects.filter(state=ProbationState.OFFERED, starts_on__lte=day)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            number += _start(pk, day)
        except RuleBroken:
            _tell_stuck(Probation.objects.select_related("lead", "made_by").get(pk=pk))
    return number


def _tell_stuck(probation: Probation) -> None:
    cause = f"{probation.starts_on}"
    told(probation, notices.STUCK, probation.lead, probation.made_by, cause=cause)


@transaction.atomic
def _start(probation_id: int, day: dt.date) -> bool:
    rows = Probation.objects.select_for_update(of=("self",)).select_related("user", "lead")
    probation = rows.filter(pk=probation_id, state=ProbationState.OFFERED).first()
    if probation is None:
        return False
    near = (probation.user, probation.mentor, probation.lead, probation.made_by)
    if probation.accepted_at is None or not probation.user.is_active:
        if day > probation.starts_on:
            _tell_stuck(probation)
        return False
    _ensure_employment(probation, day)
    give(probation, day=day)
    step(probation, "start", actor=None, verb="probation.started")
    plan_weeks(probation)
    told(probation, notices.STARTED, *near)
    return True


def _ensure_employment(probation: Probation, day: dt.date) -> None:
    now = Employment.objects.on(day).filter(user=probation.user_id).first()
    if now is None or not now.on_probation:
        set_employment(
            actor=None, user=probation.user, day=day, grade=now and now.grade, on_probation=True,
            reason=_("Probation began"),
        )  # fmt: skip


def close_left(now: dt.datetime) -> int:
    """Trials of people who left are called off, a day after they did: until then that may be taken
    back. How many; safe to run twice."""
    gone = Departure.objects.exclude(closed_at=None).filter(cancelled_at=None)
    recent = gone.filter(closed_at__gt=now - UNDONE_BY).values("user")
    rows = Probation.objects.open().filter(user__is_active=False).exclude(user__in=recent)
    number = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            locked = Probation.objects.select_for_update(of=("self",))
            probation = locked.select_related("user", "lead", "mentor").get(pk=pk)
            if probation.state not in OPEN:
                continue
            if probation.state == ProbationState.RUNNING:
                give_back(probation, day=company_day(), actor=None)
            step(
                probation, "cancel", actor=None, verb="probation.cancelled", decided_at=now,
                reasons=_("%(name)s has left.") % {"name": probation.user},
            )  # fmt: skip
            told(probation, notices.CANCELLED, probation.mentor, probation.lead)
            number += 1
    return number


def measure_probations(day: dt.date) -> int:
    """Every running trial as of the end of `day`; how many goals were written.

    The same day again writes the same rows. What has ended is measured as of its last day until
    somebody decides.
    """
    written = 0
    running = Probation.objects.filter(state=ProbationState.RUNNING, starts_on__lte=day)
    for probation in running.select_related("user", "lead", "mentor").order_by("pk"):
        with transaction.atomic():
            drop_lost(probation, company_day())
            written += write_days(measure(probation, day), min(day, probation.ends_on))
            if probation.ends_on - dt.timedelta(days=SOON) <= day:
                cause = f"ends:{probation.ends_on}"
                told(probation, notices.ENDING, probation.lead, cause=cause)
    return written


def write_days(found: list[Measured], day: dt.date) -> int:
    """What was measured as of `day`, in place of what was there; how many."""
    rows = [
        ProbationDay(
            goal=one.goal, day=day, value=_exact(one.value), expected=_exact(one.expected),
            low=_exact(one.low), high=_exact(one.high), control=_exact(one.control),
            data=one.data, rule_version=progress.VERSION,
        )
        for one in found
    ]  # fmt: skip
    fields = ["value", "expected", "low", "high", "control", "data", "rule_version"]
    ProbationDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["goal", "day"], update_fields=fields
    )
    return len(rows)


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 4)))


def drop_lost(probation: Probation, day: dt.date) -> int:
    """Accounts that became key, closed, or went to somebody else leave the trial; how many."""
    rows = probation.accounts.filter(left_at=None).select_related("account__score")
    owned = set(
        Assignment.objects.owners().on(day).filter(user=probation.user_id)
        .values_list("account", flat=True)
    )  # fmt: skip
    number = 0
    gone: set[int] = set()
    for row in sorted(rows, key=lambda one: (one.is_control, one.pk)):
        why = row.matched_to_id not in gone and _lost(row, owned)
        if why:
            gone.add(row.pk)
            leave(row, why)
            number += 1
            told(probation, notices.ACCOUNT_LEFT, probation.user, probation.lead, cause=str(row.pk))
    return number


def _lost(row, owned: set[int]) -> str:
    account, score = row.account, getattr(row.account, "score", None)
    if account.status != AccountStatus.ACTIVE:
        return _("It was closed or merged into another account.")
    if score is not None and score.is_key:
        return _("It has become a key account.")
    if not row.is_control and row.account_id not in owned:
        return _("Somebody else answers for it now.")
    return ""

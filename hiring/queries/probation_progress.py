"""How far a trial has come on a day: every goal with its figure, its line and its sentence.

`measure` reckons from the ledger and the touchpoints; the night keeps what it found, and pages
read what was kept. Shares are told in per cent, as targets are.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from accounts.models import Touchpoint
from accounts.queries.graph_coverage import coverage_share
from hiring.choices import GoalKind
from hiring.models import Probation, ProbationAccount, ProbationDay, ProbationGoal
from hiring.queries.probation_baseline import days_of, frozen_orders, newest_ledger_day
from hiring.rules import progress, season
from hiring.rules.intervals import Orders, orders_of
from hiring.rules.progress import Course
from people.models import company_day, company_midnight, company_zone

HUNDRED = 100


@dataclass(frozen=True)
class Measured:
    """One goal on one day, in the unit of its target (per cent, or a number of contacts).

    `data` is what the sentence and the page need, plain JSON: of growth {net, baseline, share,
    orders, through, difference: [value, low, high] or null, telling}; of first {met: {account:
    day}, of, begin}; of map {begin, by: {account: share}}; of contact nothing more.
    """

    goal: ProbationGoal
    value: float | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    control: float | None = None
    data: dict = field(default_factory=dict)

    @property
    def target(self) -> float | None:
        return None if self.goal.target is None else float(self.goal.target)


def counted(probation: Probation) -> tuple[list[ProbationAccount], list[ProbationAccount]]:
    """The accounts given and those compared with, without those that left."""
    rows = list(probation.accounts.filter(left_at=None).select_related("account"))
    return [row for row in rows if not row.is_control], [row for row in rows if row.is_control]


def measure(probation: Probation, day: dt.date) -> list[Measured]:
    """Every goal as of the end of `day`; nothing after the last day of the trial is counted."""
    day = min(day, probation.ends_on)
    given, controls = counted(probation)
    found = []
    for goal in probation.goals.all():
        if goal.kind == GoalKind.GROWTH:
            found.append(_growth(probation, goal, given, controls, day))
        elif goal.kind == GoalKind.FIRST:
            found.append(_first(probation, goal, given, day))
        elif goal.kind == GoalKind.MAP:
            found.append(_map(probation, goal, given, day))
        elif goal.kind == GoalKind.CONTACT:
            found.append(_contact(probation, goal, given, day))
        else:
            value = None if goal.judged is None else float(goal.judged)
            found.append(Measured(goal, value))
    return found


def _growth(probation, goal, given, controls, day) -> Measured:
    """The ledger may lag behind: days it does not hold are no days without orders."""
    newest = newest_ledger_day()
    through = min(day, newest) if newest else None
    if through is None or through < probation.starts_on:
        return Measured(goal, data={"through": None, "telling": False})
    share = season.share_of_year(probation.season, probation.starts_on, through)
    since = _since(probation.starts_on, through, given)
    beside = _since(probation.starts_on, through, controls)
    base, control_base = _baseline(given), _baseline(controls)
    found = progress.growth(
        given=since, baseline=base, control=beside, control_baseline=control_base, share=share
    )
    part = progress.elapsed(probation.starts_on, probation.ends_on, through)
    diff = found.difference
    return Measured(
        goal,
        value=_percent(found.value),
        expected=progress.expected_today(float(goal.target), part),
        low=_percent(found.low), high=_percent(found.high), control=_percent(found.control),
        data={
            "net": round(since.net, 2), "baseline": round(base.net * share, 2),
            "share": round(share, 6), "orders": since.count, "through": through.isoformat(),
            "accounts": len(given), "controls": len(controls), "telling": found.is_telling,
            "difference": diff and [_percent(diff.value), _percent(diff.low), _percent(diff.high)],
        },
    )  # fmt: skip


def _since(start: dt.date, end: dt.date, rows: Iterable[ProbationAccount]) -> Orders:
    days = days_of([row.account_id for row in rows], start, end)
    return orders_of(float(net) for found in days.values() for _day, net in found)


def _baseline(rows: Iterable[ProbationAccount]) -> Orders:
    return sum((frozen_orders(row) for row in rows), Orders())


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * HUNDRED, 4)


def _talks(probation: Probation, given: list[ProbationAccount], day: dt.date):
    """Meaningful touchpoints of the newcomer with the given accounts, from the start to `day`."""
    rows = Touchpoint.objects.meaningful().filter(
        Q(colleagues=probation.user_id) | Q(author=probation.user_id),
        account__in=[row.account_id for row in given],
        at__gte=company_midnight(probation.starts_on),
        at__lt=company_midnight(day + dt.timedelta(days=1)),
    )
    return rows.distinct()


def _first(probation, goal, given, day) -> Measured:
    zone = company_zone()
    firsts: dict[int, dt.date] = {}
    for account, at in _talks(probation, given, day).order_by("at").values_list("account", "at"):
        firsts.setdefault(account, timezone.localdate(at, zone))
    within = goal.within_days or (probation.ends_on - probation.starts_on).days + 1
    value = progress.share_in_time(
        [firsts.get(row.account_id) for row in given], start=probation.starts_on,
        within_days=within,
    )  # fmt: skip
    last = probation.starts_on + dt.timedelta(days=within - 1)
    part = progress.elapsed(probation.starts_on, last, day)
    return Measured(
        goal, _percent(value), progress.expected_today(float(goal.target), part),
        data={
            "met": {str(pk): first.isoformat() for pk, first in sorted(firsts.items())},
            "of": len(given), "last": last.isoformat(),
        },
    )  # fmt: skip


def _map(probation, goal, given, day) -> Measured:
    """Coverage is known of today only: an earlier night's figure is kept, not reckoned again."""
    shares = {row.account_id: coverage_share(row.account, probation.user) for row in given}
    known = {pk: share for pk, share in shares.items() if share is not None}
    if not known:
        return Measured(goal, data={"begin": None, "by": {}})
    frozen = [row.frozen.get("coverage") for row in given if row.account_id in known]
    begin = _percent(sum(share or 0.0 for share in frozen) / len(known))
    part = progress.elapsed(probation.starts_on, probation.ends_on, day)
    return Measured(
        goal, _percent(sum(known.values()) / len(known)),
        progress.expected_today(float(goal.target), part, begin),
        data={"begin": begin, "by": {str(pk): _percent(share) for pk, share in known.items()}},
    )  # fmt: skip


def _contact(probation, goal, given, day) -> Measured:
    part = progress.elapsed(probation.starts_on, probation.ends_on, day)
    number = _talks(probation, given, day).count()
    return Measured(goal, number, progress.expected_today(float(goal.target), part))


def course_of(probation: Probation, row: Measured | ProbationDay, day: dt.date) -> Course:
    """How the goal stands against its line on that day."""
    goal = row.goal
    if goal.kind == GoalKind.FREE:
        states = {None: Course.UNKNOWN, True: Course.REACHED, False: Course.BEHIND}
        return states[goal.judged]
    return progress.course(
        _float(row.value), expected=_float(row.expected), target=_float(goal.target),
        is_over=day >= probation.ends_on, low=_float(row.low), high=_float(row.high),
        is_random=goal.kind == GoalKind.GROWTH,
    )  # fmt: skip


def _float(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def part_of(row: Measured | ProbationDay) -> progress.Part | None:
    """This goal's part of the way, for one bar of all goals."""
    goal = row.goal
    if goal.kind == GoalKind.FREE:
        if goal.judged is None:
            return None
        return progress.Part(float(goal.judged), 1.0, goal.weight)
    return progress.part_of(
        _float(row.value), _float(row.expected), _float(goal.target),
        begin=row.data.get("begin") or 0.0, weight=goal.weight,
    )  # fmt: skip


def unreached_musts(probation: Probation) -> list[str]:
    """Titles of goals that must be reached and by today's figures are not."""
    day = company_day()
    return [
        str(row.goal) for row in measure(probation, day) if row.goal.must and not _is_reached(row)
    ]


def _is_reached(row: Measured) -> bool:
    if row.goal.kind == GoalKind.FREE:
        return row.goal.judged is True
    return row.value is not None and row.target is not None and row.value >= row.target

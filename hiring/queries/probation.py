"""What the pages of probations read: who is on trial, how far each has come, what is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import Account, AccountDay
from hiring.choices import CheckInState, GoalKind, ProbationState
from hiring.models import CheckIn, Probation, ProbationAccount, ProbationDay, ProbationGoal
from hiring.queries import probation_picker, probation_words
from hiring.queries.probation_bars import WORDS, bars
from hiring.queries.probation_baseline import newest_ledger_day
from hiring.queries.probation_limits import limit_words
from hiring.queries.probation_progress import course_of, part_of
from hiring.queries.probation_roles import roles_in, sees_accounts, sees_controls
from hiring.rules import intervals, progress, season
from hiring.rules import probation as rules
from hiring.rules.progress import Course, Part
from people.models import Company, User, company_day

SHOWN_STATES = (ProbationState.RUNNING, ProbationState.OFFERED, ProbationState.DRAFT)


@dataclass(frozen=True)
class TrialRow:
    """One line of the list. `day` of `days`; `way` is None before the first night."""

    probation: Probation
    day: int
    days: int
    way: Part | None
    course: Course
    awaits: bool

    @property
    def course_words(self) -> str:
        return str(probation_words.COURSES[self.course])


@dataclass(frozen=True)
class Night:
    """A goal on one day, in words of its unit."""

    day: dt.date
    value: str
    expected: str
    low: str
    high: str


@dataclass(frozen=True)
class Extension:
    before: dt.date
    after: dt.date
    reasons: str


@dataclass(frozen=True)
class GoalNow:
    """A goal as the last night found it; `row` None before. `days` are for its chart."""

    goal: ProbationGoal
    title: str
    row: ProbationDay | None
    days: tuple[ProbationDay, ...]
    course: Course
    target: str
    value: str
    expected: str
    sentences: tuple[str, ...]

    @property
    def course_words(self) -> str:
        return str(probation_words.COURSES[self.course])

    @property
    def told(self) -> list[ProbationDay]:
        """The nights worth drawing: of growth those with enough orders to say anything."""
        if self.goal.kind != GoalKind.GROWTH:
            return list(self.days)
        return [row for row in self.days if row.data.get("orders", 0) >= intervals.ENOUGH]

    @property
    def nights(self) -> list[Night]:
        """The newest first."""
        return [_night(self.goal, row) for row in reversed(self.days)]


def _night(goal: ProbationGoal, row: ProbationDay) -> Night:
    known = row.low is not None
    return Night(
        row.day, probation_words.figure_words(goal, row.value),
        probation_words.figure_words(goal, row.expected),
        probation_words.figure_words(goal, row.low) if known else "",
        probation_words.figure_words(goal, row.high) if known else "",
    )  # fmt: skip


@dataclass(frozen=True)
class AccountNow:
    """An account of the trial. Money is None for who may not see it; `net` since the start."""

    row: ProbationAccount
    account: Account | None
    baseline: Decimal | None
    before: Decimal | None
    net: Decimal | None
    awaited: Decimal | None
    first_on: dt.date | None
    reasons: tuple[str, ...]
    controls: tuple["AccountNow", ...]

    @property
    def growth(self) -> float | None:
        if not self.awaited or self.net is None:
            return None
        return float(self.net / self.awaited) - 1


@dataclass(frozen=True)
class Totals:
    accounts: int
    baseline: Decimal
    net: Decimal
    awaited: Decimal


@dataclass(frozen=True)
class ProbationPage:
    """All one page shows; nothing here asks the database again."""

    probation: Probation
    roles: frozenset[str]
    actions: tuple[str, ...]
    day: int
    days: int
    goals: tuple[GoalNow, ...]
    accounts: tuple[AccountNow, ...]
    left: tuple[ProbationAccount, ...]
    totals: Totals | None
    way: Part | None
    limit: str
    latest_end: dt.date | None
    earliest_leave: dt.date
    sees_accounts: bool
    sees_controls: bool
    account_count: int

    def may(self, action: str) -> bool:
        return action in self.actions

    @property
    def measured_on(self) -> dt.date | None:
        """The day of the newest figures."""
        return max((now.row.day for now in self.goals if now.row), default=None)

    @property
    def extensions(self) -> list[Extension]:
        day = dt.date.fromisoformat
        return [
            Extension(day(entry["from"]), day(entry["to"]), entry["reasons"])
            for entry in self.probation.extensions
        ]


def probations(reader: User) -> QuerySet[Probation]:
    rows = Probation.objects.visible_to(reader)
    return rows.select_related("user", "mentor", "lead", "limit", "candidacy__vacancy")


def trial_rows(reader: User, rows: Iterable[Probation] | None = None) -> list[TrialRow]:
    """Those under way first, then by first day; three queries however many there are."""
    found = list(probations(reader) if rows is None else rows)
    today = company_day()
    newest = newest_days([row.pk for row in found])
    order = {state: place for place, state in enumerate(SHOWN_STATES)}
    made = [_trial_row(row, newest.get(row.pk, []), today, reader) for row in found]
    return sorted(made, key=lambda one: order.get(one.probation.state, len(order)))


def _trial_row(row: Probation, days: list[ProbationDay], today: dt.date, reader: User) -> TrialRow:
    number, of = day_of(row, today)
    way = progress.whole([part for part in map(part_of, days) if part])
    return TrialRow(
        probation=row, day=number, days=of, way=way, course=whole_course(row, days),
        awaits=row.state == ProbationState.OFFERED and row.accepted_at is None
        and row.user_id == reader.pk,
    )  # fmt: skip


def whole_course(probation: Probation, days: Iterable[ProbationDay]) -> Course:
    """Behind where a goal is behind, open where one is, else on course."""
    found = {course_of(probation, row, row.day) for row in days}
    for course in (Course.BEHIND, Course.UNSURE, Course.AHEAD, Course.REACHED):
        if course in found:
            return course
    return Course.UNKNOWN


def day_of(probation: Probation, today: dt.date) -> tuple[int, int]:
    """Which day of how many: 0 before the first."""
    days = (probation.ends_on - probation.starts_on).days + 1
    return min(max((today - probation.starts_on).days + 1, 0), days), days


def newest_days(probation_ids: Iterable[int]) -> dict[int, list[ProbationDay]]:
    """The last night's row of every goal, by probation; one query."""
    rows = ProbationDay.objects.filter(goal__probation__in=list(probation_ids))
    rows = rows.select_related("goal").order_by("goal__position", "goal", "-day")
    found: dict[int, dict[int, ProbationDay]] = {}
    for row in rows:
        found.setdefault(row.goal.probation_id, {}).setdefault(row.goal_id, row)
    return {pk: list(days.values()) for pk, days in found.items()}


def probation_page(probation: Probation, reader: User) -> ProbationPage:
    """`probation` comes from `probations(reader)`."""
    today = company_day()
    roles = roles_in(probation, reader)
    with_accounts = sees_accounts(probation, reader)
    with_controls = sees_controls(reader)
    accounts, left, totals = _accounts(probation, today, with_accounts, with_controls)
    goals = _goals(probation, len(accounts), with_accounts)
    number, of = day_of(probation, today)
    limit = probation.limit
    return ProbationPage(
        probation=probation, roles=frozenset(roles),
        actions=tuple(rules.actions(probation.state, roles)), day=number, days=of, goals=goals,
        accounts=accounts if with_accounts else (), left=left if with_accounts else (),
        totals=totals if with_accounts else None,
        way=progress.whole([part for goal in goals if goal.row and (part := part_of(goal.row))]),
        limit=limit_words(limit),
        latest_end=rules.latest_end(probation.starts_on, limit and limit.most_days),
        earliest_leave=rules.earliest_leave(today, limit and limit.notice_days),
        sees_accounts=with_accounts, sees_controls=with_controls, account_count=len(accounts),
    )  # fmt: skip


def _goals(probation: Probation, accounts: int, with_money: bool) -> tuple[GoalNow, ...]:
    days: dict[int, list[ProbationDay]] = {}
    for row in ProbationDay.objects.filter(goal__probation=probation).order_by("day"):
        days.setdefault(row.goal_id, []).append(row)
    found = []
    for goal in probation.goals.all():
        rows = days.get(goal.pk, [])
        for row in rows:
            row.goal = goal
        last = rows[-1] if rows else None
        found.append(
            GoalNow(
                goal=goal, title=probation_words.goal_words(goal, accounts), row=last,
                days=tuple(rows),
                course=course_of(probation, last, last.day) if last else Course.UNKNOWN,
                target=probation_words.figure_words(goal, goal.target),
                value=probation_words.figure_words(goal, last and last.value),
                expected=probation_words.figure_words(goal, last and last.expected),
                sentences=probation_words.sentences(last, with_money=with_money) if last else (),
            )
        )  # fmt: skip
    return tuple(found)


def _accounts(
    probation: Probation, today: dt.date, with_accounts: bool, with_controls: bool
) -> tuple[tuple[AccountNow, ...], tuple[ProbationAccount, ...], Totals]:
    rows = list(probation.accounts.select_related("account", "former_owner"))
    here = [row for row in rows if row.left_at is None]
    nets = _nets(probation, here, today) if with_accounts else {}
    firsts = _firsts(probation)
    last = min(today, probation.ends_on, newest_ledger_day() or today)
    share = season.share_of_year(probation.season, probation.starts_on, last)
    beside: dict[int, list[AccountNow]] = {}
    money = Company.current().currency

    def told(row: ProbationAccount) -> AccountNow:
        named = with_controls if row.is_control else with_accounts
        net = nets.get(row.account_id, Decimal(0)) if named else None
        return AccountNow(
            row=row, account=row.account if named else None,
            baseline=row.baseline if named else None, before=row.before if named else None,
            net=net, awaited=row.baseline * Decimal(str(round(share, 9))) if named else None,
            first_on=firsts.get(row.account_id),
            reasons=_reasons(row, money) if named else (),
            controls=tuple(beside.get(row.pk, ())),
        )  # fmt: skip

    for row in here:
        if row.is_control:
            beside.setdefault(row.matched_to_id, []).append(told(row))
    given = tuple(told(row) for row in here if not row.is_control)
    totals = Totals(
        len(given), sum((one.baseline or Decimal(0) for one in given), Decimal(0)),
        sum((one.net or Decimal(0) for one in given), Decimal(0)),
        sum((one.awaited or Decimal(0) for one in given), Decimal(0)),
    )  # fmt: skip
    return given, tuple(row for row in rows if row.left_at and not row.is_control), totals


def _reasons(row: ProbationAccount, money: str) -> tuple[str, ...]:
    kept = map(probation_picker.reason_of, row.why)
    return tuple(probation_picker.reason_words(reason, money) for reason in kept)


def _nets(probation, rows, today: dt.date) -> dict[int, Decimal]:
    days = AccountDay.objects.filter(
        account__in=[row.account_id for row in rows],
        day__range=(probation.starts_on, min(today, probation.ends_on)),
    )
    found: dict[int, Decimal] = {}
    for account, net in days.values_list("account", "net"):
        found[account] = found.get(account, Decimal(0)) + net
    return found


def _firsts(probation: Probation) -> dict[int, dt.date]:
    """The first talk with each account, as the last night found it."""
    rows = ProbationDay.objects.filter(goal__probation=probation, goal__kind="first")
    row = rows.order_by("-day").first()
    met = row.data.get("met", {}) if row else {}
    return {int(pk): dt.date.fromisoformat(day) for pk, day in met.items()}


def barred_now(probation: Probation) -> list[tuple[Account, str]]:
    """Chosen accounts that may no longer be part of it, each with why; for the plan's page."""
    rows = probation.accounts.filter(matched_to=None, left_at=None).select_related("account")
    found = bars([row.account_id for row in rows], probation=probation)
    return [
        (row.account, str(WORDS[found[row.account_id]])) for row in rows if row.account_id in found
    ]


def check_ins_due(reader: User, day: dt.date) -> QuerySet:
    """Talks of the week that the reader, as mentor or lead, has not held yet."""
    running = Probation.objects.visible_to(reader).filter(state=ProbationState.RUNNING)
    mine = running.filter(mentor=reader) | running.filter(lead=reader)
    return CheckIn.objects.filter(
        probation__in=mine.values("pk"), state=CheckInState.PLANNED, due_on__lte=day
    ).select_related("probation__user")

"""Key accounts, managers and the managers missing in 3, 6 and 12 months, from our own history."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from django.db.models import Min, Q

from accounts.choices import AccountStatus
from accounts.models import AccountScore, KeySpan
from accounts.queries.load import figures_of, hours_of
from hiring.choices import ProbationState
from hiring.models import Need, Probation
from hiring.queries.need import GapAnswer, Outcomes, gap_answers, need_under_way, outcomes
from kpi.queries.capacity.people import ManagerRow
from kpi.queries.reporting import reporting_day
from kpi.rules import forecast as rules
from kpi.rules.forecast import Band, Pace, Work
from people.choices import Role
from people.models import Absence, Departure, User

MONTH = 30.4375
HISTORY = dt.timedelta(days=730)
YEARS = dt.timedelta(days=1096)  # of departures, which are rare
RELATIONSHIPS = 8  # of a key account, while there is none to look at


@dataclass(frozen=True, slots=True)
class Basis:
    """What the outlook rests on; counts as they are, before the weak start."""

    key: int
    new: Pace
    lost: Pace
    left: Pace
    established: int
    on_probation: int
    leaving: int
    outcomes: Outcomes
    present: float
    work: Work

    @property
    def is_thin(self) -> bool:
        return rules.is_thin(self.new, self.lost)


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many months from today; `missing` {managers: chance}, `answers` at 80, 90, 95 %."""

    months: int
    key: Band
    managers: Band
    gap: Band
    missing: Mapping[int, float]
    answers: list[GapAnswer]

    @property
    def chance_missing(self) -> float:
        return sum(share for number, share in self.missing.items() if number > 0)

    @property
    def needs_nobody(self) -> bool:
        """At none of the certainties."""
        return not any(answer.hires for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Outlook:
    day: dt.date
    basis: Basis
    ahead: list[Ahead]
    under_way: Need | None

    @property
    def most_key(self) -> int:
        """Where the lines of the bands end, the same for every row."""
        return max(one.key.high_80 for one in self.ahead)

    @property
    def most_managers(self) -> int:
        return max(one.managers.high_80 for one in self.ahead)

    @property
    def least_gap(self) -> int:
        return min(0, *(one.gap.low_80 for one in self.ahead))

    @property
    def most_gap(self) -> int:
        return max(one.gap.high_80 for one in self.ahead)

    @property
    def is_short(self) -> bool:
        """Somebody is missing within a year at one of the certainties."""
        return not all(one.needs_nobody for one in self.ahead)

    def answer(self, months: int, certainty: int) -> tuple[Ahead, GapAnswer] | None:
        for one in self.ahead:
            for answer in one.answers:
                if (one.months, answer.certainty) == (months, certainty):
                    return one, answer
        return None

    def reckoning(self, one: Ahead) -> dict:
        """To be kept with the vacancy, as plain values."""
        plain = asdict(self.basis)
        return {"day": self.day.isoformat(), "basis": plain, "key": asdict(one.key),
                "managers": asdict(one.managers), "gap": asdict(one.gap)}  # fmt: skip


def outlook(reader: User, rows: Collection[ManagerRow], day: dt.date) -> Outlook:
    """`rows` of all managers, as a director has them."""
    basis = _basis(rows, day)
    return Outlook(day, basis, [_ahead(basis, months, day) for months in rules.HORIZONS],
                   need_under_way(reader))  # fmt: skip


def _ahead(basis: Basis, months: int, day: dt.date) -> Ahead:
    until = day + dt.timedelta(days=round(months * MONTH))
    key = rules.key_accounts(basis.key, basis.new, basis.lost, months)
    deciding = Probation.objects.filter(state=ProbationState.RUNNING, ends_on__lt=until).count()
    newcomers = rules.passing(
        min(deciding, basis.on_probation), basis.outcomes.passed, basis.outcomes.failed,
        basis.outcomes.share_failing,
    )  # fmt: skip
    there = rules.managers(basis.established - basis.leaving, basis.left, months, newcomers)
    missing = rules.gap(key, there, basis.work)
    return Ahead(
        months=months, key=rules.band(key), managers=rules.band(there), gap=rules.band(missing),
        missing=missing, answers=gap_answers(missing, basis.outcomes),
    )  # fmt: skip


def _basis(rows: Collection[ManagerRow], day: dt.date) -> Basis:
    managers = set(User.objects.active().holding(Role.KAM).values_list("pk", flat=True))
    own = [row for row in rows if row.user.pk in managers]
    trial = [row for row in own if row.standing.on_probation]
    new, lost = key_history(reporting_day())
    there = presence([row.user.pk for row in own], day)
    return Basis(
        key=key_accounts_now(),
        new=new,
        lost=lost,
        left=departures(day),
        established=len(own) - len(trial),
        on_probation=len(trial),
        leaving=_leaving({row.user.pk for row in own if not row.standing.on_probation}, day),
        outcomes=outcomes(),
        present=there,
        work=_work(rows, own, there),
    )


def key_accounts_now() -> int:
    """As the last night left them."""
    rows = AccountScore.objects.filter(is_key=True, counts_with=None)
    return rows.exclude(account__status__in=(AccountStatus.CLOSED, AccountStatus.MERGED)).count()


def key_history(day: dt.date) -> tuple[Pace, Pace]:
    """How many accounts became key in the last two years, how many ceased to be.

    The accounts of the first computed day did not become key then; it is where history begins.
    """
    spans = KeySpan.objects.filter(account__merged_into=None)
    first = spans.aggregate(first=Min("valid_from"))["first"]
    if first is None or first >= day:
        return Pace(0, 0), Pace(0, 0)
    start = max(first, day - HISTORY)
    seen = spans.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=start))
    new = lost = held = 0
    for since, until in seen.values_list("valid_from", "valid_to"):
        new += since > start
        lost += until is not None and until <= day
        held += (min(until or day, day) - max(since, start)).days
    return Pace(new, (day - start).days / MONTH), Pace(lost, held / MONTH)


def departures(day: dt.date) -> Pace:
    """Managers who left in three years, in months that managers were there."""
    start = day - YEARS
    managers = User.objects.holding(Role.KAM)
    months = sum(
        max((day - max(created.date(), start)).days, 0)
        for created in managers.filter(is_active=True).values_list("created_at", flat=True)
    )
    gone = Departure.objects.filter(cancelled_at=None, last_day__lt=day, last_day__gte=start)
    gone = gone.filter(user__in=managers.values("pk"))
    for last, created in gone.values_list("last_day", "user__created_at"):
        months += max((last - max(created.date(), start)).days, 0)
    return Pace(gone.count(), months / MONTH)


def _leaving(user_ids: Collection[int], day: dt.date) -> int:
    """Whose last day is known and lies ahead."""
    rows = Departure.objects.filter(cancelled_at=None, last_day__gte=day, user__in=user_ids)
    return rows.values("user").distinct().count()


def presence(user_ids: Collection[int], day: dt.date) -> float:
    """The part of the working days that managers are there, since absences are written down."""
    rows = Absence.objects.filter(user__in=user_ids, cancelled_at=None, valid_from__lt=day)
    spans = list(rows.values_list("valid_from", "valid_to"))
    if not spans:
        return rules.present(0, 0)
    start = max(min(first for first, _last in spans), day - dt.timedelta(days=365))
    away = sum(max((min(last, day) - max(first, start)).days, 0) for first, last in spans)
    five_of_seven = 5 / 7
    return rules.present(away * five_of_seven, len(user_ids) * (day - start).days * five_of_seven)


def _work(rows: Collection[ManagerRow], own: Collection[ManagerRow], present: float) -> Work:
    """Hours of a key account, of all others together, and of a manager."""
    company = figures_of([0])[0]
    held = [account for row in rows for account in row.now.accounts]
    of_key = [hours_of(account, company) for account in held if account.is_key]
    others = sum(hours_of(account, company) for account in held if not account.is_key)
    hours = [row.now.figures.hours_a_month for row in own] or [company.hours_a_month]
    start = company.for_account("A") + RELATIONSHIPS * company.for_relationship("A")
    return Work(
        hours_of_key=sum(of_key) / len(of_key) if of_key else start,
        hours_of_others=others,
        hours_of_manager=present * sum(hours) / len(hours),
        most_key=company.most_key,
    )

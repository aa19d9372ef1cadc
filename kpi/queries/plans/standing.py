"""How far a year's plan is reached, by manager and for the company, and where the year will end."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import mul

from accounts.models.coverage import people_led
from common.dates import is_month_end
from common.money import from_units, to_units
from kpi.choices import PlanMeasure
from kpi.models import PlanVersion
from kpi.queries.plans.actuals import Actuals, actuals
from kpi.queries.plans.cells import planned_cells
from kpi.queries.plans.outlook import LandingLine, Past, outlook, past_of
from kpi.rules import plan as rules
from kpi.rules.attribution import NOBODY
from people.models import User

UNIT = 10_000
Months = list[int]
Planned = dict[int, dict[str, Months]]  # manager to measure to twelve months, in units


@dataclass(frozen=True, slots=True)
class Attained:
    """Up to the day. `planned` and `share` are None without a plan; `actual` is None where no
    month of the year has ended yet and the measure is one of whole months."""

    measure: str
    actual: Decimal | None
    planned: Decimal | None
    year: Decimal | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """`user` None: the company, or nobody. `came_or_went`: the plan is by the days they were
    there."""

    user: User | None
    measures: Mapping[str, Attained]
    landing: LandingLine | None
    came_or_went: bool = False

    @property
    def sales(self) -> Attained:
        return self.measures[PlanMeasure.SALES]


@dataclass(frozen=True)
class Standing:
    """`company` and `nobody` are for those who see the company's figures, else None."""

    year: int
    day: dt.date
    version: PlanVersion | None
    company: Line | None
    rows: tuple[Line, ...]
    nobody: Line | None
    rule: str = rules.VERSION


def standing(
    reader: User | None, day: dt.date, *, year: int | None = None, lands: bool = True
) -> Standing:
    """Of the year of `day`, or of an earlier one as it ended. A constant number of queries; without
    `lands` nothing is told of the year's end, and no earlier year is read.

    Directors, and the night (None), see everybody, nobody and the company; leads their team,
    managers themselves.
    """
    year = year or day.year
    day = min(day, dt.date(year, 12, 31))
    version = plan_of(year, day)
    sold = actuals(year, day) if lands else actuals(year, day, past=0)
    planned = planned_months(version)
    book = Book(sold, planned, past_of(sold, year), lands=lands)
    users = _people(reader, sold.owners_of(year) | set(planned))
    rows = [book.line(user) for user in users]
    sees_all = reader is None or reader.is_director
    return Standing(
        year=year,
        day=day,
        version=version,
        company=book.company() if sees_all else None,
        rows=tuple(rows),
        nobody=book.nobody() if sees_all else None,
    )


def plan_of(year: int, day: dt.date) -> PlanVersion | None:
    """The version in force on a day of its year, or the year's first one."""
    rows = PlanVersion.objects.adopted().filter(year=year).select_related("made_by")
    found = list(rows.order_by("valid_from"))
    held = [one for one in found if one.valid_from <= day]
    return held[-1] if held else next(iter(found), None)


def planned_months(version: PlanVersion | None) -> Planned:
    found: Planned = {}
    for (user, measure, month), value in (planned_cells(version) if version else {}).items():
        months = found.setdefault(user, {}).setdefault(measure, [0] * rules.MONTHS)
        months[month - 1] += to_units(value)
    return found


def _people(reader: User | None, ids: set[int]) -> list[User]:
    ids = ids - {NOBODY}
    if reader is not None and not reader.is_director:
        mine = {reader.pk} | set(people_led(reader).values_list("user", flat=True))
        ids = (ids & mine) | {reader.pk}
    return list(User.objects.filter(pk__in=ids).order_by("name", "pk"))


class Book:
    """All figures of one year, for any line of them."""

    def __init__(self, sold: Actuals, planned: Planned, past: Past, *, lands: bool = True):
        self.sold, self.planned, self.past, self.lands = sold, planned, past, lands
        self.year, self.day = past.year, sold.day if sold.day.year == past.year else past.end
        self.done = self.day.month - (not is_month_end(self.day))  # months that have ended
        self.theirs = {user: self._prorated(user) for user in planned}

    def line(self, user: User) -> Line:
        plans = self.theirs.get(user.pk, {})
        return Line(
            user=user,
            measures=self._measures(user.pk, plans),
            landing=self._landing(user.pk, plans.get(PlanMeasure.SALES)),
            came_or_went=plans != self.planned.get(user.pk, {}),
        )

    def company(self) -> Line:
        """Everybody and nobody together; the plan as it was made, whoever came or went."""
        plans = {one: self._added(self.planned, one) for one in self._planned_measures()}
        measures = {
            one.value: self._attained(one, plans.get(one), self.sold.company(one, self.year),
                                      self.sold.company(PlanMeasure.ACTIVE, self.year))
            for one in PlanMeasure
        }  # fmt: skip
        measures[PlanMeasure.WIDTH] = self._company_width(measures[PlanMeasure.WIDTH])
        return Line(None, measures, self._landing(None, plans.get(PlanMeasure.SALES)))

    def nobody(self) -> Line | None:
        """Sales of accounts without an owner, and the plan of days when its manager was not there;
        None where there is neither."""
        plans = {}
        for one in self._planned_measures() - {PlanMeasure.WIDTH}:
            whole, given = self._added(self.planned, one), self._added(self.theirs, one)
            left = [a - b for a, b in zip(whole, given, strict=True)]
            plans |= {one: left} if any(left) else {}
        measures = self._measures(NOBODY, plans)
        has_sold = any(one.actual for one in measures.values())
        return Line(None, measures, None) if plans or has_sold else None

    def _measures(self, owner: int, plans: Mapping[str, Months]) -> dict[str, Attained]:
        active = self.sold.of(PlanMeasure.ACTIVE, self.year, owner)
        return {
            one.value: self._attained(
                one, plans.get(one), self.sold.of(one, self.year, owner), active
            )
            for one in PlanMeasure
        }

    def _attained(
        self, measure: PlanMeasure, plan: Months | None, real: Months, active: Months
    ) -> Attained:
        if measure == PlanMeasure.WIDTH:
            return self._width(plan, real, active)
        scale = 1 if measure == PlanMeasure.SALES else UNIT
        year = None if plan is None else from_units(sum(plan))
        if measure in rules.SUMMED:
            actual = sum(real) * scale
            asked = None if plan is None else rules.to_date(plan, self.day)
            return _told(measure, actual, asked, year)
        done = self.done
        return _level(measure, sum(real[:done]), plan and sum(plan[:done]), done, year)

    def _width(self, plan: Months | None, pairs: Months, active: Months) -> Attained:
        """Lines by active customer; a plan asks so many of every month's real customers."""
        done = self.done
        asked = None if plan is None else sum(map(mul, plan[:done], active[:done]))
        year = None if plan is None else from_units(sum(plan)) / rules.MONTHS
        return _level(PlanMeasure.WIDTH, sum(pairs[:done]), asked, sum(active[:done]), year)

    def _company_width(self, all_of_them: Attained) -> Attained:
        """Of the managers who have a plan of it, with the customers they really had."""
        width = PlanMeasure.WIDTH
        planned = {user: plans[width] for user, plans in self.planned.items() if width in plans}
        if not planned:
            return all_of_them
        pairs, asked, customers = 0, 0, 0
        for user, plan in planned.items():
            active = self.sold.of(PlanMeasure.ACTIVE, self.year, user)[: self.done]
            customers += sum(active)
            pairs += sum(self.sold.of(width, self.year, user)[: self.done])
            asked += sum(map(mul, plan, active))
        return _level(width, pairs, asked, customers, None)

    def _landing(self, owner: int | None, plan: Months | None) -> LandingLine | None:
        return outlook(self.past, owner, plan, self.day) if self.lands else None

    def _prorated(self, user: int) -> dict[str, Months]:
        """By the days they were there; how wide their customers buy is asked whoever came when."""
        spans = self.past.spans.get(user)
        plans = self.planned[user]
        if spans is None:
            return plans
        days = rules.held_days([spans], self.year)
        return {
            one: months if one == PlanMeasure.WIDTH else rules.prorated(months, days, self.year)
            for one, months in plans.items()
        }

    def _planned_measures(self) -> set[str]:
        return {measure for plans in self.planned.values() for measure in plans}

    def _added(self, planned: Planned, measure: str) -> Months:
        months = [0] * rules.MONTHS
        for plans in planned.values():
            months = _sum(months, plans.get(measure, [0] * rules.MONTHS))
        return months


def _sum(left: Months, right: Months) -> Months:
    return [a + b for a, b in zip(left, right, strict=True)]


def _told(measure: str, actual: int, asked: int | None, year: Decimal | None) -> Attained:
    share = None if asked is None else rules.attainment(actual, asked)
    planned = None if asked is None else from_units(asked)
    return Attained(measure, from_units(actual), planned, year, share)


def _level(measure: str, total: int, asked: int | None, by: int, year: Decimal | None) -> Attained:
    """A mean: a total by months, or by customers. `asked` is in units, `total` in number.

    Who ordered bought something: without a single service line their width is not recorded.
    """
    year = year / rules.MONTHS if year is not None and measure == PlanMeasure.ACTIVE else year
    if not by or (measure == PlanMeasure.WIDTH and not total):
        return Attained(measure, None, None, year, None)
    planned = None if asked is None else from_units(asked) / by
    share = None if asked is None else rules.attainment(total * UNIT, asked)
    return Attained(measure, Decimal(total) / by, planned, year, share)

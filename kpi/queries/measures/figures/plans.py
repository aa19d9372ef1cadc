"""How far the plan of the year is reached, where one is in force."""

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from common.money import UNITS
from kpi.choices import PlanMeasure, Scope
from kpi.queries.measures.figures.ground import COMPANY_KEY, Figure
from kpi.queries.plans.standing import Attained, plan_of, standing

CODES = {
    PlanMeasure.SALES: "plan-sales", PlanMeasure.ACTIVE: "plan-active",
    PlanMeasure.NEW: "plan-new", PlanMeasure.WIDTH: "plan-width",
}  # fmt: skip


def plan_figures(day: dt.date, *, is_newest: bool) -> Iterator[Figure]:
    """Of the company and of each manager; a team has no plan of its own. Where the year lands is
    worked out for the newest day alone, whose pages find it remembered."""
    if plan_of(day.year, day) is None:  # most days of most houses: spare them the year's ledger
        return
    found = standing(None, day, lands=is_newest)
    lines = [(Scope.MANAGER, str(line.user.pk), line) for line in found.rows if line.user]
    if found.company is not None:
        lines.append((Scope.COMPANY, COMPANY_KEY, found.company))
    for scope, key, line in lines:
        for measure, code in CODES.items():
            one = line.measures[measure]
            if one.planned is not None:
                yield _figure(code, scope, key, one)


def _figure(code: str, scope: Scope, key: str, one: Attained) -> Figure:
    year = None if one.year is None else _units(one.year)
    return Figure(
        code, scope, key, _units(one.actual), _units(one.planned), one.share, inputs={"year": year}
    )


def _units(value: Decimal | None) -> int | None:
    """Means are rounded to a ten-thousandth; the share is made before that."""
    if value is None:
        return None
    return int((value * UNITS).to_integral_value(ROUND_HALF_UP))

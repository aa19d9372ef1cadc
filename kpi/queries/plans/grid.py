"""The draft as a table of managers and months, with what adds up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from common import formats
from common.money import from_units
from kpi.choices import PlanMeasure
from kpi.models import PlanVersion
from kpi.queries.plans.actuals import actuals
from kpi.queries.plans.cells import Key, planned_cells
from kpi.rules.plan import DECIMALS, MONTHS, SUMMED
from people.choices import Role
from people.models import User

NOTHING = "\u2014"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as the reader writes numbers, "" where nothing is planned; `seen` travels along.
    `theirs` is what somebody else saved while the reader wrote `text`."""

    key: str
    month: dt.date
    text: str
    seen: str
    theirs: str = ""


@dataclass(frozen=True)
class GridRow:
    """`before` is what the manager reached in the year before, None where that says nothing."""

    user: User
    cells: list[Cell]
    total: str
    before: Decimal | None


@dataclass(frozen=True)
class Grid:
    version: PlanVersion
    measure: PlanMeasure
    months: list[dt.date]
    rows: list[GridRow]
    totals: list[str]
    total: str
    is_summed: bool


def grid(version: PlanVersion, measure: PlanMeasure, day: dt.date) -> Grid:
    """A constant number of queries."""
    cells = planned_cells(version)
    before = version.year - 1
    sold = actuals(before, day, past=0, counted=False)
    users = people(version)
    columns = [dt.date(version.year, month, 1) for month in range(1, MONTHS + 1)]
    totals, whole = sums(cells, measure)
    return Grid(
        version=version,
        measure=measure,
        months=columns,
        rows=[
            _row(user, cells, measure, columns, sum(sold.of(PlanMeasure.SALES, before, user.pk)))
            for user in users
        ],
        totals=totals,
        total=whole,
        is_summed=measure in SUMMED,
    )


def people(version: PlanVersion) -> list[User]:
    """Who sells today, and whoever has a figure already."""
    selling = User.objects.active().holding(Role.KAM).values("pk")
    planned = version.lines.order_by().values("user")
    rows = User.objects.filter(pk__in=selling) | User.objects.filter(pk__in=planned)
    return list(rows.distinct().order_by("name", "pk"))


def _row(
    user: User, cells: dict[Key, Decimal], measure: str, columns: list[dt.date], before: int
) -> GridRow:
    found = []
    for month in columns:
        value = cells.get((user.pk, measure, month.month))
        found.append(Cell(f"{user.pk}-{month.month}", month, shown(value), plain(value)))
    sold = from_units(before) if measure == PlanMeasure.SALES and before else None
    return GridRow(user, found, row_total(cells, user.pk, measure), sold)


def row_total(cells: dict[Key, Decimal], user: int, measure: str) -> str:
    months = [value for (who, name, _m), value in cells.items() if (who, name) == (user, measure)]
    return _together(months, measure)


def sums(cells: dict[Key, Decimal], measure: str) -> tuple[list[str], str]:
    """By month and of the year; the width of several managers does not add up."""
    if measure == PlanMeasure.WIDTH:
        return [""] * MONTHS, ""
    months: list[Decimal | None] = [None] * MONTHS
    for (_user, name, month), value in cells.items():
        if name == measure:
            months[month - 1] = (months[month - 1] or Decimal()) + value
    return [shown(value) for value in months], _together(
        [value for value in months if value is not None], measure
    )


def _together(values: Iterable[Decimal], measure: str) -> str:
    """A sum; for customers and width the mean of the months that are planned."""
    values = list(values)
    if not values:
        return ""
    if measure in SUMMED:
        return shown(sum(values, Decimal()))
    return formats.number(sum(values, Decimal()) / len(values), min(1, DECIMALS[measure] or 1))


def shown(value: Decimal | None) -> str:
    if value is None:
        return ""
    is_whole = value == value.to_integral_value()
    return formats.number(value.quantize(Decimal(1)) if is_whole else value.normalize())


def plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def with_conflicts(
    found: Grid, mine: dict[Key, Decimal | None], theirs: dict[Key, Decimal | None]
) -> Grid:
    """The grid as its writer left it: their own figures, and beside them what now stands."""
    rows = []
    for row in found.rows:
        cells = []
        for cell in row.cells:
            key = (row.user.pk, str(found.measure), cell.month.month)
            now = shown(theirs[key]) or NOTHING if key in theirs else ""
            text = shown(mine[key]) if key in mine else cell.text
            cells.append(replace(cell, text=text, theirs=now))
        rows.append(replace(row, cells=cells))
    return replace(found, rows=rows)

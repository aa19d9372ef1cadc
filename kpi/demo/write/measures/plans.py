"""The plans of last year and this one; this year's was raised once, for the second half."""

import datetime as dt
from decimal import Decimal

from common.errors import RuleBroken
from kpi.choices import PlanMeasure
from kpi.commands.plan import adopt_plan, copy_version
from kpi.commands.plan_cells import set_cells
from kpi.commands.plan_start import draft_from_last_year
from kpi.demo.write import World
from kpi.demo.write.past import date_back
from kpi.models import PlanVersion
from kpi.queries.plans.cells import planned_cells

GROWTH = {1: Decimal(4), 0: Decimal(6)}  # by years ago
RAISE, COIN = Decimal("1.03"), Decimal(1)
NOTES = {1: "As agreed at the December meeting", 0: "Six per cent over last year, by the season"}


def write_plans(world: World) -> None:
    """A short ledger has no year to begin with, and then no plan either."""
    made = 0
    for ago in (1, 0):
        year = world.today.year - ago
        begun = dt.date(year, 1, 1)
        if world.first > dt.date(year - 1, 1, 10):
            continue
        made += _write_plan(world, year, begun, ago)
    july = dt.date(world.today.year, 7, 1)
    if made and july < world.today:
        _raise_second_half(world, july)
    world.say(f"{PlanVersion.objects.count()} plans")


def _write_plan(world: World, year: int, begun: dt.date, ago: int) -> int:
    director = world.users["marina_sokolova"]
    try:
        version = draft_from_last_year(
            actor=director, year=year, percent=GROWTH[ago], day=begun - dt.timedelta(days=1),
            today=begun,
        )  # fmt: skip
    except RuleBroken:
        return 0
    adopt_plan(actor=director, version=version, start=begun, today=begun, note=NOTES[ago])
    _dated(world, version, begun - dt.timedelta(days=16))
    return 1


def _raise_second_half(world: World, july: dt.date) -> None:
    director = world.users["marina_sokolova"]
    former = PlanVersion.objects.adopted().get(year=july.year)
    version = copy_version(actor=director, version=former)
    seen = {
        key: value
        for key, value in planned_cells(version).items()
        if key[1] == PlanMeasure.SALES and key[2] >= july.month
    }
    raised = {key: (value * RAISE).quantize(COIN) for key, value in seen.items()}
    set_cells(actor=director, version=version, seen=seen, wanted=raised)
    note = "The new line of films: three per cent more from July on"
    adopt_plan(actor=director, version=version, start=july, today=july, note=note)
    _dated(world, version, july - dt.timedelta(days=6))


def _dated(world: World, version: PlanVersion, day: dt.date) -> None:
    """Made and adopted on that day, in the record too."""
    ago = (world.today - day).days
    PlanVersion.objects.filter(pk=version.pk).update(
        made_at=world.at(ago, 9), adopted_at=world.at(ago, 16, 30)
    )
    for verb, minute in (("drafted", 0), ("changed", 20), ("adopted", 30)):
        date_back(version, world.at(ago, 16, minute), verb=f"salesplan.{verb}")

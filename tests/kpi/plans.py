"""Makers of plans for tests."""

import datetime as dt
from decimal import Decimal

from kpi.choices import PlanState
from kpi.models import PlanLine, PlanVersion
from people.models import User

FLAT = [100] * 12


def make_plan(year: int = 2026, *, adopted: bool = False, **measures) -> PlanVersion:
    """`make_plan(2026, sales={user: [twelve]})`: a draft, or the first plan of its year."""
    state = PlanState.ADOPTED if adopted else PlanState.DRAFT
    number = PlanVersion.objects.filter(year=year).count() + 1
    version = PlanVersion.objects.create(
        year=year, number=number, state=state, valid_from=dt.date(year, 1, 1) if adopted else None
    )
    for measure, people in measures.items():
        for user, months in people.items():
            plan_months(version, user, months, measure)
    return version


def plan_months(version: PlanVersion, user: User, months, measure: str = "sales") -> None:
    PlanLine.objects.bulk_create(
        PlanLine(version=version, user=user, measure=measure, month=month, value=Decimal(value))
        for month, value in enumerate(months, 1)
        if value is not None
    )

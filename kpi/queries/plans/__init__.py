"""Plans of a year, how far they are reached, and where the year will end."""

import datetime as dt
from dataclasses import dataclass

from kpi.queries.plans.outlook import LandingLine
from kpi.queries.plans.standing import Attained, Line, Standing, standing
from people.models import User

__all__ = ["Attained", "LandingLine", "Landings", "Line", "Standing", "attainment", "landing"]


@dataclass(frozen=True)
class Landings:
    """`company` is for those who see the company's figures; managers by their ids."""

    company: LandingLine | None
    managers: dict[int, LandingLine]


def attainment(user: User, day: dt.date) -> Standing:
    """How far the plan of the day's year is reached, as far as the reader sees it."""
    return standing(user, day)


def landing(user: User, day: dt.date) -> Landings:
    """Where the day's year will end; whoever shows both takes the landings of `attainment`."""
    found = standing(user, day)
    managers = {row.user.pk: row.landing for row in found.rows if row.user and row.landing}
    return Landings(found.company.landing if found.company else None, managers)

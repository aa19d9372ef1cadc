"""How far a manager's sales plan is reached and where their year lands, as plans tell it."""

import datetime as dt

from kpi.queries.plans.standing import Line, standing
from people.models import User


def plan_line(reader: User, manager: User, day: dt.date) -> Line | None:
    """None where neither a plan nor sales of the year say anything; as many queries as plans."""
    rows = standing(reader, day).rows
    return next((row for row in rows if row.user and row.user.pk == manager.pk), None)

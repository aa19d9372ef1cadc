"""What the nights of the last quarter found managers to carry, and what hung on whom.

Reckoned by the night's own step for one day a week, as who owned what, and who was away, stood
then. Of managers the days between repeat it; ties are those of today.
"""

import datetime as dt

from accounts.commands.dependence import write_dependence
from accounts.models import ManagerDay
from kpi.demo.write import World

QUARTER, WEEK = 89, 7


def write_past_nights(world: World) -> None:
    """Oldest first, so that the last word on every day is that of its own week."""
    for ago in range(QUARTER // WEEK * WEEK, -1, -WEEK):
        day = world.day(ago)
        write_dependence(day=day)
        rows = list(ManagerDay.objects.filter(day=day))
        days = [world.day(ago - n) for n in range(1, WEEK) if ago - n >= 0]
        ManagerDay.objects.bulk_create(_again(row, other) for other in days for row in rows)


def _again(row: ManagerDay, day: dt.date) -> ManagerDay:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    return ManagerDay(**values | {"day": day})

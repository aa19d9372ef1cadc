"""Readings of managers and teams as a night would have written them."""

import datetime as dt

from kpi.choices import Scope
from kpi.models import Reading, ReadingDay
from people.models import Membership, User, company_day


def read_for(user: User, code: str, number: int, of: int | None = None, *, team=False, **fields):
    """Of today; with `team` of the user's team."""
    day = company_day()
    ReadingDay.objects.get_or_create(day=day, defaults={"digest": "x"})
    key = Membership.objects.get(user=user).team_id if team else user.pk
    return Reading.objects.create(
        code=code, version=f"{code}-1", day=day, first=day - dt.timedelta(days=364), last=day,
        scope=Scope.TEAM if team else Scope.MANAGER, key=str(key), numerator=number,
        denominator=of, value=number / of if of else number, **fields,
    )  # fmt: skip

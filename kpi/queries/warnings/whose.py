"""Whose an alarm or a loss was: its owner's on that day, so that no handover moves the record."""

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Assignment
from accounts.models.coverage import people_led
from kpi.models import Alert
from kpi.queries.warnings import excuses
from people.models import User

YEAR = dt.timedelta(days=365)


def alarms_of(user: User) -> QuerySet[Alert]:
    """Directors: all. Managers: of accounts they, or those they lead, owned on the alarm's day."""
    if user.is_director:
        return Alert.objects.all()
    return Alert.objects.filter(
        Exists(_held(user).filter(account=OuterRef("account")).on(OuterRef("red_on")))
    )


def lost_with(user: User, lost: dict[int, dt.date]) -> dict[int, dt.date]:
    """Of `lost` (account to its last order) those that were theirs when a year had passed."""
    if user.is_director:
        return lost
    spans: dict[int, list[tuple]] = defaultdict(list)
    for some in excuses.batches(lost):
        rows = _held(user).filter(account__in=some)
        for account, start, end in rows.values_list("account", "valid_from", "valid_to"):
            spans[account].append((start, end or dt.date.max))
    return {
        pk: last
        for pk, last in lost.items()
        if any(start <= last + YEAR < end for start, end in spans[pk])
    }


def _held(user: User) -> QuerySet[Assignment]:
    people = {user.pk, *people_led(user).values_list("user", flat=True)}
    return Assignment.objects.owners().filter(user__in=people)

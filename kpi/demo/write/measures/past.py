"""The last order and the last talk of every account as a past week knew them.

Health of a past day reads the rows that lists read, which know the newest only: without this every
account would look fresh until today, and all of them would fall on one day.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict

from django.db import connection
from django.db.models import Max, QuerySet
from django.db.models.functions import TruncDate

from accounts.models import AccountDay, AccountRhythm, AccountScore, Touchpoint

DAYS = (
    "UPDATE accounts_accountscore SET last_order=%s, amber_day=%s, alarm_day=%s WHERE account_id=%s"
)
TALK = "UPDATE accounts_accountrhythm SET last_two_way_on=%s WHERE account_id=%s"
Days = dict[int, list[dt.date]]  # ascending


class Past:
    """`show` makes the rows those of a day from `first` on; that of today leaves them as they were."""

    def __init__(self, first: dt.date):
        rows = AccountScore.objects.exclude(last_order=None)
        heads = dict(rows.exclude(counts_with=None).values_list("account", "counts_with"))
        self.scores = list(rows.values_list("pk", "last_order", "amber_day", "alarm_day"))
        talked = AccountRhythm.objects.exclude(last_two_way_on=None)
        self.talks = dict(talked.values_list("pk", "last_two_way_on"))
        ordered = AccountDay.objects.filter(net__gt=0).order_by()
        self.orders = _days(ordered, first, heads)
        met = Touchpoint.objects.meaningful().order_by().annotate(day=TruncDate("at"))
        self.met = _days(met, first, {})

    def show(self, day: dt.date) -> None:
        days, talks = [], []
        for pk, last, amber, alarm in self.scores:
            then = _newest(self.orders.get(pk, []), day) if last > day else last
            earlier = last - then if then else None
            days.append([then, _shifted(amber, earlier), _shifted(alarm, earlier), pk])
        for pk, last in self.talks.items():
            talks.append([_newest(self.met.get(pk, []), day) if last > day else last, pk])
        with connection.cursor() as cursor:
            cursor.executemany(DAYS, days)
            cursor.executemany(TALK, talks)


def _days(rows: QuerySet, first: dt.date, heads: dict[int, int]) -> Days:
    """The newest day before `first` and every one since, by account; a child's are also those of
    the account it counts with."""
    before = rows.filter(day__lt=first).values("account").annotate(last=Max("day"))
    since = rows.filter(day__gte=first).values_list("account", "day").distinct()
    found: Days = defaultdict(list)
    for account, day in (*before.values_list("account", "last"), *since):
        for pk in {account, heads.get(account, account)}:
            found[pk].append(day)
    return {pk: sorted(days) for pk, days in found.items()}


def _newest(days: list[dt.date], day: dt.date) -> dt.date | None:
    place = bisect_right(days, day)
    return days[place - 1] if place else None


def _shifted(day: dt.date | None, earlier: dt.timedelta | None) -> dt.date | None:
    return day - earlier if day and earlier is not None else None

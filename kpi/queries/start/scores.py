"""What the last night says of all customers together: one pass for five figures of the page."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum

from accounts.choices import AccountStatus
from accounts.models import AccountScore, KeySpan
from common.dates import year_before

QUARTERS = 4  # ninety days are told as a quarter of the last twelve months


@dataclass(frozen=True, slots=True)
class Book:
    """Money in the company's currency, of the twelve months up to the day.

    `judged`: accounts with a rhythm of their own; `silent` of them are past their alarm day and
    bought within the year, `newly` since Monday. `keys` were key a year ago and had bought,
    `kept` of them bought in the year since. `fresh` bought for the first time since Monday.
    """

    judged: int
    silent: int
    silent_revenue: Decimal
    newly: int
    keys: int
    kept: int
    unowned: int
    fresh: int

    @property
    def at_risk(self) -> Decimal:
        return self.silent_revenue / QUARTERS


def past_alarm(day: dt.date) -> Q:
    """Silent longer than 19 of 20 who stay, while their last year still holds orders."""
    return Q(alarm_day__lte=day, last_order__gt=year_before(day), revenue__gt=0)


def book_of(day: dt.date, since: dt.date) -> Book:
    """One query, however many customers there are."""
    start = year_before(day)
    was_key = Exists(KeySpan.objects.on(start).filter(account=OuterRef("account")))
    silent, key = past_alarm(day), Q(was_key=True, first_order__lte=start)
    live = Q(account__status=AccountStatus.ACTIVE, revenue__gt=0)
    found = AccountScore.objects.filter(counts_with=None).annotate(was_key=was_key).aggregate(
        judged=Count("pk", filter=Q(alarm_day__isnull=False, last_order__gt=start)),
        silent=Count("pk", filter=silent),
        silent_revenue=Sum("revenue", filter=silent),
        newly=Count("pk", filter=silent & Q(alarm_day__gte=since)),
        keys=Count("pk", filter=key),
        kept=Count("pk", filter=key & Q(last_order__gt=start)),
        unowned=Count("pk", filter=live & Q(account__owner=None)),
        fresh=Count("pk", filter=Q(first_order__gte=since, first_order__lte=day)),
    )  # fmt: skip
    found["silent_revenue"] = found["silent_revenue"] or Decimal(0)
    return Book(**found)

"""What the last night says of all customers together: one pass for the figures of the page."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import AccountScore, KeySpan
from common.dates import year_before


@dataclass(frozen=True, slots=True)
class Book:
    """`judged`: accounts with a rhythm of their own. `keys` were key a year ago and had bought,
    `kept` of them bought in the year since. `fresh` bought for the first time since Monday.
    """

    judged: int
    keys: int
    kept: int
    fresh: int


def past_alarm(day: dt.date) -> Q:
    """Silent longer than 19 of 20 who stay, while their last year still holds orders."""
    return Q(alarm_day__lte=day, last_order__gt=year_before(day), revenue__gt=0)


def book_of(day: dt.date, since: dt.date) -> Book:
    """One query, however many customers there are."""
    start = year_before(day)
    was_key = Exists(KeySpan.objects.on(start).filter(account=OuterRef("account")))
    key = Q(was_key=True, first_order__lte=start)
    found = AccountScore.objects.filter(counts_with=None).annotate(was_key=was_key).aggregate(
        judged=Count("pk", filter=Q(alarm_day__isnull=False, last_order__gt=start)),
        keys=Count("pk", filter=key),
        kept=Count("pk", filter=key & Q(last_order__gt=start)),
        fresh=Count("pk", filter=Q(first_order__gte=since, first_order__lte=day)),
    )  # fmt: skip
    return Book(**found)

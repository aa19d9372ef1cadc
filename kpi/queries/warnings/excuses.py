"""What explains a silence: an agreed pause, an open order, the same weeks of last year."""

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import islice

from django.db.models import Case, F, Max, Min, Q, QuerySet, Sum, When

from accounts.choices import LineStatus
from accounts.models import AccountDay, LedgerLine
from common.dates import year_before
from kpi.models import AgreedPause
from kpi.models.warning import SURVIVOR
from kpi.rules import warnings as rule

BATCH = 2_000
FRESH = dt.timedelta(days=180)  # an order that is open for longer is a forgotten line
Window = tuple[dt.date, dt.date]  # first and last day


def pauses(day: dt.date) -> dict[int, dt.date]:
    """Account → end of the pause that holds on the day; those of merged accounts count with it."""
    rows = AgreedPause.objects.on(day).filter(undone_at=None).annotate(head=SURVIVOR)
    found: dict[int, dt.date] = {}
    for head, until in rows.values_list("head", "valid_to"):
        found[head] = max(until, found.get(head, until))
    return found


def open_orders(accounts: Collection[int], day: dt.date) -> set[int]:
    """Those with an order in the ledger that is not invoiced yet."""
    found: set[int] = set()
    for some in batches(accounts):
        rows = (
            LedgerLine.objects.live()
            .filter(status=LineStatus.OPEN, day__gt=day - FRESH)
            .filter(Q(account__in=some) | Q(account__score__counts_with__in=some))
            .annotate(head=head_among(some))
        )
        found |= set(rows.order_by().values_list("head", flat=True).distinct())
    return found


def around(accounts: Collection[int], back: dt.date) -> dict[int, tuple]:
    """Account → its last order day until `back` and its first one after it, within a year each."""
    found: dict[int, tuple] = {}
    year = dt.timedelta(days=rule.YEAR)
    for some in batches(accounts):
        days = ordered(some).filter(day__gt=back - year, day__lte=back + year)
        rows = days.values("head").annotate(
            before=Max("day", filter=Q(day__lte=back)), after=Min("day", filter=Q(day__gt=back))
        )
        found |= {row["head"]: (row["before"], row["after"]) for row in rows}
    return found


def same_weeks(accounts: Collection[int], day: dt.date) -> dict[int, int]:
    """Account → its net of last year's 90 days after the same date, in units."""
    first = year_before(day)
    last = first + dt.timedelta(days=rule.HORIZON)
    found: dict[int, int] = {}
    for some in batches(accounts):
        rows = of_group(some).filter(day__gt=first, day__lte=last)
        sums = rows.order_by().values("head").annotate(total=Sum("net"))
        found |= {row["head"]: int(row["total"] * 10_000) for row in sums}
    return found


def of_group(accounts: Collection[int]) -> QuerySet[AccountDay]:
    """Days of these accounts and of those that count with them; `head`: which of them."""
    rows = AccountDay.objects.filter(
        Q(account__in=accounts) | Q(account__score__counts_with__in=accounts)
    )
    return rows.annotate(head=head_among(accounts))


def ordered(accounts: Collection[int]) -> QuerySet[AccountDay]:
    return of_group(accounts).filter(net__gt=0).order_by()


def head_among(accounts: Collection[int]) -> Case:
    own = When(account__in=accounts, then=F("account"))
    return Case(own, default=F("account__score__counts_with"))


def batches(accounts: Collection[int]) -> Iterator[list[int]]:
    rest = iter(sorted(accounts))
    while some := list(islice(rest, BATCH)):
        yield some

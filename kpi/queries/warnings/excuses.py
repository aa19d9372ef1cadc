"""What explains a silence: an agreed pause, an open order, the same weeks of last year."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Case, F, Q, QuerySet, When

from accounts.choices import LineStatus
from accounts.models import AccountDay, LedgerLine
from common import dbops
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
    heads = _heads(accounts)
    found: set[int] = set()
    for some in batches(heads):
        rows = LedgerLine.objects.live().filter(
            status=LineStatus.OPEN, day__gt=day - FRESH, account__in=some
        )
        found |= {heads[pk] for pk in rows.order_by().values_list("account", flat=True).distinct()}
    return found


def around(accounts: Collection[int], back: dt.date) -> dict[int, tuple]:
    """Account → its last order day until `back` and its first one after it, within a year each."""
    heads = _heads(accounts)
    found: dict[int, tuple] = {}
    year = dt.timedelta(days=rule.YEAR)
    edges = ("max(CASE WHEN day <= %s THEN day END)", "min(CASE WHEN day > %s THEN day END)")
    for some in batches(heads):
        condition, params = dbops.one_of("account_id", some)
        rows = dbops.read_ints(
            ["account_id", *(f"COALESCE({dbops.day_number(edge)}, 0)" for edge in edges)],
            f"FROM {AccountDay._meta.db_table} WHERE net > 0 AND day > %s AND day <= %s"
            f" AND {condition} GROUP BY account_id",
            [back, back, back - year, back + year, *params],
        )
        for account, before, after in rows.tolist():
            last, first = found.get(heads[account], (0, 0))
            found[heads[account]] = (max(last, before), min(first or after, after or first))
    return {head: tuple(day and dt.date.fromordinal(day) or None for day in days)
            for head, days in found.items()}  # fmt: skip


def _heads(accounts: Collection[int]) -> dict[int, int]:
    """Every account whose days count for these → which of them it counts for."""
    found: dict[int, int] = {}
    for some in batches(accounts):
        condition, params = dbops.one_of("counts_with_id", some)
        rows = dbops.read_ints(
            ["account_id", "counts_with_id"],
            f"FROM accounts_accountscore WHERE {condition}",
            params,
        )
        found |= dict(rows.tolist())
    return found | {account: account for account in accounts}


def same_weeks(accounts: Collection[int], day: dt.date) -> dict[int, int]:
    """Account → its net of last year's 90 days after the same date, in units."""
    heads = _heads(accounts)
    first = year_before(day)
    last = first + dt.timedelta(days=rule.HORIZON)
    found: dict[int, int] = {}
    for some in batches(heads):
        condition, params = dbops.one_of("account_id", some)
        rows = dbops.read_ints(
            ["account_id", "sum(net)"],
            f"FROM {AccountDay._meta.db_table} WHERE day > %s AND day <= %s AND {condition}"
            " GROUP BY account_id",
            [first, last, *params],
        )
        for account, units in rows.tolist():
            found[heads[account]] = found.get(heads[account], 0) + units
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
    return dbops.chunks(sorted(accounts), BATCH)

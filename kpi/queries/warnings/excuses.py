"""What explains a silence: an agreed pause, an open order, the same weeks of last year."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models import Case, F, Q, QuerySet, When

from accounts.choices import LineStatus
from accounts.models import Account, AccountDay, AccountScore, LedgerLine
from common import dbops
from common.dates import year_before
from kpi.models import AgreedPause
from kpi.models.warning import SURVIVOR
from kpi.rules import warnings as rule

BATCH = 2_000
FRESH = dt.timedelta(days=180)  # an order that is open for longer is a forgotten line


def pauses(day: dt.date) -> dict[int, dt.date]:
    """Account → end of the pause that holds on the day; those of merged accounts count with it."""
    rows = AgreedPause.objects.on(day).filter(undone_at=None).annotate(head=SURVIVOR)
    found: dict[int, dt.date] = {}
    for head, until in rows.values_list("head", "valid_to"):
        found[head] = max(until, found.get(head, until))
    return found


@dataclass(frozen=True, slots=True)
class Groups:
    """Accounts (ascending) with all whose days count for them: `member` ascending, `at` for which
    of them each does."""

    accounts: np.ndarray
    member: np.ndarray
    at: np.ndarray

    def places(self, members: np.ndarray) -> np.ndarray:
        return self.at[np.searchsorted(self.member, members)]


def links() -> np.ndarray:
    """[rows, 2]: every account that counts with another, and with which."""
    return dbops.read_ints(
        ["account_id", "counts_with_id"],
        f"FROM {AccountScore._meta.db_table} WHERE counts_with_id IS NOT NULL",
    )


def groups(accounts: np.ndarray, links: np.ndarray) -> Groups:
    """One that is asked for itself counts for itself."""
    accounts = np.unique(accounts)
    theirs = np.isin(links[:, 1], accounts) & ~np.isin(links[:, 0], accounts)
    member = np.concatenate([accounts, links[theirs, 0]])
    at = np.searchsorted(accounts, np.concatenate([accounts, links[theirs, 1]]))
    order = np.argsort(member)
    return Groups(accounts, member[order], at[order])


def open_orders(group: Groups, day: dt.date) -> set[int]:
    """Those with an order in the ledger that is not invoiced yet: of all such orders, which an
    index knows, theirs."""
    rows = LedgerLine.objects.live().filter(status=LineStatus.OPEN, day__gt=day - FRESH)
    sql, params = rows.order_by().values("account_id").query.sql_with_params()
    open_at = dbops.read_ints(["account_id"], f"FROM ({sql}) AS line GROUP BY 1", params)[:, 0]
    waits = group.places(open_at[np.isin(open_at, group.member)])
    return set(group.accounts[waits].tolist())


def around(group: Groups, back: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """Of each account its last order day until `back` and its first one after it, within a year
    each; 0: there is none."""
    before, after = np.zeros((2, len(group.accounts)), dtype=np.int64)
    year = dt.timedelta(days=rule.YEAR)
    edges = [_order_within("DESC"), _order_within("ASC")]
    condition, ids = dbops.one_of("a.id", group.member)
    rows = dbops.read_ints(
        ["a.id", *(f"COALESCE({dbops.day_number(edge)}, 0)" for edge in edges)],
        f"FROM {Account._meta.db_table} a WHERE {condition}",
        [back - year, back, back, back + year, *ids],
    )
    at = group.places(rows[:, 0])
    np.maximum.at(before, at, rows[:, 1])
    comes = rows[:, 2] > 0
    after[at[comes]] = dt.date.max.toordinal()
    np.minimum.at(after, at[comes], rows[comes, 2])
    return before, after


def _order_within(direction: str) -> str:
    """SQL for one order day of account `a` between two days: one look into the index."""
    return (
        f"(SELECT d.day FROM {AccountDay._meta.db_table} d WHERE d.account_id = a.id AND d.net > 0"  # noqa: S608
        f" AND d.day > %s AND d.day <= %s ORDER BY d.day {direction} LIMIT 1)"
    )


def same_weeks(group: Groups, day: dt.date) -> dict[int, int]:
    """Account → its net of last year's 90 days after the same date, in units, if it had any."""
    first = year_before(day)
    last = first + dt.timedelta(days=rule.HORIZON)
    condition, ids = dbops.one_of("account_id", group.member)
    rows = dbops.read_ints(
        ["account_id", "sum(net)"],
        f"FROM {AccountDay._meta.db_table} WHERE day > %s AND day <= %s AND {condition}"
        " GROUP BY account_id",
        [first, last, *ids],
    )
    found: dict[int, int] = {}
    for at, units in zip(group.places(rows[:, 0]).tolist(), rows[:, 1].tolist(), strict=True):
        account = int(group.accounts[at])
        found[account] = found.get(account, 0) + units
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

"""Owners of all time and the money of a period, as arrays for the rules.

Accounts whose owner stayed the same are read as one sum each, the others day by day: a ledger of
millions of lines costs one pass over the daily facts of the period.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

import numpy as np
from django.db.models import Min, OuterRef, Subquery

from accounts.choices import AssignmentRole, LineStatus
from accounts.models import Account, AccountDay, Assignment, LedgerLine
from common import dbops
from common.money import to_units
from kpi.rules.attribution import OPEN, Facts, Owners

TABLE, ASSIGNMENT = AccountDay._meta.db_table, Assignment._meta.db_table
MONEY = ("SUM(net)", "SUM(net - cost - uncosted)", "SUM(uncosted)")
NET, MARGIN, UNCOSTED = range(len(MONEY))
NAMED = 5_000  # more accounts are not named in a condition: then every credit is read


def owners(holdings: np.ndarray | None = None) -> Owners:
    """Two queries, one with `holdings`. What was merged belongs, from the day its own owners end,
    to the survivor's."""
    table = (read_holdings() if holdings is None else holdings)[:, :4]
    links = Account.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    inherited = _inherited(table, list(links))
    return Owners(table=np.concatenate([table, inherited]))


def read_holdings() -> np.ndarray:
    """[rows, 5] of owners: account, first day, the day after the last, user, id."""
    until = f"COALESCE({dbops.day_number('valid_to')}, {OPEN})"
    return dbops.read_ints(
        ["account_id", dbops.day_number("valid_from"), until, "user_id", "id"],
        f"FROM {ASSIGNMENT} WHERE role = %s",
        [AssignmentRole.OWNER.value],
    )


def _inherited(table: np.ndarray, merged: list[tuple[int, int]]) -> np.ndarray:
    """What merged accounts get of their survivors' owners, in the columns of `table`."""
    found: dict[int, list[list[int]]] = defaultdict(list)
    concerned = {pk for pair in merged for pk in pair}
    for row in table[np.isin(table[:, 0], list(concerned))].tolist():
        found[row[0]].append(row)
    fresh = []
    for account, survivor in merged:
        since = max((end for _account, _start, end, _user in found[account]), default=0)
        more = [
            [account, max(start, since), end, user]
            for _survivor, start, end, user in found[survivor]
            if end > since
        ]
        found[account] += more
        fresh += more
    return np.array(fresh, dtype=np.int64).reshape(len(fresh), 4)


def facts(held: Owners, first: dt.date, last: dt.date) -> Facts:
    """Net, margin and uncosted of every account; a credit note that carries the number of an
    earlier invoice of the same customer counts on that invoice's day."""
    sums = dbops.read_ints(
        ["account_id", *MONEY],
        f"FROM {TABLE} WHERE day >= %s AND day <= %s GROUP BY account_id",
        [first, last],
    )
    changing = held.changing(first.toordinal(), last.toordinal())
    stay = ~np.isin(sums[:, 0], list(changing))
    whole = np.insert(sums[stay], 1, first.toordinal(), axis=1)
    moved = linked_credits(held, first, last)
    parts = [whole, daily(changing, first, last), *moved]
    table = np.concatenate(parts)
    return Facts(table[:, 0], table[:, 1], table[:, 2:])


def daily(accounts: Collection[int], first: dt.date, last: dt.date) -> np.ndarray:
    """Account, day and MONEY of these accounts, a row for each day."""
    condition, params = dbops.one_of("account_id", accounts)
    return dbops.read_ints(
        ["account_id", dbops.day_number("day"), *MONEY],
        f"FROM {TABLE} WHERE day >= %s AND day <= %s AND {condition} GROUP BY account_id, day",
        [first, last, *params],
    )


def linked_credits(held: Owners, first: dt.date, last: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """Credits taken off their day, and the same put on the invoice's, where the account may have
    come to another owner between the two."""
    begun = AccountDay.objects.aggregate(first=Min("day"))["first"] or first
    accounts, turns = held.turns(begun.toordinal(), last.toordinal())
    if not len(turns):
        return _table([]), _table([])
    since = max(first, dt.date.fromordinal(int(turns.min())))
    live = LedgerLine.objects.live().filter(net__isnull=False)
    invoices = live.filter(
        source=OuterRef("source"), document=OuterRef("document"), account=OuterRef("account"),
        day__lt=OuterRef("day"), net__gt=0,
    ).order_by().values("document").annotate(first=Min("day"))  # fmt: skip
    rows = live.filter(status=LineStatus.CREDIT, day__range=(since, last))
    turning = set(accounts.tolist())
    if len(turning) <= NAMED:
        rows = rows.filter(account__in=turning)
    linked = rows.annotate(origin=Subquery(invoices.values("first"))).exclude(origin=None)
    taken, put = [], []
    for account, day, origin, net, cost in linked.order_by().values_list(
        "account", "day", "origin", "net", "net_cost"
    ):
        money = _columns(to_units(net), None if cost is None else to_units(cost))
        taken.append((account, day.toordinal(), *(-one for one in money)))
        put.append((account, origin.toordinal(), *money))
    return _table(taken), _table(put)


def _table(rows: list[tuple[int, ...]]) -> np.ndarray:
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2 + len(MONEY))


def _columns(net: int, cost: int | None) -> tuple[int, int, int]:
    return (net, 0, net) if cost is None else (net, net - cost, 0)

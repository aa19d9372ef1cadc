"""Net and purchases by account and service line over any days, exact to the day.

Whole months come from the roll-up by month, the days of a month that a period begins or ends in
the middle of from the ledger itself.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

import numpy as np

from accounts.models import LedgerLine, ServiceMonth
from common import dbops
from common.choices import COUNTING
from common.dates import month_end
from common.models import Import
from common.money import to_units
from kpi.queries.periods.period import Period

MONTH, LINE = ServiceMonth._meta.db_table, LedgerLine._meta.db_table
IMPORT = Import._meta.db_table
DAY = dt.timedelta(days=1)
CHUNK = 500
ACCOUNT, SERVICE, NET, POSITIVE = range(4)


def sums(period: Period) -> np.ndarray:
    """[rows, 4]: account, service line, net and the sum of what is above zero, in units."""
    months, edges = parts(period)
    tables = [_days(edge) for edge in edges]
    if months:
        tables.append(_months(months))
    found = np.concatenate(tables)
    pairs, at = np.unique(found[:, :NET], axis=0, return_inverse=True)
    money = np.zeros((len(pairs), 2), dtype=np.int64)
    np.add.at(money, at.ravel(), found[:, NET:])
    return np.concatenate([pairs, money], axis=1)


def parts(period: Period) -> tuple[Period | None, list[Period]]:
    """The whole months of a period, and the days before and after them."""
    begin = period.first
    if begin.day != 1:
        begin = month_end(begin) + DAY
    end = period.last
    if end != month_end(end):
        end = end.replace(day=1) - DAY
    if end < begin:
        return None, [period]
    edges = []
    if period.first < begin:
        edges.append(Period(period.first, begin - DAY))
    if end < period.last:
        edges.append(Period(end + DAY, period.last))
    return Period(begin, end), edges


def _months(period: Period) -> np.ndarray:
    return dbops.read_ints(
        ["account_id", "service_line_id", "SUM(net)", "SUM(positive)"],
        f"FROM {MONTH} WHERE month >= %s AND month <= %s GROUP BY account_id, service_line_id",
        [period.first, period.last],
    )


def _days(period: Period) -> np.ndarray:
    source, params = _live(period)
    return dbops.read_ints(
        [
            "l.account_id",
            "l.service_line_id",
            "SUM(l.net)",
            "SUM(CASE WHEN l.net > 0 THEN l.net ELSE 0 END)",
        ],
        f"{source} GROUP BY l.account_id, l.service_line_id",
        params,
    )


def _live(period: Period) -> tuple[str, list]:
    """LedgerLine.objects.live() of a period with its amounts converted, for a packed reading."""
    states = ", ".join(["%s"] * len(COUNTING))
    source = (
        f"FROM {LINE} l JOIN {IMPORT} b ON b.id = l.batch_id AND b.state IN ({states})"
        f" LEFT JOIN {IMPORT} s ON s.id = l.superseded_by_id AND s.state IN ({states})"
        " WHERE s.id IS NULL AND l.net IS NOT NULL AND l.day >= %s AND l.day <= %s"
    )
    codes = [state.value for state in COUNTING]
    return source, [*codes, *codes, period.first, period.last]


def invoices(period: Period, accounts: Iterable[int]) -> Iterator[tuple[int, int, int, int]]:
    """Account, service line, day number and net units of the live lines of `accounts`, by day.

    A credit note with the number of an earlier invoice stands on that invoice's day.
    """
    begun: dict[tuple, int] = {}
    for some in dbops.chunks(sorted(accounts), CHUNK):
        found = LedgerLine.objects.live().filter(
            account__in=some, net__isnull=False, day__range=(period.first, period.last)
        )
        columns = ("account", "service_line", "day", "net", "source", "document")
        for account, line, day, net, *document in found.order_by("day", "pk").values_list(*columns):
            invoice = (account, *document)
            if net > 0:
                begun.setdefault(invoice, day.toordinal())
            on = begun.get(invoice, day.toordinal()) if net < 0 else day.toordinal()
            yield account, line, on, to_units(net)

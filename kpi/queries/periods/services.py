"""Net and purchases by account and service line over any days, exact to the day.

Whole months come from the roll-up by month, the days of a month that a period begins or ends in
the middle of from the ledger itself, or from the roll-up by day where one line was all there was.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

import numpy as np

from accounts.models import AccountDay, LedgerLine, ServiceMonth
from common import dbops
from common.choices import COUNTING
from common.dates import month_end
from common.models import Import
from common.money import to_units
from kpi.queries.periods.period import Period
from kpi.queries.periods.slices import Some
from kpi.queries.periods.stretches import Stretches, Sums, within
from kpi.rules.attribution import Dated

ACCOUNT_DAY = AccountDay._meta.db_table
MONTH, LINE = ServiceMonth._meta.db_table, LedgerLine._meta.db_table
IMPORT = Import._meta.db_table
DAY = dt.timedelta(days=1)
CHUNK = 500
AT_ONCE = 20_000  # pieces and accounts that are looked up in one reading
ACCOUNT, SERVICE, NET, POSITIVE = range(4)
LINE_SUMS = (
    "l.service_line_id", "SUM(l.net)", "SUM(CASE WHEN l.net > 0 THEN l.net ELSE 0 END)",
)  # fmt: skip
PIECES = [("piece", "int"), ("account_id", "bigint"), ("first", "date"), ("last", "date")]
EVERYBODY: Some = ("TRUE", [])


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
    source, states = _live()
    return dbops.read_ints(
        ["l.account_id", *LINE_SUMS],
        f"{source} AND l.day >= %s AND l.day <= %s GROUP BY l.account_id, l.service_line_id",
        [*states, period.first, period.last],
    )


def by_stretch(cut: Stretches, some: Some = EVERYBODY) -> Sums:
    """Account and service line, net and positive of each stretch: one pass over the months, and the
    days of months that a bound lies within; of `some` accounts."""
    with dbops.ample_memory():
        table = np.concatenate([_whole_months(cut, some), _part_months(cut, some)])
    return Sums(cut, table, keys=2)


def by_day(cut: Stretches, periods: Collection[Period]) -> Sums:
    """The same of a few days, those in `periods`, from the lines of the ledger."""
    place, bounds = cut.sql("l.day")
    same_day = "l.account_id = d.account_id AND l.day = d.day"
    source, states = _live(dbops.looked_up(f"{ACCOUNT_DAY} d", LINE, "l", same_day))
    condition, days = within("d.day", periods)
    table = dbops.read_ints(
        [place, "l.account_id", *LINE_SUMS],
        f"{source} AND {condition} GROUP BY 1, 2, 3",
        [*bounds, *states, *days],
    )
    return Sums(cut, table, keys=2)


def _cut_months(cut: Stretches) -> list[dt.date]:
    """First days of the months that a bound lies within."""
    return sorted({day.replace(day=1) for day in cut.bounds if day.day != 1})


def _whole_months(cut: Stretches, some: Some) -> np.ndarray:
    """[rows, 5]: stretch, account, service line, net and positive."""
    place, bounds = cut.sql("month")
    apart = _cut_months(cut)
    but = f" AND month NOT IN ({', '.join(['%s'] * len(apart))})" if apart else ""
    return dbops.read_ints(
        [place, "account_id", "service_line_id", "SUM(net)", "SUM(positive)"],
        f"FROM {MONTH} WHERE month >= %s AND month < %s{but} AND {some[0]} GROUP BY 1, 2, 3",
        [*bounds, cut.bounds[0], cut.bounds[-1], *apart, *some[1]],
    )


def _part_months(cut: Stretches, some: Some) -> np.ndarray:
    """The same of parts of months: who bought a single service line in all of the month bought it
    on these days; of the others the lines of the ledger tell."""
    months = _cut_months(cut)
    edges = [edge for edge in (_within(month, cut) for month in months) if edge]
    if not edges:
        return np.zeros((0, 5), dtype=np.int64)
    pieces = Stretches([*edges, *cut.each()])
    stretch = cut.on(np.array([day.toordinal() for day in pieces.bounds], dtype=np.int64))
    days = _rolled_up_days(pieces, edges, some)
    month = np.array([day.replace(day=1).toordinal() for day in pieces.bounds], dtype=np.int64)
    line = _only_line(days[:, 1], month[days[:, 0] - 1], months, some)
    single, mixed = days[line > 0], days[line == 0]
    told = np.insert(single, 2, line[line > 0], axis=1)
    found = np.concatenate([told, _ledger_days(pieces, mixed)])
    found[:, 0] = stretch[found[:, 0] - 1]
    return found


def _within(month: dt.date, cut: Stretches) -> Period | None:
    first = max(month, cut.bounds[0])
    last = min(month_end(month), cut.bounds[-1] - DAY)
    return Period(first, last) if first <= last else None


def _rolled_up_days(pieces: Stretches, edges: list[Period], some: Some) -> np.ndarray:
    """[rows, 4]: piece, account, net and positive of the edges."""
    place, bounds = pieces.sql("day")
    condition, days = within("day", edges)
    return dbops.read_ints(
        [place, "account_id", "SUM(net)", "SUM(positive)"],
        f"FROM {ACCOUNT_DAY} WHERE {condition} AND {some[0]} GROUP BY 1, 2",
        [*bounds, *days, *some[1]],
    )


def _only_line(
    accounts: np.ndarray, of: np.ndarray, months: list[dt.date], some: Some
) -> np.ndarray:
    """The one service line that each account bought in month `of` (ordinal); 0: none or several."""
    marks = ", ".join(["%s"] * len(months))
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("month"), "MIN(service_line_id)", "COUNT(*)"],
        f"FROM {MONTH} WHERE month IN ({marks}) AND {some[0]} GROUP BY account_id, month",
        [*months, *some[1]],
    )
    rows = rows[rows[:, 3] == 1]
    only = Dated(np.column_stack([rows[:, 0], rows[:, 1], rows[:, 1] + 1, rows[:, 2]]))
    return only.on(accounts, of)


def _ledger_days(pieces: Stretches, mixed: np.ndarray) -> np.ndarray:
    """[rows, 5]: piece, account, service line, net and positive of `mixed` pieces and accounts."""
    each, tables = pieces.each(), [np.zeros((0, 5), dtype=np.int64)]
    for some in dbops.batches(mixed[:, :2].tolist(), AT_ONCE):
        rows = [(at, pk, each[at - 1].first, each[at - 1].last) for at, pk in some]
        given, lists = dbops.given_rows(PIECES, rows)
        same = "l.account_id = d.account_id AND l.day >= d.first AND l.day <= d.last"
        source, states = _live(dbops.looked_up(f"{given} d", LINE, "l", same))
        columns = ["d.piece", "l.account_id", *LINE_SUMS]
        tables.append(dbops.read_ints(columns, f"{source} GROUP BY 1, 2, 3", [*lists, *states]))
    return np.concatenate(tables)


def _live(lines: str = f"{LINE} l") -> tuple[str, list]:
    """LedgerLine.objects.live() with its amounts converted, for a packed reading of `lines`."""
    states = ", ".join(["%s"] * len(COUNTING))
    source = (
        f"FROM {lines} JOIN {IMPORT} b ON b.id = l.batch_id AND b.state IN ({states})"
        f" LEFT JOIN {IMPORT} s ON s.id = l.superseded_by_id AND s.state IN ({states})"
        " WHERE s.id IS NULL AND l.net IS NOT NULL"
    )
    codes = [state.value for state in COUNTING]
    return source, [*codes, *codes]


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

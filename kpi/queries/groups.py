"""Customers in groups: how steadily they buy (XYZ) beside what they bring (ABC), and RFM ranks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _

from accounts.models import Account, AccountDay, AccountScore
from common import dbops, formats
from common.dates import month_end
from common.money import from_units, to_units
from common.why import Why
from kpi.queries.cohorts import quarter_words
from kpi.queries.periods import latest
from kpi.queries.periods.book import heads_of
from kpi.queries.remembered import remembered
from kpi.queries.state import empty_state
from kpi.rules import cohorts, rfm, steadiness, xyz
from people.models import User

PER_PAGE = 25
TIERS, LETTERS = ("A", "B", "C"), ("X", "Y", "Z", "")
MONTHS = 3


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`cv` and `xyz` are None and "" where steadiness is not told; `ranks` are R, F and M, or ()
    among too few customers. `quarters` are net revenue, oldest first."""

    account: int
    name: str
    owner: str
    tier: str
    revenue: Decimal
    quarters: tuple[float, ...]
    cv: float | None
    xyz: str
    ranks: tuple[int, ...]
    silent: int
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class GroupCell:
    tier: str
    xyz: str
    accounts: int
    revenue: Decimal
    share: float
    level: int

    @property
    def query(self) -> str:
        return f"tier={self.tier}&xyz={self.xyz or 'none'}"


@dataclass(frozen=True)
class GroupPage:
    day: dt.date
    first: dt.date
    last: dt.date
    rows: tuple[GroupRow, ...]

    @property
    def cells(self) -> list[tuple[str, list[GroupCell]]]:
        """A row a tier, a cell a letter; the last cell is whose steadiness is not told."""
        total = sum(row.revenue for row in self.rows) or Decimal(1)
        return [(tier, [self._cell(tier, letter, total) for letter in LETTERS]) for tier in TIERS]

    def _cell(self, tier: str, letter: str, total: Decimal) -> GroupCell:
        chosen = [row for row in self.rows if (row.tier, row.xyz) == (tier, letter)]
        revenue = sum((row.revenue for row in chosen), Decimal(0))
        share = float(revenue / total)
        return GroupCell(tier, letter, len(chosen), revenue, share, min(10, round(10 * share)))

    @property
    def untold(self) -> int:
        return sum(not row.xyz for row in self.rows)

    @property
    def is_ranked(self) -> bool:
        return any(row.ranks for row in self.rows)

    @property
    def quiet(self) -> int:
        return sum(row.is_quiet for row in self.rows)

    @property
    def span(self) -> str:
        return f"{quarter_words(self.first)} – {quarter_words(self.last)}"

    @property
    def why(self) -> Why:
        return Why(
            sentence=_(
                "How far the revenue of eight whole quarters swings around its mean: the standard"
                " deviation over the mean, quarters without orders included. X below 0.5, Y up to"
                " 1.0, Z above."
            ),
            inputs=(
                (_("Quarters"), self.span),
                (_("Customers without such a history"), formats.number(self.untold)),
            ),
            rule=f"{xyz.RULE_VERSION}, {steadiness.VERSION}, KAMHUB-REF-1 1.3",
        )

    @property
    def ranks_why(self) -> Why:
        return Why(
            sentence=_(
                "Fifths from 1 to 5, 5 is best: days since the last order, order days of 36 months,"
                " revenue of twelve months, each by itself. A rank for a list, not a probability."
            ),
            rule=f"{rfm.RULE_VERSION}, KAMHUB-REF-1 1.4",
        )

    def chosen(self, tier: str, letter: str, *, quiet: bool) -> list[GroupRow]:
        """Rows of a cell ("" for any; letter "none": steadiness is not told), largest first."""
        wanted = "" if letter == "none" else letter
        return [
            row
            for row in self.rows
            if (not tier or row.tier == tier)
            and (not letter or row.xyz == wanted)
            and (not quiet or row.is_quiet)
        ]


def group_page(reader: User) -> GroupPage:
    """Customers with revenue in the last twelve months whom the reader may open. A constant number
    of queries, and no days are read until the next night once somebody has looked."""
    day = latest().current.last
    starts = quarter_starts(day)
    last = month_end(starts[-1] + dt.timedelta(days=75))
    scores = list(_scores(reader))
    ids = np.array([row[0] for row in scores], dtype=np.int64)
    revenue = np.array([to_units(row[5]) for row in scores], dtype=np.int64)
    silent = np.array([(day - row[6]).days for row in scores], dtype=np.int64)
    orders = np.array([row[8] for row in scores], dtype=np.int64)
    old = np.array([row[7] < starts[1] for row in scores], dtype=bool)
    history = _history(ids, starts, last)
    cv, letters = steadiness.letters(history, old)
    ranks = steadiness.ranks(silent, orders, revenue)
    quiet = steadiness.gone_quiet(ranks)
    rows = [
        GroupRow(
            account=score[0],
            name=score[1],
            owner=score[2] or "",
            tier=score[3],
            revenue=from_units(revenue[at]),
            quarters=tuple(float(from_units(units)) for units in history[at]),
            cv=None if np.isnan(cv[at]) else float(cv[at]),
            xyz=str(letters[at]),
            ranks=tuple(ranks[at].tolist()) if ranks[at].any() else (),
            silent=int(silent[at]),
            is_quiet=bool(quiet[at]),
        )
        for at, score in enumerate(scores)
    ]
    return GroupPage(day, starts[0], starts[-1], tuple(rows))


def quarter_starts(day: dt.date) -> list[dt.date]:
    """First days of the eight last quarters that ended by `day`, oldest first."""
    running = int(cohorts.quarters(np.array([day.toordinal() + 1]))[0])
    found = [cohorts.first_month(running - back) for back in range(xyz.QUARTERS, 0, -1)]
    return [dt.date(year, month, 1) for year, month in found]


def _scores(reader: User) -> Iterator[tuple]:
    rows = AccountScore.objects.filter(
        account__in=Account.objects.visible_to(reader), counts_with=None, revenue__gt=0
    ).exclude(last_order=None)
    return rows.order_by("-revenue", "account").values_list(
        "account", "account__name", "account__owner__name", "tier", "key_reason", "revenue",
        "last_order", "first_order", "order_days",
    ).iterator(chunk_size=5_000)  # fmt: skip


def _history(ids: np.ndarray, starts: list[dt.date], last: dt.date) -> np.ndarray:
    """[accounts, quarters] net units of each with its group. The company's are kept, and whoever
    reads gets those of their `ids`."""
    found = remembered("quarters", lambda: _read_history(starts, last), starts[0], last)
    known = np.array(found["accounts"], dtype=np.int64)
    units = np.array(found["units"], dtype=np.int64).reshape(-1, len(starts))
    history = np.zeros((len(ids), len(starts)), dtype=np.int64)
    has_any = np.isin(ids, known)
    history[has_any] = units[np.searchsorted(known, ids[has_any])]
    return history


def _read_history(starts: list[dt.date], last: dt.date) -> dict[str, list]:
    """Accounts with any money in these quarters, by id, and it: JSON."""
    month = dbops.month_start("day")
    table = dbops.read_ints(
        ["account_id", dbops.day_number(month), "SUM(net)"],
        f"FROM {AccountDay._meta.db_table} WHERE day >= %s AND day <= %s"
        f" GROUP BY account_id, {month}",
        [starts[0], last],
    )
    state = empty_state()
    known, head = heads_of(state, table[:, 0])
    sums = np.zeros((len(state.ids), len(starts)), dtype=np.int64)
    first = int(cohorts.quarters(np.array([starts[0].toordinal()]))[0])
    np.add.at(sums, (head, cohorts.quarters(table[known, 1]) - first), table[known, 2])
    has_any = sums.any(axis=1)
    return {"accounts": state.ids[has_any].tolist(), "units": sums[has_any].tolist()}


def header(page: GroupPage, currency: str) -> list[str]:
    quarters = [dt.date(*cohorts.first_month(number), 1) for number in _numbers(page)]
    return [
        _("Customer"), _("Manager"), _("Tier"),
        _("Revenue, %(currency)s") % {"currency": currency},
        _("Coefficient of variation"), "XYZ", _("Recency"), _("Frequency"), _("Money"),
        _("Days since the last order"), *(quarter_words(day) for day in quarters),
    ]  # fmt: skip


def _numbers(page: GroupPage) -> range:
    first = int(cohorts.quarters(np.array([page.first.toordinal()]))[0])
    return range(first, first + xyz.QUARTERS)


def file_rows(page: GroupPage) -> Iterator[list]:
    for row in page.rows:
        yield [
            row.name, row.owner, "" if row.tier == "N" else row.tier, row.revenue,
            None if row.cv is None else round(row.cv, 6), row.xyz,
            *(row.ranks or (None, None, None)), row.silent, *row.quarters,
        ]  # fmt: skip

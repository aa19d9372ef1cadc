"""Customers by the quarter they began in, how many still buy, and how long customers stay."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import astuple, dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account
from common import charts, formats
from common.why import Why
from kpi.queries.periods import latest
from kpi.queries.periods.orders import order_days
from kpi.queries.remembered import remembered
from kpi.rules import cohorts as rules
from kpi.rules import retention, survival
from people.models import User

MOST = 12  # quarters: older cohorts stand in the file
MONTH, MONTHS = 365.25 / 12, 121  # days, and how many the curve shows at most
YEARS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Cell:
    """`level` 0 to 10 shades it."""

    buying: int
    share: float
    level: int
    is_running: bool


@dataclass(frozen=True, slots=True)
class CohortRow:
    """`began` is the first day of the quarter; `is_first`: the ledger begins in it, so that its
    customers may be older."""

    began: dt.date
    size: int
    cells: tuple[Cell, ...]
    is_first: bool

    @property
    def name(self) -> str:
        return quarter_words(self.began)


@dataclass(frozen=True)
class CohortPage:
    day: dt.date
    window: int
    rows: tuple[CohortRow, ...]
    marks: tuple[tuple[int, survival.Step], ...]
    chart: dict
    customers: int
    losses: int

    @property
    def shown(self) -> tuple[CohortRow, ...]:
        return self.rows[-MOST:]

    @property
    def quarters(self) -> range:
        return range(max((len(row.cells) for row in self.shown), default=0))

    @property
    def why(self) -> Why:
        return Why(
            sentence=_(
                "A customer counts as lost on the day its silence reaches this many days; who is"
                " not lost yet is known to have stayed so far, and no longer. The range is where"
                " the share would lie 19 times out of 20."
            ),
            inputs=(
                (_("Silence that counts as a loss, days"), formats.number(self.window)),
                (_("Customers with an order"), formats.number(self.customers)),
                (_("Of them lost at some time"), formats.number(self.losses)),
            ),
            rule=f"{survival.VERSION}, {rules.VERSION}",
        )


def cohort_page(reader: User) -> CohortPage:
    """A constant number of queries, and few until the next night once somebody has looked.
    Directors see the company, others accounts they may open."""
    day = latest().current.last
    seen = "all"
    if not reader.is_director:
        seen = sorted(Account.objects.visible_to(reader).values_list("pk", flat=True))
    found = remembered("cohorts", lambda: _summed_up(day, reader), day, seen)
    at = {int(month): survival.Step(*step) for month, step in found["months"].items()}
    return CohortPage(
        day=day,
        window=found["window"],
        rows=tuple(_row(rules.Cohort(*row), found["begun"]) for row in found["cohorts"]),
        marks=tuple((year, at[12 * year]) for year in YEARS if 12 * year in at),
        chart=_chart(at, day),
        customers=found["customers"],
        losses=found["losses"],
    )


def _summed_up(day: dt.date, reader: User) -> dict:
    """The page's figures as JSON, from every order day that the reader may know of."""
    last = day.toordinal()
    orders = order_days(last, reader)
    window = retention.activity_window(orders.median_gap())
    duration, ended = survival.lives(orders.account, orders.day, last, window)
    steps = survival.curve(duration, ended)
    at = {month: survival.at_day(steps, duration, round(month * MONTH)) for month in range(MONTHS)}
    begun = orders.first_day
    return {
        "window": window,
        "cohorts": [astuple(one) for one in rules.cohorts(orders.account, orders.day, last)],
        "months": {str(month): astuple(step) for month, step in at.items() if step is not None},
        "begun": None if begun is None else int(rules.quarters(np.array([begun]))[0]),
        "customers": len(duration),
        "losses": int(ended.sum()),
    }


def _row(cohort: rules.Cohort, begun: int | None) -> CohortRow:
    cells = tuple(
        Cell(
            buying=buying,
            share=cohort.share(since),
            level=round(10 * cohort.share(since)),
            is_running=cohort.is_running and since == len(cohort.buying) - 1,
        )
        for since, buying in enumerate(cohort.buying)
    )
    began = dt.date(*rules.first_month(cohort.quarter), 1)
    return CohortRow(began, cohort.size, cells, cohort.quarter == begun)


def quarter_words(day: dt.date) -> str:
    return _("Q%(quarter)s %(year)s") % {"quarter": (day.month + 2) // 3, "year": day.year}


def _chart(at: dict[int, survival.Step], day: dt.date) -> dict:
    """A point a month while enough customers were observed that long."""
    found = [
        (day + dt.timedelta(days=round(month * MONTH)), month, step)
        for month, step in sorted(at.items())
    ]
    lines = (
        (_("at most"), "low", "high"),
        (_("still customers"), "main", "share"),
        (_("at least"), "low", "low"),
    )
    data = charts.trend(
        [
            {
                "name": name,
                "tone": tone,
                "points": [(when, getattr(step, field)) for when, _month, step in found],
            }
            for name, tone, field in lines
        ],
        is_share=True,
        from_zero=True,
    )
    for series in data["series"]:
        series["bound"] = series["tone"] == "low"
        for point, (_when, month, _step) in zip(series["points"], found, strict=True):
            point[1] = months_words(month)
    data["words"] |= {
        "when": _("Since the first order"),
        "points": _("Arrow keys move from month to month"),
        "empty": _("Too few customers to tell"),
    }
    return data


def months_words(month: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", month) % {"count": month}


def finding(page: CohortPage) -> str:
    """The title of the chart: the longest time that enough customers were observed for."""
    if not page.marks:
        return _("Too early to tell how long customers stay")
    year, step = page.marks[-1]
    return ngettext(
        "Of 100 customers %(share)s are still with us a year after their first recorded order",
        "Of 100 customers %(share)s are still with us %(years)s years after their first recorded"
        " order",
        year,
    ) % {"share": formats.number(round(100 * step.share)), "years": year}


def sentence(page: CohortPage) -> str:
    if not page.marks:
        return _("At least five customers must have been observed for a year.")
    _year, step = page.marks[-1]
    return _(
        "Between %(low)s and %(high)s, because only %(count)s were observed for that long. Lost"
        " means silent for %(window)s days."
    ) % {
        "low": formats.percent(step.low),
        "high": formats.percent(step.high),
        "count": formats.number(step.at_risk),
        "window": formats.number(page.window),
    }


def header() -> list[str]:
    return [_("Quarter of the first order"), _("Quarters since"), _("Customers"), _("Buying"),
            _("Share"), _("Quarter is running")]  # fmt: skip


def file_rows(page: CohortPage) -> Iterator[list]:
    """One row a cell, so that any spreadsheet can turn it."""
    for row in page.rows:
        for since, cell in enumerate(row.cells):
            yield [row.name, since, row.size, cell.buying, round(cell.share, 6), cell.is_running]

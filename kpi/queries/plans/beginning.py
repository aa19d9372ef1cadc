"""What a new plan begins with: what the accounts that somebody holds today bought in a year."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import numpy as np

from accounts.models import AccountScore, ServiceMonth
from common import dbops
from common.dates import month_end, year_before
from common.money import from_units
from kpi.choices import PlanMeasure
from kpi.models import PlanLine
from kpi.queries.attribution.facts import owners
from kpi.queries.plans.actuals import account_months, customers_of
from kpi.rules import plan as rules
from kpi.rules.attribution import NOBODY

COIN = 10_000  # plans begin in whole units of the currency
CENT = Decimal("0.01")
SEASON_YEARS = 3


def base_days(year: int, day: dt.date) -> tuple[dt.date, dt.date]:
    """The year before, or the last twelve months of the figures while that year is running."""
    last = dt.date(year - 1, 12, 31)
    if last <= day:
        return dt.date(year - 1, 1, 1), last
    return year_before(day) + dt.timedelta(days=1), day


def lines_from_last_year(
    year: int, *, day: dt.date, today: dt.date, percent: Decimal
) -> list[PlanLine]:
    """By the owners of today: sales and `percent` more, spread by the season; customers and width
    as they were."""
    first, last = base_days(year, day)
    held = owners()
    months = account_months(dt.date(first.year - SEASON_YEARS, 1, 1), last)
    base = _of_base(months, first, last)
    now = held.on(base[:, 0], today.toordinal())
    lines = _sales(year, base, now, _season(months, last), percent)
    buying = customers_of(base, now)
    lines += _active(buying)
    lines += _new(first, last, dict(zip(base[:, 0].tolist(), now.tolist(), strict=True)))
    return lines + _width(buying, first, last)


def _of_base(months: np.ndarray, first: dt.date, last: dt.date) -> np.ndarray:
    """The base's own months; the first of twelve running ones is read by its days."""
    whole = months[months[:, 1] >= first.toordinal()]
    if first.day == 1:
        return whole
    return np.concatenate([account_months(first, month_end(first)), whole])


def season_until(year: int) -> rules.Season:
    """How the company's sales are spread over a year, by the whole years before this one."""
    last = dt.date(year - 1, 12, 31)
    return _season(account_months(dt.date(year - SEASON_YEARS, 1, 1), last), last)


def _season(months: np.ndarray, last: dt.date) -> rules.Season:
    """The company's, from the calendar years that had ended; every month the same without one."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0] * rules.MONTHS)
    for number, net in zip(months[:, 1].tolist(), months[:, 2].tolist(), strict=True):
        month = dt.date.fromordinal(number)
        totals[month.year][month.month - 1] += net
    begun = dt.date.fromordinal(int(months[:, 1].min())) if len(months) else last
    ended = [
        year
        for year in sorted(totals)
        if begun <= dt.date(year, 1, 1) and dt.date(year, 12, 31) <= last
    ]
    return rules.season([totals[year] for year in ended]) or rules.EVEN


def _sales(
    year: int, base: np.ndarray, now: np.ndarray, shares: rules.Season, percent: Decimal
) -> list[PlanLine]:
    totals: dict[int, int] = defaultdict(int)
    for owner, net in zip(now.tolist(), base[:, 2].tolist(), strict=True):
        totals[owner] += net
    lines = []
    for owner, total in totals.items():
        whole = rules.rounded(Fraction(rules.grown(max(total, 0), percent), COIN)) * COIN
        for month, units in enumerate(rules.phase(whole, shares, step=COIN), 1):
            lines += _line(owner, PlanMeasure.SALES, month, from_units(units))
    return lines


def _active(buying: dict[tuple[int, int], int]) -> list[PlanLine]:
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (head, number), owner in buying.items():
        found[owner, dt.date.fromordinal(number).month].add(head)
    return [
        line
        for (owner, month), heads in found.items()
        for line in _line(owner, PlanMeasure.ACTIVE, month, Decimal(len(heads)))
    ]


def _new(first: dt.date, last: dt.date, owner_of: dict[int, int]) -> list[PlanLine]:
    found: dict[tuple[int, int], int] = defaultdict(int)
    rows = AccountScore.objects.filter(counts_with=None, first_order__range=(first, last))
    for account, day in rows.order_by().values_list("account", "first_order"):
        found[owner_of.get(account, NOBODY), day.month] += 1
    return [
        line
        for (owner, month), count in found.items()
        for line in _line(owner, PlanMeasure.NEW, month, Decimal(count))
    ]


def _width(buying: dict[tuple[int, int], int], first: dt.date, last: dt.date) -> list[PlanLine]:
    """The mean of the base, the same every month."""
    rows = dbops.read_ints(
        ["account_id", "service_line_id", dbops.day_number("month")],
        f"FROM {ServiceMonth._meta.db_table} WHERE month >= %s AND month <= %s AND net > 0",
        [first.replace(day=1), last],
    )
    customers: dict[int, int] = defaultdict(int)
    pairs: dict[int, int] = defaultdict(int)
    for owner in buying.values():
        customers[owner] += 1
    for head, _line_id, month in rows.tolist():
        if (head, month) in buying:
            pairs[buying[head, month]] += 1
    lines = []
    for owner, count in customers.items():
        if pairs[owner]:
            wide = (Decimal(pairs[owner]) / count).quantize(CENT)
            for month in range(1, rules.MONTHS + 1):
                lines += _line(owner, PlanMeasure.WIDTH, month, wide)
    return lines


def _line(owner: int, measure: str, month: int, value: Decimal) -> list[PlanLine]:
    """Nobody has no plan."""
    if owner == NOBODY:
        return []
    return [PlanLine(user_id=owner, measure=measure, month=month, value=value)]

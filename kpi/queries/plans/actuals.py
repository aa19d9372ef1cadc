"""What managers really sold, month by month, as a plan counts it.

Sales belong to the owner on the invoice date, as in kpi.queries.attribution. An active customer, a
new one and what they buy belong to the owner on the last day of that month's orders, a new one to
the owner on the first order of all. A customer is an account with the children that count with it.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from accounts.models import AccountDay, AccountScore, ServiceMonth
from common import dbops
from common.dates import month_end
from kpi.choices import PlanMeasure
from kpi.queries.attribution.facts import NET, daily, linked_credits, owners
from kpi.queries.remembered import remembered
from kpi.rules.attribution import Owners
from kpi.rules.plan import MONTHS

DAYS, SERVICES = AccountDay._meta.db_table, ServiceMonth._meta.db_table
PAST_YEARS = 5
DAY = dt.timedelta(days=1)
OWNERS = 2**32  # ids of people are below it
Months = list[int]
Years = dict[int, dict[int, Months]]  # by year and owner


def _twelve() -> Months:
    return [0] * MONTHS


@dataclass
class Actuals:
    """Up to `day`: by year, owner (NOBODY is one) and month; money in units, customers in number.

    `pairs` counts customers and each service line they bought: pairs by active customers is how
    wide they buy.
    """

    day: dt.date
    held: Owners
    sales: Years = field(default_factory=dict)
    active: Years = field(default_factory=dict)
    new: Years = field(default_factory=dict)
    pairs: Years = field(default_factory=dict)

    def of(self, measure: str, year: int, owner: int) -> Months:
        return self._years(measure).get(year, {}).get(owner) or _twelve()

    def company(self, measure: str, year: int) -> Months:
        months = self._years(measure).get(year, {}).values()
        return [sum(column) for column in zip(*months, strict=True)] or _twelve()

    def owners_of(self, year: int) -> set[int]:
        return set(self.sales.get(year, {}))

    def _years(self, measure: str) -> Years:
        return self.pairs if measure == PlanMeasure.WIDTH else getattr(self, measure)


def actuals(year: int, day: dt.date, *, past: int = PAST_YEARS, counted: bool = True) -> Actuals:
    """Of `year` and as many years before it, seen on `day`; customers are counted of `year` only,
    and not at all without `counted`. A constant number of queries, and few until the next night
    or the next change of an owner. Everybody's: whoever shows it chooses whose lines."""
    held = owners()
    parts = year, day, past, counted, _digest(held)
    found = remembered("actuals", lambda: _read(held, year, day, past, counted), *parts)
    return Actuals(day, held, **{name: _by_number(years) for name, years in found.items()})


def _digest(held: Owners) -> str:
    """Another one as soon as an account is anybody else's on any day."""
    table = np.stack([held.account, held.start, held.end, held.user])
    return hashlib.sha256(table.tobytes()).hexdigest()


def _by_number(years: Years) -> Years:
    """JSON has words for keys."""
    return {
        int(year): {int(owner): months for owner, months in people.items()}
        for year, people in years.items()
    }


def _read(held: Owners, year: int, day: dt.date, past: int, counted: bool) -> dict[str, Years]:
    """By the names of the fields of Actuals."""
    first, last = dt.date(year - past, 1, 1), min(day, dt.date(year, 12, 31))
    sold = account_months(first, last)
    found = {"sales": _summed(_sales(held, sold, first, last))}
    if counted:
        this_year = sold[sold[:, 1] >= dt.date(year, 1, 1).toordinal()]
        buying = customers_of(this_year, held.on(this_year[:, 0], this_year[:, 3]))
        found["active"] = _summed((month, owner, 1) for (_head, month), owner in buying.items())
        pairs, new = service_pairs(buying, year, last), new_customers(held, year, last)
        found["pairs"] = _summed((month, owner, 1) for _head, month, owner in pairs)
        found["new"] = _summed((on, owner, 1) for _head, on, owner in new)
    return found


def account_months(first: dt.date, last: dt.date) -> np.ndarray:
    """Account, first day of the month, net, and the last day of an order in it or 0."""
    months = _month_starts(first, last)
    place, bounds = dbops.place_among("day", months)  # asked of each row, date_trunc takes longer
    ordered = f"COALESCE(MAX(CASE WHEN net > 0 THEN {dbops.day_number('day')} END), 0)"
    found = dbops.read_ints(
        ["account_id", place, "SUM(net)", ordered],
        f"FROM {DAYS} WHERE day >= %s AND day <= %s GROUP BY 1, 2",
        [*bounds, first, last],
    )
    numbers = np.array([month.toordinal() for month in months], dtype=np.int64)
    found[:, 1] = numbers[found[:, 1] - 1]
    return found


def _month_starts(first: dt.date, last: dt.date) -> list[dt.date]:
    found = [first.replace(day=1)]
    while (following := month_end(found[-1]) + DAY) <= last:
        found.append(following)
    return found


def _sales(
    held: Owners, sold: np.ndarray, first: dt.date, last: dt.date
) -> Iterable[tuple[int, int, int]]:
    """(month, owner, units). A linked credit stays in its own month and goes to whoever owned the
    account on the invoice's."""
    changing = held.changing(first.toordinal(), last.toordinal())
    stay = sold[~np.isin(sold[:, 0], list(changing))]
    parts = [(stay[:, 1], held.on(stay[:, 0], stay[:, 1]), stay[:, 2])]
    rows = daily(changing, first, last)
    taken, put = linked_credits(held, first, last)
    for table in (rows, taken, put):
        when = taken if table is put else table
        owner = held.on(table[:, 0], table[:, 1])
        parts.append((when[:, 1], owner, table[:, 2 + NET]))
    days, owner, money = (np.concatenate(column) for column in zip(*parts, strict=True))
    keys, at = np.unique(days * OWNERS + owner, return_inverse=True)
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, at.ravel(), money)
    return zip((keys // OWNERS).tolist(), (keys % OWNERS).tolist(), sums.tolist(), strict=True)


def customers_of(sold: np.ndarray, owner: np.ndarray) -> dict[tuple[int, int], int]:
    """(customer, month) to whoever of `owner`, one a row, had the last order of the month."""
    is_ordering = sold[:, 3] > 0
    sold, owner = sold[is_ordering], owner[is_ordering]
    order = np.argsort(sold[:, 3], kind="stable")
    head = heads()
    customers = [head.get(account, account) for account in sold[order, 0].tolist()]
    named = zip(customers, sold[order, 1].tolist(), strict=True)
    return dict(zip(named, owner[order].tolist(), strict=True))


def heads() -> dict[int, int]:
    """Of the accounts that count with another: with which."""
    rows = AccountScore.objects.exclude(counts_with=None)
    return dict(rows.order_by().values_list("account", "counts_with"))


def service_pairs(
    buying: dict[tuple[int, int], int], year: int, last: dt.date
) -> Iterator[tuple[int, int, int]]:
    """Customer, month and its owner, once for each service line bought in it."""
    rows = dbops.read_ints(
        ["account_id", "service_line_id", dbops.day_number("month")],
        f"FROM {SERVICES} WHERE month >= %s AND month <= %s AND net > 0",
        [dt.date(year, 1, 1), last],
    )
    head = heads()
    bought = {(head.get(account, account), line, month) for account, line, month in rows.tolist()}
    for customer, _line, month in bought:
        if (customer, month) in buying:
            yield customer, month, buying[customer, month]


def new_customers(held: Owners, year: int, last: dt.date) -> list[tuple[int, int, int]]:
    """Customers whose first order of all falls into the year, its day and the owner then."""
    rows = AccountScore.objects.filter(
        counts_with=None, first_order__range=(dt.date(year, 1, 1), last)
    )
    found = list(rows.order_by().values_list("account", "first_order"))
    table = np.array([(pk, day.toordinal()) for pk, day in found], dtype=np.int64).reshape(-1, 2)
    owner = held.on(table[:, 0], table[:, 1])
    return list(zip(*table.T.tolist(), owner.tolist(), strict=True))


def _summed(rows: Iterable[tuple[int, int, int]]) -> Years:
    """(any day of the month, owner, value) to year, owner, twelve months."""
    found: dict[int, dict[int, Months]] = defaultdict(lambda: defaultdict(_twelve))
    months: dict[int, tuple[int, int]] = {}
    for number, owner, value in rows:
        if number not in months:
            day = dt.date.fromordinal(number)
            months[number] = day.year, day.month - 1
        year, month = months[number]
        found[year][owner][month] += value
    return {year: dict(people) for year, people in found.items()}

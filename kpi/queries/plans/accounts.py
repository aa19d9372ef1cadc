"""What each account adds to how far a plan is reached: the rows behind a manager's or the company's
share.

Their first column over the second, with the plan's own row, is the share of kpi.queries.plans.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from common.dates import is_month_end
from kpi.choices import PlanMeasure
from kpi.queries.attribution.facts import NET, facts
from kpi.queries.plans.actuals import (
    Actuals,
    account_months,
    actuals,
    customers_of,
    heads,
    new_customers,
    service_pairs,
)  # fmt: skip
from kpi.queries.plans.outlook import past_of
from kpi.queries.plans.standing import UNIT, Book, Months, plan_of, planned_months
from kpi.rules import plan as rules

Row = tuple[int, int, int, int]  # account, its owner then, units that came, units that were asked


@dataclass(frozen=True)
class Added:
    """`parts`: account to what came and what was asked of it, in units; `plan`: what the plan asks
    in all, 0 where it asks by account."""

    parts: dict[int, list[int]]
    plan: int


def added(measure: PlanMeasure, user: int | None, day: dt.date) -> Added | None:
    """Of a manager, or (None) the company; None without a plan of it in force on the day."""
    version = plan_of(day.year, day)
    if version is None:
        return None
    planned = planned_months(version)
    sold = actuals(day.year, day)
    theirs = planned if user is None else Book(sold, planned, past_of(sold, day.year)).theirs
    plans = {
        one: found[measure]
        for one, found in theirs.items()
        if measure in found and user in (None, one)
    }
    if not plans:
        return None
    parts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for account, owner, came, asked in _rows(measure, sold, day, plans):
        if user in (None, owner):
            parts[account][0] += came
            parts[account][1] += asked
    kept = {pk: part for pk, part in parts.items() if any(part)}
    return Added(kept, _asked(measure, list(plans.values()), day))


def _asked(measure: PlanMeasure, plans: list[Months], day: dt.date) -> int:
    months = [sum(column) for column in zip(*plans, strict=True)]
    if measure == PlanMeasure.WIDTH:
        return 0
    return rules.to_date(months, day) if measure in rules.SUMMED else sum(months[: _done(day)])


def _done(day: dt.date) -> int:
    """Months that have ended."""
    return day.month - (not is_month_end(day))


def _rows(
    measure: PlanMeasure, sold: Actuals, day: dt.date, plans: dict[int, Months]
) -> Iterator[Row]:
    if measure == PlanMeasure.SALES:
        return _sales(sold, day)
    if measure == PlanMeasure.NEW:
        found = new_customers(sold.held, day.year, day)
        return ((head, owner, UNIT, 0) for head, _day, owner in found)
    return _of_months(measure, sold, day, plans)


def _sales(sold: Actuals, day: dt.date) -> Iterator[Row]:
    found = facts(sold.held, day.replace(month=1, day=1), day)
    owner = sold.held.on(found.account, found.day)
    head = heads()
    for account, user, net in zip(
        found.account.tolist(), owner.tolist(), found.money[:, NET].tolist(), strict=True
    ):
        yield head.get(account, account), user, net, 0


def _of_months(
    measure: PlanMeasure, sold: Actuals, day: dt.date, plans: dict[int, Months]
) -> Iterator[Row]:
    """Of months that have ended: each with an order is one active customer; how wide they bought is
    asked of these."""
    table = account_months(day.replace(month=1, day=1), day)
    buying = customers_of(table, sold.held.on(table[:, 0], table[:, 3]))
    done = _done(day)
    ended = {
        (head, number): owner
        for (head, number), owner in buying.items()
        if dt.date.fromordinal(number).month <= done
    }
    if measure == PlanMeasure.ACTIVE:
        for (head, _number), owner in ended.items():
            yield head, owner, UNIT, 0
        return
    for head, _number, owner in service_pairs(ended, day.year, day):
        if owner in plans:
            yield head, owner, UNIT, 0
    for (head, number), owner in ended.items():
        if owner in plans:
            yield head, owner, 0, plans[owner][dt.date.fromordinal(number).month - 1]

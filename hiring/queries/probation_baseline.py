"""What accounts bought in the year before a trial, and since it began: from the daily facts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import AccountDay
from hiring.models import ProbationAccount
from hiring.rules import season as seasons
from hiring.rules.intervals import Orders, orders_of
from hiring.rules.picker import window

YEAR = 365


@dataclass(frozen=True)
class Baseline:
    """Of one account: a year's orders, net and months, and the net of the year before."""

    orders: Orders = field(default_factory=Orders)
    net: Decimal = Decimal(0)
    before: Decimal = Decimal(0)
    months: tuple[float, ...] = (0.0,) * 12


def newest_ledger_day(before: dt.date | None = None) -> dt.date | None:
    """The last day that anybody bought on, or the last one earlier than `before`."""
    days = AccountDay.objects.order_by("-day").values_list("day", flat=True)
    return (days.filter(day__lt=before) if before else days).first()


def days_of(
    account_ids: Collection[int], start: dt.date, end: dt.date
) -> dict[int, list[tuple[dt.date, Decimal]]]:
    """(day, net) of each account from `start` to `end`, both included."""
    found: dict[int, list[tuple[dt.date, Decimal]]] = {pk: [] for pk in account_ids}
    rows = AccountDay.objects.filter(account__in=account_ids, day__range=(start, end))
    for account, day, net in rows.order_by("day").values_list("account", "day", "net"):
        found[account].append((day, net))
    return found


def baselines(account_ids: Collection[int], frozen_on: dt.date) -> dict[int, Baseline]:
    """The 365 days up to and with `frozen_on`, and the 365 before; one query."""
    start, end = window(frozen_on, YEAR)
    earlier, _last = window(frozen_on, YEAR, back=1)
    found = {}
    for account, rows in days_of(account_ids, earlier, end).items():
        months = [0.0] * 12
        for day, net in rows:
            if day >= start:
                months[day.month - 1] += float(net)
        found[account] = Baseline(
            orders_of(float(net) for day, net in rows if day >= start),
            sum((net for day, net in rows if day >= start), Decimal(0)),
            sum((net for day, net in rows if day < start), Decimal(0)),
            tuple(months),
        )
    return found


def season_of(account_ids: Collection[int], frozen_on: dt.date) -> list[float]:
    """The share of a year each month had over two years, of all these accounts together."""
    start, _end = window(frozen_on, 2 * YEAR)
    rows = [
        (day, float(net))
        for days in days_of(account_ids, start, frozen_on).values()
        for day, net in days
    ]
    return seasons.month_shares(rows, order_days=sum(net > 0 for _day, net in rows))


def frozen_orders(row: ProbationAccount) -> Orders:
    """The baseline's orders as they were frozen; the ledger of that time may have changed since."""
    frozen = row.frozen
    return Orders(
        frozen.get("orders", 0), frozen.get("total", 0.0), frozen.get("squares", 0.0),
        frozen.get("largest", 0.0), float(row.baseline),
    )  # fmt: skip

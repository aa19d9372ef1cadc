"""What part of a year some days usually bring: by the months of two years, else evenly.

Single days of small accounts are chance; months of all accounts of a trial together are not.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Sequence

VERSION = "season-1"
YEAR = 365
ENOUGH_ORDERS = 48  # four to a month on average


def month_shares(days: Iterable[tuple[dt.date, float]], *, order_days: int) -> list[float]:
    """Of (day, net) over two whole years the share of each month, January first, adding up to 1.

    Empty, which means evenly, where orders are too few to tell or a month brought nothing at all.
    """
    months = [0.0] * 12
    for day, net in days:
        months[day.month - 1] += net
    if order_days < ENOUGH_ORDERS or min(months) <= 0:
        return []
    total = sum(months)
    return [net / total for net in months]


def share_of_year(shares: Sequence[float], start: dt.date, end: dt.date) -> float:
    """The part of a year's revenue expected from `start` to `end`, both included.

    >>> round(share_of_year([], dt.date(2026, 6, 1), dt.date(2026, 6, 14)), 5)
    0.03836
    """
    days = (end - start).days + 1
    if days <= 0:
        return 0.0
    if not shares:
        return days / YEAR
    found = 0.0
    for number in range(days):
        day = start + dt.timedelta(days=number)
        found += shares[day.month - 1] / monthrange(day.year, day.month)[1]
    return found

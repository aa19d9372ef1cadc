"""Customers with a rhythm of their own who fall silent, for the tests of warnings."""

import datetime as dt
from decimal import Decimal

from accounts.models import Account
from kpi.commands import recompute
from kpi.commands.warnings import Raised, raise_alerts
from kpi.models import Alert
from people.models import User
from tests.cast import make_account
from tests.kpi.books import make_policy
from tests.kpi.facts import make_day

DAY = dt.date(2026, 3, 31)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def make_buyer(
    name: str = "", *, owner: User | None = None, every: int = 14, orders: int = 20,
    silent: int = 3, net: int = 100, day: dt.date = DAY, wobble: int = 1,
) -> Account:  # fmt: skip
    """Ordered `orders` times, about each `every` days, and last `silent` days before `day`."""
    account = make_account(name or f"Buyer {Account.objects.count():03}", owner=owner)
    last = day - days(silent)
    for number in range(orders):
        shift = number % 3 * wobble if number else 0
        make_day(account, last - days(number * every + shift), Decimal(net))
    return account


def night(day: dt.date = DAY) -> Raised:
    recompute(as_of=day)
    return raise_alerts(day=day)


def make_warned(owner: User | None = None, name: str = "Silent", **fields) -> Alert:
    """One customer silent for two months among five that go on; the night has seen it."""
    make_policy()
    for _number in range(5):
        make_buyer()
    account = make_buyer(name, owner=owner, **{"silent": 61, **fields})
    night(fields.get("day", DAY))
    return Alert.objects.get(account=account, cause="rhythm")

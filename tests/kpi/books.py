"""A small company whose night has been computed, for the tests of pages."""

import datetime as dt
from decimal import Decimal

from accounts.choices import PolicyState
from accounts.models import Account, Policy
from kpi.commands import recompute
from tests.cast import Cast, make_account
from tests.kpi.facts import make_day

DAY = dt.date(2026, 3, 31)
EARLIER = dt.date(2025, 3, 20)
TEN = (4000, 2000, 1500, 900, 600, 400, 250, 200, 100, 50)


def make_policy(**rules) -> Policy:
    fields = {"name": "First", "state": PolicyState.ADOPTED, "adopted_on": dt.date(2023, 1, 1)}
    return Policy.objects.create(**{**fields, **rules})


def make_book(cast: Cast, sizes=TEN, *, owners=None, day: dt.date = DAY) -> list[Account]:
    """Accounts that bought once this year and once, half as much, the year before; judged.

    `owners`: who owns which place; Karl owns the others.
    """
    owners = owners or {}
    accounts = []
    for place, size in enumerate(sizes):
        account = make_account(f"Firm {place + 1:03}", owner=owners.get(place, cast.karl))
        make_day(account, day, Decimal(size))
        make_day(account, EARLIER, Decimal(size) / 2)
        accounts.append(account)
    if accounts:
        make_day(accounts[0], day - dt.timedelta(days=1100), Decimal(1))
    recompute(as_of=day)
    return accounts

"""A small book with readings: one customer kept, one lost, one new."""

import datetime as dt
from decimal import Decimal

from kpi.commands import recompute, write_readings
from tests.cast import Cast, make_account, make_cast
from tests.kpi.facts import make_day

DAY = dt.date(2026, 3, 31)


def make_measured(day: dt.date = DAY, *, more: int = 0) -> Cast:
    """Karl keeps one of two, Kim wins one and `more` of them; the ledger is four years old."""
    cast = make_cast()
    kept, lost, new = (
        make_account(name, owner=user)
        for name, user in (("Kept", cast.karl), ("Gone", cast.karl), ("Fresh", cast.kim))
    )
    make_day(kept, dt.date(2022, 1, 5), Decimal(1))
    for account, on, net in (
        (kept, dt.date(2024, 6, 1), 100), (lost, dt.date(2024, 7, 1), 50),
        (kept, dt.date(2025, 9, 1), 150), (new, dt.date(2025, 10, 1), 40),
    ):  # fmt: skip
        make_day(account, on, Decimal(net), cost=net // 2)
    for number in range(more):
        make_day(make_account(owner=cast.kim), dt.date(2025, 9, 1), Decimal(number + 1))
    recompute(as_of=day)
    write_readings()
    return cast

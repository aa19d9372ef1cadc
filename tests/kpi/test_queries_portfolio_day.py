import datetime as dt
from decimal import Decimal

import pytest

from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.kpi.facts import (
    DAY,
    days,
    make_book,
    make_day,
)

pytestmark = pytest.mark.django_db


def test_moves_are_told_since_the_last_month_end_and_the_year_before():
    accounts = make_book(500, 300, 150, 50, day=dt.date(2025, 1, 15))
    make_day(accounts[0], dt.date(2023, 6, 1), Decimal(1))
    for account, net in zip(accounts, (1, 600, 300, 100), strict=True):
        make_day(account, dt.date(2026, 3, 20), Decimal(net))
    recompute(as_of=DAY)
    found = PortfolioDay.objects.get(day=DAY).moves
    assert found["month"]["since"] == "2026-02-28"
    assert found["year"]["since"] == "2025-03-31"
    assert [accounts[2].pk, "B", "A"] in found["year"]["listed"]
    assert found["year"]["counts"]["BA"] == 1


def test_a_day_keeps_what_its_page_shows():
    accounts = make_book(500, 300, 150, 50, 0, -20)
    recompute(as_of=DAY)
    row = PortfolioDay.objects.get(day=DAY)
    assert (row.net, row.positive, row.accounts) == (Decimal(980), Decimal(1000), 4)
    assert row.tiers["A"] == {"accounts": 2, "units": 8_000_000}
    assert row.tiers["N"] == {"accounts": 2, "units": -200_000}
    assert row.curve["points"] == [[1, 5_000_000], [2, 8_000_000], [3, 9_500_000], [4, 10**7]]
    assert row.curve["largest"][0] == [accounts[0].pk, 5_000_000]
    assert (row.key_accounts, row.key_revenue) == (3, Decimal(950))
    assert (row.degenerate, row.concentration["top1_share"]) == ("few", 0.5)
    assert row.levels is not None


def test_only_month_ends_keep_every_account():
    make_book(500, 300)
    recompute(as_of=DAY)
    recompute(as_of=DAY + days("1"))
    assert PortfolioDay.objects.get(day=DAY + days("1")).levels is None

import datetime as dt

import pytest

from hiring.rules.season import ENOUGH_ORDERS, month_shares, share_of_year

DAY = dt.date


def year(**months: float) -> list[tuple[dt.date, float]]:
    return [(DAY(2025, number, 10), months.get(f"m{number}", 1.0)) for number in range(1, 13)]


def test_months_share_a_year():
    shares = month_shares(year(m12=9.0), order_days=ENOUGH_ORDERS)
    assert sum(shares) == pytest.approx(1)
    assert shares[11] == pytest.approx(0.45)
    assert shares[0] == pytest.approx(0.05)


@pytest.mark.parametrize("orders, days", [(ENOUGH_ORDERS - 1, year()), (99, year(m3=0.0))])
def test_too_little_says_nothing_of_a_season(orders, days):
    assert month_shares(days, order_days=orders) == []


def test_without_a_season_days_count_evenly():
    assert share_of_year([], DAY(2026, 1, 1), DAY(2026, 12, 31)) == pytest.approx(1)
    assert share_of_year([], DAY(2026, 6, 10), DAY(2026, 6, 9)) == 0


@pytest.mark.parametrize("first", [1, 3, 12])
def test_any_whole_year_is_a_whole_year(first):
    shares = month_shares(year(m12=9.0), order_days=99)
    end = {1: DAY(2026, 12, 31), 3: DAY(2027, 2, 28), 12: DAY(2027, 11, 30)}[first]
    assert share_of_year(shares, DAY(2026, first, 1), end) == pytest.approx(1)


def test_worked_example_half_of_december():
    shares = month_shares(year(m12=9.0), order_days=99)
    assert share_of_year(shares, DAY(2026, 12, 1), DAY(2026, 12, 15)) == pytest.approx(
        0.45 * 15 / 31
    )

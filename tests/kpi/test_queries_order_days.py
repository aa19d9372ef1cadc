import datetime as dt
from decimal import Decimal

import pytest

from kpi.queries.order_days import order_days
from tests.cast import make_account
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


def found(until: dt.date = DAY) -> dict[int, list[dt.date]]:
    orders, ids = order_days(until)
    days: dict[int, list[dt.date]] = {int(pk): [] for pk in ids}
    for account, day in zip(orders.account, orders.day, strict=True):
        days[int(ids[account])].append(dt.date.fromordinal(int(day)))
    return days


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def test_days_above_zero_up_to_the_day_in_order():
    busy, idle = make_account(), make_account()
    for days, net in ((5, 10), (900, 1), (7, 0), (6, -3), (0, 2), (-1, 4)):
        make_day(busy, ago(days), Decimal(net))
    assert found() == {busy.pk: [ago(900), ago(5), ago(0)], idle.pk: []}


def test_a_group_orders_on_days_on_which_it_nets_above_zero():
    parent = make_account()
    child = make_account(parent=parent, rolls_up=True)
    twin = make_account(merged_into=parent)
    other = make_account()
    for account, days, net in (
        (parent, 9, 5), (child, 9, 5), (child, 8, 5), (parent, 7, 5), (child, 7, -5), (twin, 3, 1),
        (other, 1, 1),
    ):  # fmt: skip
        make_day(account, ago(days), Decimal(net))
    assert found() == {parent.pk: [ago(9), ago(8), ago(3)], other.pk: [ago(1)]}


def test_a_book_without_orders():
    make_account()
    orders, ids = order_days(DAY)
    assert (len(orders.day), orders.size, len(ids)) == (0, 1, 1)

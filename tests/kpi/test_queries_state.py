import datetime as dt
from decimal import Decimal

import pytest

from accounts.choices import AccountStatus
from accounts.models import (
    Account,
    AccountScore,
    DirtyAccount,
    Scoring,
)
from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.cast import make_account
from tests.kpi.facts import (
    DAY,
    days,
    make_book,
    make_day,
    scores,
    tiers_of,
)

pytestmark = pytest.mark.django_db


def test_every_account_gets_its_sums_tier_and_key():
    accounts = make_book(500, 300, 150, 50, 0, -20)
    recompute(as_of=DAY)
    assert tiers_of(accounts) == "AABCNN"
    first = AccountScore.objects.get(account=accounts[0])
    assert (first.revenue, first.order_days, first.last_order) == (Decimal(500), 2, DAY)
    assert (first.is_key, first.key_reason) == (True, "share")
    assert first.first_order == DAY - days("800")
    last = AccountScore.objects.get(account=accounts[5])
    assert (last.revenue, last.order_days, last.last_order) == (Decimal(-20), 0, None)


def test_the_year_before_is_kept_apart():
    account = make_account()
    make_day(account, dt.date(2025, 3, 31), Decimal(70))
    make_day(account, dt.date(2025, 4, 1), Decimal(30))
    recompute(as_of=DAY)
    score = AccountScore.objects.get()
    assert (score.revenue, score.revenue_before) == (Decimal(30), Decimal(70))


def test_orders_are_days_above_zero_of_three_years():
    account = make_account()
    for day, net in (("2023-03-31", 5), ("2023-04-01", 5), ("2026-01-02", -5), ("2026-02-02", 0)):
        make_day(account, dt.date.fromisoformat(day), Decimal(net))
    recompute(as_of=DAY)
    score = AccountScore.objects.get()
    assert (score.order_days, score.first_order, score.last_order) == (
        1, dt.date(2023, 3, 31), dt.date(2023, 4, 1),
    )  # fmt: skip


def test_days_after_the_night_do_not_count():
    account = make_account()
    make_day(account, DAY + days("1"), Decimal(5))
    recompute(as_of=DAY)
    assert AccountScore.objects.get().revenue == 0


def test_children_count_with_their_parent_and_take_its_tier():
    parent, child, loner, other, small = make_book(50, 60, 100, 20, 5)
    Account.objects.filter(pk=child.pk).update(parent=parent)
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=parent).revenue == Decimal(110)
    assert AccountScore.objects.get(account=child).revenue == Decimal(60)
    assert AccountScore.objects.get(account=child).counts_with == parent
    assert tiers_of([parent, child, loner, other, small]) == "AAABC"
    assert PortfolioDay.objects.get(day=DAY).accounts == 4


def test_order_days_of_a_group_are_its_days_with_net_above_zero():
    parent, child = make_account(), make_account()
    Account.objects.filter(pk=child.pk).update(parent=parent)
    for number, (mine, its) in enumerate([(5, 5), (5, -5), (-1, 2), (0, 1)]):
        make_day(parent, DAY - days(str(number)), Decimal(mine))
        make_day(child, DAY - days(str(number)), Decimal(its))
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=parent).order_days == 3
    assert AccountScore.objects.get(account=child).order_days == 3
    assert AccountScore.objects.get(account=parent).first_order == DAY - days("3")


@pytest.mark.parametrize("mark_dirty", [True, False])
def test_the_roll_up_switch_acts_the_same_night(mark_dirty):
    parent, child, loner = make_book(50, 60, 100)
    Account.objects.filter(pk=child.pk).update(parent=parent)
    recompute(as_of=DAY + days("5"))
    Account.objects.filter(pk=child.pk).update(rolls_up=False)
    if mark_dirty:
        DirtyAccount.objects.touch([child.pk, parent.pk])
    recompute(as_of=DAY + days("5"))
    assert AccountScore.objects.get(account=parent).revenue == Decimal(50)
    assert AccountScore.objects.get(account=child).counts_with is None
    switched = scores()
    Scoring.objects.all().delete()
    recompute(as_of=DAY + days("5"))
    assert scores() == switched


def test_a_merged_account_counts_with_its_survivor_and_has_no_tier():
    survivor, absorbed, other = make_book(50, 60, 100)
    Account.objects.filter(pk=absorbed.pk).update(merged_into=survivor, status=AccountStatus.MERGED)
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=survivor).revenue == Decimal(110)
    assert tiers_of([survivor, absorbed, other]) == "ANA"

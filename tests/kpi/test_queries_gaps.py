import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from accounts.models import Account, AccountScore, DirtyAccount
from kpi.commands import recompute
from kpi.queries import gaps
from kpi.queries.facts import Facts
from kpi.queries.state import empty_state
from kpi.rules.rhythm import log_units
from kpi.rules.windows import Window
from tests.cast import make_account
from tests.kpi.facts import DAY, days, make_day

pytestmark = pytest.mark.django_db


def make_orders(account, *ago: int, day: dt.date = DAY) -> None:
    for count in ago:
        make_day(account, day - days(str(count)), Decimal(10))


def stored(account) -> tuple[int, int, int]:
    score = AccountScore.objects.get(account=account)
    return score.gaps, score.log_gaps, score.log_gaps_squared


def summed(*lengths: int) -> tuple[int, int, int]:
    logs, squares = log_units(np.array(lengths))
    return len(lengths), logs.sum(), squares.sum()


def test_a_new_order_adds_the_gap_before_it():
    account = make_account()
    make_orders(account, 40, 30)
    recompute(as_of=DAY)
    assert stored(account) == summed(10)
    make_day(account, DAY + days("2"), Decimal(1))
    recompute(as_of=DAY + days("2"))
    assert stored(account) == summed(10, 32)


def test_an_order_that_leaves_the_window_takes_its_gap_with_it():
    account = make_account()
    make_orders(account, 1090, 1080, 40)
    recompute(as_of=DAY)
    assert stored(account) == summed(10, 1040)
    recompute(as_of=DAY + days("8"))
    assert stored(account) == summed(1040)
    recompute(as_of=DAY + days("20"))
    assert AccountScore.objects.get(account=account).order_days == 1
    assert stored(account) == (0, 0, 0)


def test_a_night_after_years_begins_with_an_empty_window():
    account = make_account()
    make_orders(account, 50, 40, 30)
    recompute(as_of=DAY)
    late = DAY + days("1500")
    make_orders(account, 7, 0, day=late)
    recompute(as_of=late)
    assert stored(account) == summed(7)


def test_days_that_were_only_sent_back_are_no_orders():
    account = make_account()
    make_orders(account, 40, 20)
    make_day(account, DAY - days("30"), Decimal(-5))
    recompute(as_of=DAY)
    assert stored(account) == summed(20)


def test_gaps_of_a_group_are_those_of_its_common_days():
    parent, child = make_account(), make_account()
    Account.objects.filter(pk=child.pk).update(parent=parent)
    make_orders(parent, 1092, 60)
    make_orders(child, 1085, 50, 45)
    make_day(parent, DAY - days("50"), Decimal(-99))
    recompute(as_of=DAY)
    assert stored(parent) == summed(7, 1025, 15)
    assert stored(child) == summed(1035, 5)
    recompute(as_of=DAY + days("6"))
    assert stored(parent) == summed(1025, 15)


def test_a_corrected_day_changes_the_gaps_on_both_sides():
    account = make_account()
    make_orders(account, 40, 10)
    recompute(as_of=DAY)
    make_orders(account, 25)
    DirtyAccount.objects.create(account=account, since=DAY - days("25"))
    recompute(as_of=DAY)
    assert stored(account) == summed(15, 15)


def test_order_days_of_a_part_come_by_account_and_day():
    first, second = make_account(), make_account()
    make_orders(second, 3, 9)
    make_orders(first, 5)
    at, numbers = gaps.order_days(Facts(with_ledger(), None), Window(DAY - days("30"), DAY))
    assert at.tolist() == [0, 1, 1]
    assert (DAY.toordinal() - numbers).tolist() == [5, 9, 3]


def with_ledger():
    state = empty_state()
    assert state.first_day
    return state

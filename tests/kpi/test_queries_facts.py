import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from accounts.models import Account
from kpi.queries import facts
from kpi.queries.facts import Facts
from kpi.queries.state import empty_state
from kpi.rules.windows import Window
from tests.cast import make_account
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)
MARCH = Window(dt.date(2026, 2, 28), DAY)


@pytest.fixture
def accounts():
    made = [make_account(), make_account()]
    make_day(made[0], dt.date(2026, 2, 28), Decimal(99))
    make_day(made[0], dt.date(2026, 3, 1), Decimal(10), cost=Decimal(6))
    make_day(made[0], dt.date(2026, 3, 9), Decimal(-4), uncosted=Decimal(-4))
    make_day(made[1], DAY, Decimal(7))
    return made


def test_a_part_is_summed_per_account(accounts):
    at, rows = Facts(empty_state(), None).of(MARCH)
    first = rows[at == 0][0]
    assert first[facts.NET : facts.ORDERS + 1].tolist() == [60_000, 60_000, -40_000, 1]
    assert first[facts.FIRST] == first[facts.LAST] == dt.date(2026, 3, 1).toordinal()
    assert sorted(at.tolist()) == [0, 1]


def test_a_part_is_read_once(accounts, django_assert_num_queries):
    read = Facts(empty_state(), None)
    read.of(MARCH)
    with django_assert_num_queries(0):
        read.of(MARCH)


def test_what_ended_before_the_ledger_began_is_not_asked_for(accounts, django_assert_num_queries):
    state = empty_state()
    with django_assert_num_queries(0):
        at, rows = Facts(state, None).of(Window(dt.date(2020, 1, 1), dt.date(2020, 2, 1)))
    assert (len(at), rows.shape) == (0, (0, 7))


def test_only_the_wanted_accounts_are_read(accounts):
    at, _rows = Facts(empty_state(), np.array([False, True])).of(MARCH)
    assert at.tolist() == [1]


def test_days_of_a_group_count_once_by_their_common_net(accounts):
    Account.objects.filter(pk=accounts[1].pk).update(parent=accounts[0])
    make_day(accounts[1], dt.date(2026, 3, 9), Decimal(5))
    make_day(accounts[1], dt.date(2026, 3, 1), Decimal(-50))
    at, rows = Facts(empty_state(), None).orders_of(MARCH)
    orders = dict(zip(at.tolist(), rows[:, facts.ORDERS].tolist(), strict=True))
    assert orders == {0: 2, 1: 2}
    assert rows[at == 0][0, facts.FIRST] == dt.date(2026, 3, 9).toordinal()


@pytest.mark.parametrize("parts", [[MARCH], [Window(dt.date(2026, 2, 27), dt.date(2026, 3, 9))]])
def test_days_that_are_held_give_the_sums_the_database_gives(accounts, parts, monkeypatch):
    Account.objects.filter(pk=accounts[1].pk).update(parent=accounts[0])
    make_day(accounts[1], dt.date(2026, 3, 9), Decimal(5))
    state, everybody = empty_state(), np.array([True, True])
    held = Facts(state, everybody)
    monkeypatch.setattr(facts, "FEW", 0)
    asked = Facts(state, everybody)
    assert (held.holds, asked.holds) == (True, False)
    for part in parts:
        for method in ("of", "orders_of", "order_days", "group_days"):
            found = [
                sorted(zip(at.tolist(), rows.tolist(), strict=True))
                for at, rows in (getattr(one, method)(part) for one in (held, asked))
            ]
            assert found[0] == found[1], method


def test_the_days_of_a_few_accounts_are_read_once(accounts, django_assert_num_queries):
    read = Facts(empty_state(), np.array([True, False]))
    with django_assert_num_queries(1):
        read.of(MARCH)
        read.of(Window(dt.date(2026, 2, 1), dt.date(2026, 3, 5)))
        read.order_days(MARCH)

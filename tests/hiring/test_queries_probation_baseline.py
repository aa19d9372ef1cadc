"""Baselines are the ledger's own sums, to the unit."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccountDay
from hiring.queries.probation_baseline import (
    baselines,
    days_of,
    frozen_orders,
    newest_ledger_day,
    season_of,
)
from people.models import company_day
from tests.cast import make_account
from tests.trials import DAY, make_buyer, make_orders, make_probation

pytestmark = pytest.mark.django_db
FROZEN = dt.date(2026, 11, 20)

BOOKS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 800), st.decimals(-9_999, 99_999, places=4)
    ),
    max_size=60, unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=BOOKS)
def test_baselines_add_up_to_the_ledger(book):
    AccountDay.objects.all().delete()
    accounts = [make_account() for _number in range(4)]
    AccountDay.objects.bulk_create(
        AccountDay(account=accounts[which], day=FROZEN - back * DAY, net=net, lines=1)
        for which, back, net in book
    )
    found = baselines([account.pk for account in accounts], FROZEN)
    for field, first, last in (("net", 364, 0), ("before", 729, 365)):
        window = (FROZEN - first * DAY, FROZEN - last * DAY)
        rows = AccountDay.objects.filter(day__range=window)
        ledger = rows.aggregate(total=Sum("net"))["total"] or Decimal(0)
        assert sum(getattr(one, field) for one in found.values()) == ledger
    for pk, one in found.items():
        days = AccountDay.objects.filter(
            account=pk, net__gt=0, day__range=(FROZEN - 364 * DAY, FROZEN)
        )
        assert one.orders.count == days.count()
        assert sum(one.months) == pytest.approx(float(one.net), abs=1e-6)


def test_chosen_baselines_are_the_ledgers_sums(cast):
    row = make_probation(cast, "offered")
    start = row.frozen_on - 364 * DAY
    for one in row.accounts.all():
        days = AccountDay.objects.filter(account=one.account, day__range=(start, row.frozen_on))
        assert one.baseline == days.aggregate(total=Sum("net"))["total"]
        assert frozen_orders(one).count == days.count()


def test_the_newest_day_before_a_start(cast):
    assert newest_ledger_day() is None
    make_orders(make_account(), 0, 3)
    assert newest_ledger_day() == company_day()
    assert newest_ledger_day(before=company_day()) == company_day() - 3 * DAY


def test_days_of_nobody_are_empty(cast):
    account = make_account()
    assert days_of([account.pk], FROZEN, FROZEN) == {account.pk: []}
    assert days_of([], FROZEN, FROZEN) == {}


def test_a_season_needs_orders_in_every_month(cast):
    often = make_buyer("Often", every=5)
    assert sum(season_of([often.pk], company_day())) == pytest.approx(1)
    rare = make_buyer("Rare", every=60)
    assert season_of([rare.pk], company_day()) == []

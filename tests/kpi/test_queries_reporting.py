import datetime as dt

import pytest
import time_machine

from accounts.models import AccountDay
from kpi import queries
from tests.cast import make_account, make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC), tick=False):
        yield


def sold(day):
    AccountDay.objects.create(account=make_account(), day=day, net=1, positive=1, lines=1)


def test_without_a_ledger_the_day_is_today():
    make_company()
    assert queries.reporting_day() == dt.date(2026, 11, 20)


def test_today_is_the_companys_not_the_servers():
    make_company(time_zone="Asia/Vladivostok")
    assert queries.reporting_day() == dt.date(2026, 11, 21)


def test_a_fresh_ledger_is_shown_as_of_today():
    make_company()
    sold(dt.date(2026, 10, 6))
    assert queries.reporting_day() == dt.date(2026, 11, 20)


def test_an_old_ledger_is_shown_as_of_its_own_end():
    make_company()
    sold(dt.date(2011, 12, 9))
    sold(dt.date(2011, 12, 1))
    assert queries.reporting_day() == dt.date(2011, 12, 9)

"""Sales of past years are read once a night, and shown as if they were read at every look."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountDay, Assignment, DirtyAccount
from kpi.models import PlanLine
from kpi.queries.plans import attainment
from kpi.queries.plans.standing import standing
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day, make_night
from tests.kpi.plans import FLAT, make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
READERS = ("dora", "lena", "karl", "kim")


@pytest.fixture
def cast():
    cast = make_cast()
    for owner, net in ((cast.karl, "100.05"), (cast.kim, "300"), (None, "7")):
        account = make_account(owner=owner)
        for year in (2023, 2024, 2025, 2026):
            make_day(account, dt.date(year, 2, 5), D(net))
    make_plan(adopted=True, sales={cast.karl: FLAT, cast.kim: FLAT})
    return cast


def reads_days(reader) -> bool:
    with CaptureQueriesContext(connection) as seen:
        attainment(reader, DAY)
    return any(f"FROM {AccountDay._meta.db_table}" in one["sql"] for one in seen)


def sold(reader, user) -> D:
    rows = attainment(reader, DAY).rows
    return next(row.sales.actual for row in rows if row.user == user)


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_is_kept_is_what_is_read(cast, year):
    found = [standing(getattr(cast, name), DAY, year=year) for name in READERS]
    make_night(DAY)
    for _look in range(2):
        assert [standing(getattr(cast, name), DAY, year=year) for name in READERS] == found


def test_a_second_look_reads_no_days_whoever_looks(cast):
    make_night(DAY)
    assert reads_days(cast.dora)
    assert not any(reads_days(getattr(cast, name)) for name in READERS)


def test_nobody_gets_the_lines_of_whoever_looked_before(cast):
    make_night(DAY)
    assert len(attainment(cast.dora, DAY).rows) == 2
    found = attainment(cast.kim, DAY)
    assert [row.user for row in found.rows] == [cast.kim]
    assert (found.company, found.nobody) == (None, None)


def test_another_owner_counts_at_once(cast):
    make_night(DAY)
    assert sold(cast.dora, cast.kim) == 300
    Assignment.objects.filter(user=cast.karl).update(user=cast.kim)
    assert sold(cast.dora, cast.kim) == D("400.05")


def test_facts_that_wait_for_the_night_count_at_once(cast):
    account = make_account(owner=cast.kim)
    make_night(DAY)
    assert sold(cast.dora, cast.kim) == 300
    make_day(account, dt.date(2026, 3, 1), D(5))
    DirtyAccount.objects.touch([account.pk])
    assert sold(cast.dora, cast.kim) == 305


def test_a_plan_counts_at_once(cast):
    make_night(DAY)
    assert attainment(cast.dora, DAY).company.sales.year == 2400
    PlanLine.objects.filter(user=cast.kim).delete()
    assert attainment(cast.dora, DAY).company.sales.year == 1200

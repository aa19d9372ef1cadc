"""Attainment and landing from plan and ledger, for whoever may see them."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountScore, Assignment, ServiceLine, ServiceMonth
from kpi.queries.attribution import by_manager
from kpi.queries.attribution.period import Period
from kpi.queries.plans import attainment, landing
from kpi.queries.plans.standing import standing
from kpi.rules.attribution import View
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day
from tests.kpi.plans import FLAT, make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture
def cast():
    return make_cast()


def sell(account, year, *months):
    for month, net in enumerate(months, 1):
        if net:
            make_day(account, dt.date(year, month, 5), D(net))


def line_of(found, user):
    return next(row for row in found.rows if row.user == user)


def test_sales_are_held_against_the_plan_of_the_days_gone_by(cast):
    sell(make_account(owner=cast.karl), 2026, 90, 90, 90, 90, 90, 90)
    make_plan(adopted=True, sales={cast.karl: FLAT})
    sales = line_of(attainment(cast.dora, DAY), cast.karl).sales
    assert (sales.actual, sales.planned, sales.year, sales.share) == (540, 600, 1200, 0.9)


def test_within_a_month_the_plan_is_asked_by_days(cast):
    sell(make_account(owner=cast.karl), 2026, 100)
    make_plan(adopted=True, sales={cast.karl: [310] * 12})
    found = attainment(cast.karl, dt.date(2026, 1, 10))
    assert line_of(found, cast.karl).sales.planned == 100


def test_the_company_is_its_managers_and_nobody(cast):
    for owner, net in ((cast.karl, 100), (cast.kim, 300), (None, 7)):
        sell(make_account(owner=owner), 2026, net)
    make_plan(adopted=True, sales={cast.karl: FLAT, cast.kim: FLAT})
    found = attainment(cast.dora, DAY)
    assert found.company.sales.actual == 407
    assert found.company.sales.planned == 1200
    assert found.nobody.sales.actual == 7
    assert sum(row.sales.actual for row in found.rows) + found.nobody.sales.actual == 407


def test_sales_by_manager_are_those_of_money_by_manager(cast):
    account = make_account(owner=cast.karl)
    Assignment.objects.update(valid_to=dt.date(2026, 3, 5))
    Assignment.objects.create(
        account=account, user=cast.kim, role="owner", valid_from=dt.date(2026, 3, 5)
    )
    sell(account, 2026, 10, 20, 40, 80)
    make_day(account, dt.date(2026, 3, 4), D("0.05"))
    sell(make_account(owner=cast.kim), 2025, *FLAT)
    found = attainment(cast.dora, DAY)
    money = by_manager(cast.dora, Period("", dt.date(2026, 1, 1), DAY), View.INVOICE)
    assert {row.user: row.net for row in money.rows} == {
        row.user: row.sales.actual for row in found.rows
    }
    assert line_of(found, cast.karl).sales.actual == D("30.05")


def test_who_went_has_a_plan_until_then_and_nobody_the_rest(cast):
    account = make_account(owner=cast.karl)
    Assignment.objects.filter(account=account).update(valid_to=dt.date(2026, 4, 1))
    sell(account, 2026, 100, 100, 100)
    make_plan(adopted=True, sales={cast.karl: FLAT})
    found = attainment(cast.dora, DAY)
    karl = line_of(found, cast.karl)
    assert karl.came_or_went
    assert (karl.sales.planned, karl.sales.year, karl.sales.share) == (300, 300, 1.0)
    assert (found.nobody.sales.planned, found.company.sales.planned) == (300, 600)


def test_without_a_plan_attainment_is_unknown_and_never_nought(cast):
    sell(make_account(owner=cast.karl), 2026, 100)
    sales = line_of(attainment(cast.karl, DAY), cast.karl).sales
    assert (sales.actual, sales.planned, sales.share) == (100, None, None)


def score(account, first):
    AccountScore.objects.create(account=account, as_of=DAY, first_order=first)


def test_customers_count_in_the_months_they_order_and_once_when_new(cast):
    old, new = make_account(owner=cast.karl), make_account(owner=cast.karl)
    sell(old, 2026, 5, 5, -5)
    sell(new, 2026, 0, 5, 5, 5)
    score(old, dt.date(2020, 1, 1))
    score(new, dt.date(2026, 2, 5))
    make_plan(adopted=True, active={cast.karl: [2] * 12}, new={cast.karl: [1] + [0] * 11})
    measures = line_of(attainment(cast.karl, dt.date(2026, 4, 30)), cast.karl).measures
    active, fresh = measures["active"], measures["new"]
    assert (active.actual, active.planned, active.year) == (D(5) / 4, 2, 2)
    assert active.share == 5 / 8
    assert (fresh.actual, fresh.planned, fresh.share) == (1, 1, 1.0)


def test_before_the_first_month_has_ended_active_customers_are_unknown(cast):
    sell(make_account(owner=cast.karl), 2026, 5)
    make_plan(adopted=True, active={cast.karl: [2] * 12})
    active = line_of(attainment(cast.karl, dt.date(2026, 1, 20)), cast.karl).measures["active"]
    assert (active.actual, active.share, active.year) == (None, None, 2)


def test_a_child_that_counts_with_its_parent_is_one_customer(cast):
    parent, child = make_account(owner=cast.karl), make_account(owner=cast.karl)
    score(parent, dt.date(2026, 1, 5))
    AccountScore.objects.create(
        account=child, as_of=DAY, first_order=dt.date(2026, 1, 5), counts_with=parent
    )
    sell(parent, 2026, 5)
    sell(child, 2026, 5)
    measures = line_of(attainment(cast.karl, dt.date(2026, 1, 31)), cast.karl).measures
    assert (measures["active"].actual, measures["new"].actual) == (1, 1)


def test_width_is_lines_by_active_customer(cast):
    account = make_account(owner=cast.karl)
    sell(account, 2026, 5, 5)
    for code, month in (("a", 1), ("b", 1), ("a", 2), ("c", 2), ("d", 2)):
        line, _made = ServiceLine.objects.get_or_create(code=code, names={"en": code})
        ServiceMonth.objects.create(
            account=account, service_line=line, month=dt.date(2026, month, 1), net=1
        )
    make_plan(adopted=True, width={cast.karl: [2] * 12})
    found = attainment(cast.dora, dt.date(2026, 2, 28))
    for line in (line_of(found, cast.karl), found.company):
        width = line.measures["width"]
        assert (width.actual, width.planned, width.share) == (D("2.5"), 2, 1.25)


def test_without_service_lines_the_width_is_not_recorded(cast):
    sell(make_account(owner=cast.karl), 2026, 5, 5)
    make_plan(adopted=True, width={cast.karl: [2] * 12})
    width = line_of(attainment(cast.dora, dt.date(2026, 2, 28)), cast.karl).measures["width"]
    assert (width.actual, width.share) == (None, None)


def test_a_year_lands_by_pace_season_and_last_year(cast):
    account = make_account(owner=cast.karl)
    for year in (2023, 2024, 2025):
        sell(account, year, *FLAT)
    sell(account, 2026, *[120] * 3)
    found = landing(cast.dora, dt.date(2026, 3, 31))
    company = found.company
    assert company.value == 1320  # half by pace 1440, half by last year 1200
    assert (company.low, company.high) == (1320, 1320)  # the past came as it was told
    assert found.managers[cast.karl.pk].value == 1320
    assert "25%" in company.sentence.replace("\u00a0", "")
    assert "2 past years" in company.sentence


def test_under_two_years_the_rest_of_the_plan_is_added(cast):
    account = make_account(owner=cast.karl)
    sell(account, 2025, *FLAT)
    sell(account, 2026, 50, 50, 50)
    make_plan(adopted=True, sales={cast.karl: FLAT})
    company = landing(cast.dora, dt.date(2026, 3, 31)).company
    assert (company.value, company.low) == (1050, None)
    assert company.share == 0.875
    assert "not known" in company.sentence


def test_without_past_and_plan_nothing_is_said(cast):
    sell(make_account(owner=cast.karl), 2026, 50)
    assert landing(cast.dora, DAY).company is None


def test_a_manager_who_is_new_lands_by_the_plan_without_a_range(cast):
    account = make_account(owner=cast.kim)
    for year in (2024, 2025):
        sell(account, year, *FLAT)
    mine = make_account()
    Assignment.objects.create(
        account=mine, user=cast.karl, role="owner", valid_from=dt.date(2026, 1, 1)
    )
    sell(mine, 2026, 100, 100, 100)
    make_plan(adopted=True, sales={cast.karl: FLAT})
    karl = landing(cast.dora, dt.date(2026, 3, 31)).managers[cast.karl.pk]
    assert (karl.value, karl.low) == (1200, None)
    assert "no whole last year" in karl.sentence


@pytest.mark.parametrize(
    ("reader", "seen"),
    [("dora", {"Karl", "Kim"}), ("lena", {"Karl", "Lena"}), ("karl", {"Karl"}), ("kim", {"Kim"})],
)
def test_who_sees_whose_figures(cast, reader, seen):
    for owner in (cast.karl, cast.kim):
        sell(make_account(owner=owner), 2026, 100)
    found = attainment(getattr(cast, reader), DAY)
    assert {row.user.name for row in found.rows} == seen
    assert (found.company is None) == (reader != "dora")


def test_an_earlier_year_is_told_as_it_ended(cast):
    sell(make_account(owner=cast.karl), 2025, *FLAT)
    make_plan(2025, adopted=True, sales={cast.karl: [50] * 12})
    found = standing(cast.dora, DAY, year=2025)
    assert (found.day, found.company.sales.share) == (dt.date(2025, 12, 31), 2.0)


def test_many_managers_cost_no_more_queries_than_one(cast):
    def count():
        with CaptureQueriesContext(connection) as seen:
            attainment(cast.dora, DAY)
        return len(seen)

    sell(make_account(owner=cast.karl), 2026, 100)
    make_plan(adopted=True, sales={cast.karl: FLAT})
    assert cast.dora.roles
    one = count()
    for owner in (cast.kim, cast.lena, cast.dora):
        sell(make_account(owner=owner), 2026, 100)
    assert count() == one

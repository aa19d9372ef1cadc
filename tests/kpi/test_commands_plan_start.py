"""A plan that begins with last year's figures."""

import datetime as dt
from decimal import Decimal as D

import pytest

from accounts.models import AccountScore, Assignment, ServiceLine, ServiceMonth
from common.errors import RuleBroken
from kpi.commands.plan_start import draft_from_last_year
from kpi.models import PlanVersion
from kpi.queries.plans.cells import planned_cells
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture
def cast():
    return make_cast()


def begin(cast, year=2026, percent=10, day=DAY):
    return draft_from_last_year(actor=cast.dora, year=year, percent=D(percent), day=day, today=DAY)


def planned(version, measure):
    found = [D()] * 12
    for (_user, name, month), value in planned_cells(version).items():
        found[month - 1] += value if name == measure else 0
    return found


def test_last_year_and_more_goes_to_who_holds_the_account_today(cast):
    account = make_account(owner=cast.karl)
    Assignment.objects.update(valid_to=dt.date(2026, 5, 1))
    Assignment.objects.create(
        account=account, user=cast.kim, role="owner", valid_from=dt.date(2026, 5, 1)
    )
    make_day(account, dt.date(2025, 3, 5), D(1000))
    make_day(make_account(), dt.date(2025, 3, 5), D(500))
    version = begin(cast)
    assert sum(planned(version, "sales")) == 1100
    assert {user for user, _measure, _month in planned_cells(version)} == {cast.kim.pk}


def test_it_is_spread_by_the_season_of_whole_years(cast):
    account = make_account(owner=cast.karl)
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            make_day(account, dt.date(year, month, 5), D(200 if month == 12 else 100))
    assert planned(begin(cast, percent=0), "sales") == [100] * 11 + [200]


def test_while_last_year_runs_the_last_twelve_months_are_the_base(cast):
    account = make_account(owner=cast.karl)
    for day in (dt.date(2025, 6, 30), dt.date(2025, 7, 1), DAY, dt.date(2025, 11, 15)):
        make_day(account, day, D(100))
    assert sum(planned(begin(cast, 2027, 0), "sales")) == 300
    version = PlanVersion.objects.get()
    version.delete()
    assert sum(planned(begin(cast, 2027, 0, dt.date(2026, 6, 29)), "sales")) == 300


def test_customers_and_width_begin_as_they_were(cast):
    account = make_account(owner=cast.karl)
    make_day(account, dt.date(2025, 3, 5), D(10))
    AccountScore.objects.create(account=account, as_of=DAY, first_order=dt.date(2025, 3, 5))
    for code in "ab":
        line = ServiceLine.objects.create(code=code, names={"en": code})
        ServiceMonth.objects.create(
            account=account, service_line=line, month=dt.date(2025, 3, 1), net=5
        )
    version = begin(cast)
    only_march = [0, 0, 1] + [0] * 9
    assert planned(version, "active") == planned(version, "new") == only_march
    assert planned(version, "width") == [2] * 12


@pytest.mark.parametrize("percent", [-91, 901])
def test_growth_out_of_reason_is_refused(cast, percent):
    with pytest.raises(RuleBroken, match="Growth"):
        begin(cast, percent=percent)


def test_without_sales_there_is_nothing_to_begin_with(cast):
    with pytest.raises(RuleBroken, match="empty plan"):
        begin(cast)
    assert not PlanVersion.objects.exists()


def test_others_than_directors_make_no_draft(cast):
    with pytest.raises(RuleBroken, match="director"):
        draft_from_last_year(actor=cast.lena, year=2026, percent=D(1), day=DAY, today=DAY)

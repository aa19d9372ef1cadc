import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Assignment
from kpi.queries.export_kpis import kpis
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db


def test_company_figures(numbered_book):
    found = kpis(DAY)
    assert (found["conventions"], found["currency"]) == ("KAMHUB-REF-1", "EUR")
    assert found["pareto"]["net_revenue"] == 97.0
    assert found["pareto"]["positive_revenue"] == 100.0
    assert found["pareto"]["accounts"] == 4
    assert found["pareto"]["tiers"]["A"] == {"accounts": 2, "revenue": 85.0}
    assert found["pareto"]["tiers"]["N"] == {"accounts": 1, "revenue": -3.0}
    assert found["pareto"]["tiers_strict"]["B"] == {"accounts": 2, "revenue": 35.0}
    assert found["concentration"]["top1_share"] == 0.6
    assert found["concentration"]["top20pct_accounts"] == 1
    assert found["concentration"]["hhi"] == 4350.0


def test_managers_get_the_days_they_owned_and_add_up(numbered_book):
    day = DAY - dt.timedelta(days=5)
    open_one = Assignment.objects.get(account=numbered_book[0])
    open_one.valid_to = day
    open_one.save()
    make_day(numbered_book[0], DAY, Decimal(40))
    found = kpis(DAY)["managers"]
    assert [row["manager"] for row in found] == ["Karl", "Kim", None]
    assert [row["pareto"]["net_revenue"] for row in found] == [30.0, 67.0, 40.0]
    assert found[0]["pareto"]["tiers"]["A"]["accounts"] == 1
    assert found[2]["concentration"]["top1_share"] == 1.0

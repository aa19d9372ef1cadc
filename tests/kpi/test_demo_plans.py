"""The demo company has plans of last year and this one, and this year's was raised once."""

from common.dates import year_before
from kpi.models import PlanVersion
from kpi.queries.plans.standing import standing
from people.models import User, company_day


def test_both_years_are_planned_and_told(severpack):
    director = User.objects.get(email="marina.sokolova@severpack.example")
    today = company_day()
    for day in (today, year_before(today)):
        found = standing(director, day)
        assert found.version
        assert found.company.sales.share is not None  # nothing is sold yet on 1 January
        assert found.company.landing
    assert PlanVersion.objects.filter(year=today.year - 1).count() == 1

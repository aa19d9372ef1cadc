import datetime as dt

import pytest
from django.db import IntegrityError

from kpi.models import PortfolioDay

pytestmark = pytest.mark.django_db


def test_a_day_is_judged_in_one_row():
    day = {"day": dt.date(2026, 3, 31), "basis": "revenue", "net": 1, "positive": 1, "accounts": 1}
    row = PortfolioDay.objects.create(**day)
    assert str(row) == "2026-03-31"
    with pytest.raises(IntegrityError):
        PortfolioDay.objects.create(**day)

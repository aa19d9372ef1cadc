"""Contacts in which both sides spoke, by account and day of the company's zone."""

import datetime as dt

import numpy as np
from django.db.models import Count
from django.db.models.functions import TruncDate

from accounts.models import Touchpoint
from common import dbops
from kpi.queries.periods.period import Period
from people.models import company_zone

DAY = dt.timedelta(days=1)


def contacts(period: Period) -> np.ndarray:
    """[rows, 3]: account, day (ordinal), how many."""
    zone = company_zone()
    first = dt.datetime.combine(period.first, dt.time.min, zone)
    end = dt.datetime.combine(period.last + DAY, dt.time.min, zone)
    rows = Touchpoint.objects.meaningful().filter(at__gte=first, at__lt=end).order_by()
    rows = rows.annotate(local_day=TruncDate("at", tzinfo=zone)).values("account_id", "local_day")
    sql, params = rows.annotate(talks=Count("pk")).query.sql_with_params()
    return dbops.read_ints(
        ["account_id", dbops.day_number("local_day"), "talks"], f"FROM ({sql}) told", params
    )

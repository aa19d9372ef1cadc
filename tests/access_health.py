"""What was said to an account's health, for the access matrix."""

import datetime as dt
from itertools import count

from kpi.models import HealthOverride, Judgement
from kpi.queries.reporting import reporting_day
from people.models import User
from tests.cast import Cast, make_account

numbers = count(1)


def judgement(cast: Cast, owner: User) -> dict:
    account = make_account(f"Health {next(numbers)}", owner=owner)
    made = Judgement.objects.create(account=account, value=50, day=reporting_day(), by=owner)
    return {"pk": made.pk}


def health_override(cast: Cast, owner: User) -> dict:
    account = make_account(f"Health {next(numbers)}", owner=owner)
    day = reporting_day()
    made = HealthOverride.objects.create(
        account=account, value=50, reason="x", valid_from=day,
        valid_to=day + dt.timedelta(days=9), by=owner,
    )  # fmt: skip
    return {"pk": made.pk}


MAKERS = {"judgement": judgement, "health_override": health_override}

"""A warning with its answer and a pause of a foreign account, each with a mark of its own."""

import datetime as dt

from accounts.models import Account
from kpi.models import AgreedPause, Alert, AlertAnswer
from people.models import User, company_day


def plant_warnings(account: Account, owner: User, mark: str) -> None:
    day = company_day()
    alert = Alert.objects.create(
        account=account, cause="rhythm", level="red", since=day - dt.timedelta(days=61),
        raised_on=day - dt.timedelta(days=20), red_on=day - dt.timedelta(days=9), seen_on=day,
        data={"usual": 14, "orders": 20},
    )  # fmt: skip
    AlertAnswer.objects.create(
        alert=alert, verb="wrong", reason="other", note=f"{mark}-wrong", actor=owner
    )
    AgreedPause.objects.create(
        account=account, by=owner, reason=f"{mark}-pause", valid_from=day,
        valid_to=day + dt.timedelta(days=30),
    )  # fmt: skip

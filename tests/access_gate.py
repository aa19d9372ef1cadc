"""Objects of the gate for the walk of all addresses."""

import datetime as dt
from itertools import count

from django.utils import timezone

from accounts.commands.care import set_care_settings
from accounts.models import GateOverride
from people.models import User
from tests.cast import Cast, make_account

days = count(20)


def override(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    row = GateOverride.objects.create(
        account=account, user=cast.kim, made_by=cast.dora, reason="access",
        valid_until=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    return {"pk": account.pk, "override": row.pk}


def care_change(cast: Cast, owner: User) -> dict:
    event = set_care_settings(actor=cast.dora, seen=None, control_days=next(days) % 60 + 10)
    return {"event": event.pk}


MAKERS = {"override": override, "care_change": care_change}

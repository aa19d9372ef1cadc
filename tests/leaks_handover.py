"""Handovers of an account of somebody else's; and one to Karl that was called off."""

import datetime as dt

from django.utils import timezone

from accounts.models import Account, Handover
from people import commands
from people.models import User
from tests.cast import LONG_AGO


def plant_handovers(account: Account, mark: str) -> None:
    director = User.objects.get(name="Dora")
    fields = {"cause": "other", "tier": "A", "planned_for": LONG_AGO, "note": f"{mark}-note"}
    live = _told(account, mark, to_user=director, **fields)
    karl = User.objects.get(name="Karl")
    fields |= {"state": "cancelled", "ended_at": timezone.now(), "ended_why": f"{mark}-why"}
    ended = _told(account, mark, to_user=karl, **fields)
    for user in User.objects.filter(name__in=("Karl", "Anna", "Ivan")):
        for row, kind in ((live, "handover"), (ended, "handover"), (ended, "handover_ended")):
            cause = f"{kind}:{row.pk}"
            commands.tell(user=user, kind=kind, target=row, cause=cause, what="cancelled")


def _told(account: Account, mark: str, **fields) -> Handover:
    row = Handover.objects.create(account=account, from_user=account.owner, **fields)
    row.moves.create(to_state="planned", note=f"{mark}-move")
    now = timezone.now() - dt.timedelta(hours=1)
    row.items.create(kind="question", title=f"{mark}-ask", answer=f"{mark}-answer", done_at=now)
    row.items.create(
        kind="check", title=f"{mark}-check", waived_at=now, waived_why=f"{mark}-waived"
    )
    return row

"""The end of a personal control, written down. Who places owners calls this, so nothing here
places anybody."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, Assignment, Control
from people.commands import record
from people.models import User


def end(control: Control, *, actor: User | None, outcome: str) -> None:
    control.ended_at, control.outcome = timezone.now(), outcome.strip()[:400]
    control.version += 1
    control.save(update_fields=["ended_at", "outcome", "version"])
    record(
        actor=actor, verb="account.control_ended", target=control.account, outcome=control.outcome
    )


def end_outlived(account: Account, *, day: dt.date, actor: User | None) -> list[int]:
    """Its control is over if another owns it on `day`; the numbers of what ended, for `go_on`."""
    found = list(Control.objects.filter(account=account, ended_at=None).order_by("pk"))
    if not found:
        return []
    owners = Assignment.objects.owners().on(day).filter(account=account)
    owner = owners.select_related("user").first()
    over = [row for row in found if owner is None or row.director_id != owner.user_id]
    for row in over:
        row.account = account
        name = owner and str(owner.user)
        words = _("Handed over to %(name)s.") if name else _("The account has no owner.")
        end(row, actor=actor, outcome=words % {"name": name})
    return [row.pk for row in over]


def go_on(numbers: Iterable[int]) -> None:
    """As if they had not ended: what ended them was taken back."""
    Control.objects.filter(pk__in=list(numbers)).update(ended_at=None, outcome="")

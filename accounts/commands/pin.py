"""Pins: the director decides otherwise than the rule, with a reason and an end."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import PinKind
from accounts.commands.policy import start_recompute
from accounts.models import Account, Pin
from accounts.rules import policy as rule
from common.errors import RuleBroken
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "account.pinned": gettext_lazy("pinned the account"),
        "account.unpinned": gettext_lazy("ended a pin of the account"),
    }
)


@transaction.atomic
def pin_account(
    *, actor: User, account: Account, kind: str, reason: str, day: dt.date, until: dt.date
) -> Pin:
    """Pin from `day` until `until` (the first day without it); ends a pin it contradicts."""
    _only_the_director(actor)
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not reason.strip():
        raise RuleBroken(_("Write the reason. Nothing was pinned."))
    if not rule.is_pin_term(day, until):
        raise RuleBroken(_("A pin ends after today and within three years. Nothing was pinned."))
    for other in account.pins.on(day):
        if rule.pin_group(other.kind) == rule.pin_group(kind):
            _end(other, day)
    pin = Pin.objects.create(
        account=account,
        kind=PinKind(kind),
        reason=reason.strip(),
        by=actor,
        valid_from=day,
        valid_to=until,
    )
    people.record(
        actor=actor,
        verb="account.pinned",
        target=account,
        kind=kind,
        reason=pin.reason,
        until=until.isoformat(),
    )
    start_recompute(by=actor, day=day)
    return pin


@transaction.atomic
def unpin_account(*, actor: User, pin: Pin, reason: str, day: dt.date) -> None:
    """End a pin on `day`; a pin that began that day was never in force and is removed."""
    _only_the_director(actor)
    if not reason.strip():
        raise RuleBroken(_("Write why the pin ends. Nothing was changed."))
    pin = Pin.objects.select_for_update().filter(pk=pin.pk).first()
    if pin is None or (pin.valid_to and pin.valid_to <= day):
        raise RuleBroken(_("This pin has ended already."))
    people.record(
        actor=actor,
        verb="account.unpinned",
        target=pin.account,
        kind=pin.kind,
        reason=reason.strip(),
    )
    _end(pin, day)
    start_recompute(by=actor, day=day)


def _end(pin: Pin, day: dt.date) -> None:
    if pin.valid_from >= day:
        pin.delete()
        return
    pin.valid_to = day
    pin.save(update_fields=["valid_to"])


def _only_the_director(actor: User) -> None:
    if not rule.may_decide(actor.roles):
        raise RuleBroken(_("Only a sales director pins accounts."))

"""Agree how often an account, or one of its people, is to be met."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.commands.account import locked
from accounts.models import Account, Cadence, Contact
from accounts.rules.cadence import LONGEST
from common import formats
from common.errors import RuleBroken
from people import commands as people
from people import verbs
from people.models import User


def _agreed(data: dict) -> str:
    days = data.get("days")
    if data.get("is_default"):
        return _("Rhythm of contact as the tier has it")
    if not days:
        return _("No rhythm of contact is wanted")
    words = ngettext("Contact agreed every %(n)s day", "Contact agreed every %(n)s days", days)
    return words % {"n": formats.number(days)}


verbs.register({"account.cadence_agreed": _agreed})


@transaction.atomic
def agree_cadence(
    *,
    actor: User,
    account_id: int,
    days: int | None,
    contact_id: int | None = None,
    note: str = "",
    start: dt.date | None = None,
) -> Cadence:
    """From `start` (today) on; `days` None: none is wanted. What was agreed before ends then.

    Account.DoesNotExist or Contact.DoesNotExist for what is not there.
    """
    account = locked(account_id, actor=actor)
    if days is not None and not 1 <= days <= LONGEST:
        raise RuleBroken(_("Between one day and two years."))
    contact = contact_id and _contact(account, contact_id)
    day = start or timezone.localdate()
    _end(account, contact, day)
    row = Cadence.objects.create(
        account=account, contact=contact or None, days=days, note=note.strip()[:300],
        valid_from=day, made_by=actor,
    )  # fmt: skip
    _record(account, contact, actor, days=days, note=row.note)
    return row


@transaction.atomic
def forget_cadence(*, actor: User, account_id: int, contact_id: int | None = None) -> Account:
    """Back to what the tier has; for a person: none of their own."""
    account = locked(account_id, actor=actor)
    contact = contact_id and _contact(account, contact_id)
    _end(account, contact, timezone.localdate())
    _record(account, contact, actor, is_default=True)
    return account


def _contact(account: Account, contact_id: int) -> Contact:
    return Contact.objects.filter(positions__account=account).distinct().get(pk=contact_id)


def _end(account: Account, contact: Contact | None, day: dt.date) -> None:
    for row in account.cadences.filter(contact=contact or None, valid_to=None):
        if row.valid_from >= day:
            row.delete()
        else:
            row.valid_to = day
            row.save(update_fields=["valid_to"])


def _record(account: Account, contact: Contact | None, actor: User, **said) -> None:
    people.record(
        actor=actor, verb="account.cadence_agreed", target=account,
        contact=contact and contact.pk, **said,
    )  # fmt: skip

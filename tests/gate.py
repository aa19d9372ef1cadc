"""Makers around the gate: key accounts, grades and probation, people let through for a time."""

import datetime as dt

from django.utils import timezone

from accounts.commands.gate import override_gate
from accounts.models import Account, AccountScore, GateOverride
from people.models import Employment, User
from tests.cast import LONG_AGO, make_account


def make_key(account: Account) -> Account:
    values = {"as_of": timezone.localdate(), "is_key": True, "tier": "A"}
    AccountScore.objects.update_or_create(account=account, defaults=values)
    return account


def make_key_account(name: str = "", *, owner: User | None = None, **fields) -> Account:
    return make_key(make_account(name, owner=owner, **fields))


def employ(user: User, grade: int | None = 2, *, on_probation: bool = False) -> Employment:
    """What somebody is since long ago; said again it replaces what was said before."""
    Employment.objects.filter(user=user).delete()
    return Employment.objects.create(
        user=user, grade=grade, on_probation=on_probation, valid_from=LONG_AGO
    )


def let_through(
    actor: User, account: Account, user: User, *, minutes: int = 60, reason: str = "no other yet"
) -> GateOverride:
    until = timezone.now() + dt.timedelta(minutes=minutes)
    return override_gate(actor=actor, account_id=account.pk, user=user, until=until, reason=reason)

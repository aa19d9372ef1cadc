"""The parts of a customer, and which of them buy for themselves."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.contact import open_account
from accounts.models import Account, Division
from common.editing import check_seen
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "account.division_added": gettext_lazy("Division “%(name)s” added"),
        "account.division_changed": gettext_lazy("Division “%(name)s” changed"),
        "account.division_removed": gettext_lazy("Division “%(name)s” removed"),
    }
)


@transaction.atomic
def save_division(
    *,
    actor: User,
    account_id: int,
    name: str,
    buys: bool = False,
    parent: Division | None = None,
    division_id: int | None = None,
    seen: dict | None = None,
) -> Division:
    """A new division, or the one of `division_id` as it shall be.

    Raises Conflict when it is not any more what the form showed (`seen`).
    """
    account = open_account(account_id, actor=actor)
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise RuleBroken(_("Give the division a name."))
    row = account.divisions.get(pk=division_id) if division_id else Division(account=account)
    if row.pk:
        check_seen(seen, shown(row))
    _check(account, row, name, parent)
    verb = "account.division_changed" if row.pk else "account.division_added"
    row.name, row.buys, row.parent = name, buys, parent
    row.save()
    record(actor=actor, verb=verb, target=account, name=name)
    return row


def shown(row: Division) -> dict:
    """As its form shows it."""
    return {"name": row.name, "buys": row.buys, "parent": row.parent_id}


def _check(account: Account, row: Division, name: str, parent: Division | None) -> None:
    if account.divisions.filter(name=name).exclude(pk=row.pk).exists():
        raise RuleBroken(_("There is a division of this name already."))
    seen = {row.pk} if row.pk else set()
    while parent is not None:
        if parent.account_id != account.pk or parent.pk in seen:
            raise RuleBroken(_("Choose another division to belong to."))
        seen.add(parent.pk)
        parent = parent.parent


@transaction.atomic
def remove_division(*, actor: User, account_id: int, division_id: int) -> None:
    """Only one that nobody works in, now or formerly, goes."""
    account = open_account(account_id, actor=actor)
    row = account.divisions.get(pk=division_id)
    if row.positions.exists() or row.children.exists():
        raise RuleBroken(_("People or divisions belong to it; give them another division first."))
    row.delete()
    record(actor=actor, verb="account.division_removed", target=account, name=row.name)

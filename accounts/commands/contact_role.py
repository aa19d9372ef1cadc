"""The parts people play in a customer's decisions, and which of them a tier requires."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ContactRole
from accounts.rules.field import TIERS
from common.errors import RuleBroken
from common.ordered import reference_row
from common.starting_set import install
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "contact_roles.json"


@transaction.atomic
def install_contact_roles() -> int:
    """Bring the roles a company starts from; those it has keep its own words.

    Returns how many were new.
    """
    return install(ContactRole, STARTING_SET)


@transaction.atomic
def save_contact_role(
    *,
    actor: User,
    code: str,
    names: Mapping[str, str],
    required_in: Iterable[str] = (),
    role_id: int | None = None,
    seen: dict | None = None,
) -> ContactRole:
    """A new role, or the one of `role_id` with these names and tiers; its code stays.

    Raises Conflict when it is not any more what the form showed (`seen`).
    """
    _check(actor)
    tiers = [tier for tier in TIERS if tier in set(required_in)]
    row = reference_row(ContactRole, code=code, row_id=role_id, seen=seen, shown=shown)
    before = _words(row)
    row.names, row.required_in = dict(names), tiers
    row.save()
    after = _words(row)
    changes = {"names": [before[0], after[0]], "required_in": [before[1], after[1]]}
    record(actor=actor, verb="reference.saved", target=row, name=row.name, changes=changes)
    return row


def shown(row: ContactRole) -> dict:
    """As its form shows it."""
    names = {f"name_{code}": row.names.get(code, "") for code, _name in settings.LANGUAGES}
    return {"required_in": row.required_in, **names}


def _words(row: ContactRole) -> tuple[str, str]:
    return ", ".join(row.names.values()), ", ".join(row.required_in)


def _check(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only directors decide which roles a customer must have."))


@transaction.atomic
def remove_contact_role(*, actor: User, role_id: int) -> None:
    """Only one that nobody holds or held goes; take its tiers away instead."""
    _check(actor)
    row = ContactRole.objects.select_for_update().get(pk=role_id)
    if row.positions.exists():
        raise RuleBroken(_("Somebody holds this role or once did; it stays."))
    record(actor=actor, verb="reference.removed", target=row, name=row.name)
    row.delete()

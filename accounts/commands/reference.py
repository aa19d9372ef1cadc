"""Segments, territories, tags and service lines: added, renamed, removed when nothing uses them."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Account, Segment, ServiceLine, Tag, Territory
from common.errors import RuleBroken
from people.commands import record
from people.models import User

KINDS: dict[str, type[models.Model]] = {
    "segments": Segment,
    "territories": Territory,
    "service-lines": ServiceLine,
    "tags": Tag,
}


def _check(actor: User) -> None:
    if not (actor.is_director or actor.is_administrator):
        raise RuleBroken(_("Only directors and administrators change these lists."))


@transaction.atomic
def save_named(
    *, actor: User, kind: str, code: str, names: Mapping[str, str], row_id: int | None = None
) -> models.Model:
    """A segment, territory or service line; its code is given once and stays."""
    _check(actor)
    model = KINDS[kind]
    if row_id is None:
        row, made = model.objects.get_or_create(code=code, defaults={"names": dict(names)})
        if not made:
            raise RuleBroken(_("This code is taken already."))
        changes = {"names": [None, ", ".join(names.values())]}
    else:
        row = model.objects.select_for_update().get(pk=row_id)
        changes = {"names": [", ".join(row.names.values()), ", ".join(names.values())]}
        row.names = dict(names)
        row.save(update_fields=["names"])
    record(actor=actor, verb="reference.saved", target=row, name=row.name, changes=changes)
    return row


@transaction.atomic
def save_tag(*, actor: User, name: str, row_id: int | None = None) -> Tag:
    _check(actor)
    if row_id is None:
        row, is_free = Tag.objects.get_or_create(name=name)
    else:
        row = Tag.objects.select_for_update().get(pk=row_id)
        is_free = not Tag.objects.filter(name=name).exclude(pk=row_id).exists()
    if not is_free:
        raise RuleBroken(_("There is such a tag already."))
    if row.name != name:
        row.name = name
        row.save(update_fields=["name"])
    record(actor=actor, verb="reference.saved", target=row, name=name)
    return row


@transaction.atomic
def remove_reference(*, actor: User, kind: str, row_id: int) -> None:
    """Only what nothing uses goes; a tag is taken off its accounts."""
    _check(actor)
    row = KINDS[kind].objects.get(pk=row_id)
    fields = {"segments": "segment", "territories": "territory"}
    if kind in fields and Account.objects.filter(**{fields[kind]: row}).exists():
        raise RuleBroken(_("Accounts use it; give them another one first."))
    if kind == "service-lines" and not row.code:  # gathers what has none; imports count on it
        raise RuleBroken(_("Products or orders use it, so it stays."))
    record(actor=actor, verb="reference.removed", target=row, name=str(row))
    try:
        row.delete()
    except ProtectedError as error:
        raise RuleBroken(_("Products or orders use it, so it stays.")) from error

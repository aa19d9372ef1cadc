"""Two records of a person side by side, before they become one; and what will follow."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import (
    Contact,
    Observation,
    Position,
    Promise,
    Task,
    TouchpointContact,
)
from accounts.queries.merge import Compared
from common import formats
from people.models import User

FIELDS = ("name", "other_name", "honorific", "languages", "photo")


def contact_comparison(survivor: Contact, absorbed: Contact, reader: User) -> list[Compared]:
    """Fields to choose between, then what comes together by itself, as far as the reader sees."""
    rows = [
        Compared(
            capfirst(str(Contact._meta.get_field(name).verbose_name)),
            _value(survivor, name), _value(absorbed, name), name,
        )
        for name in FIELDS
    ]  # fmt: skip
    facts = [_facts(one, reader) for one in (survivor, absorbed)]
    return rows + [Compared(label, facts[0][label], facts[1][label]) for label in facts[0]]


def _value(contact: Contact, name: str) -> str:
    value = getattr(contact, name)
    if name == "photo":
        return _("has one") if value else ""
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _facts(contact: Contact, reader: User) -> dict[str, str]:
    places = Position.objects.visible_to(reader).filter(contact=contact).select_related("account")
    return {
        _("Places"): ", ".join(
            f"{place.title or '—'} ({place.account})" for place in places.order_by("valid_from")
        ),
        _("Numbers and addresses"): ", ".join(str(row) for row in contact.reaches.all()),
        _("Touchpoints"): _count(TouchpointContact, contact),
        _("Observations"): _count(Observation, contact),
        _("Promises"): _count(Promise, contact),
        _("Tasks"): _count(Task, contact),
    }


def _count(model: type[Model], contact: Contact) -> str:
    return formats.number(model._default_manager.filter(contact=contact).count())


@dataclass(frozen=True, slots=True)
class MergeEnds:
    """Where to go after a merge or its undo."""

    account_id: int
    contact_id: int


def home_of(contact: Contact, reader: User) -> MergeEnds | None:
    """The newest account of theirs that the reader may open."""
    rows = (
        Position.objects.visible_to(reader).filter(contact=contact).order_by("-valid_from", "-pk")
    )
    account = rows.values_list("account", flat=True).first()
    return MergeEnds(account, contact.pk) if account else None

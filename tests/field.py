"""Small makers of what work in the field is about: people at customers, what was observed."""

import datetime as dt
import uuid
from itertools import count

from django.utils import timezone

from accounts.commands.contact import fold_names
from accounts.commands.contact_role import install_contact_roles
from accounts.commands.touchpoint import log_touchpoint
from accounts.models import (
    Account,
    AccountScore,
    Contact,
    ContactRole,
    DossierEntry,
    Observation,
    Position,
    Touchpoint,
)
from people.models import User
from tests.cast import LONG_AGO

PLACE = ("title", "kind", "organisation", "division", "valid_from", "valid_to")
numbers = count(1)
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


def make_role(code: str) -> ContactRole:
    """A role of the starting set."""
    install_contact_roles()
    return ContactRole.objects.get(code=code)


def make_contact(
    account: Account, name: str | None = None, *, role: ContactRole | str | None = None, **fields
) -> Contact:
    """A person with a place at the account; name="" makes a hole; `role` may be its code."""
    name = f"Person {next(numbers)}" if name is None else name
    place = {"valid_from": LONG_AGO, "title": "Buyer"}
    place |= {key: fields.pop(key) for key in PLACE if key in fields}
    contact = Contact(name=name, **fields)
    fold_names(contact, ())
    contact.save()
    role = make_role(role) if isinstance(role, str) else role
    Position.objects.create(contact=contact, account=account, role=role, **place)
    return contact


def make_relationship(
    account: Account, name: str | None = None, *, on: dt.date | None = None, **fields
) -> Contact:
    """A person at the account with whom both sides spoke on a day, by default today."""
    contact = make_contact(account, name, **fields)
    day = on or timezone.localdate()
    account.ties.create(
        contact=contact, as_of=day, last_on=day, last_two_way_on=day, half_life=45, energy=1,
        touchpoints=1,
    )  # fmt: skip
    return contact


def make_observation(
    contact: Contact, fact: str = "stance", value: str = "3", *, days_ago: int = 0, **fields
) -> Observation:
    """A fact as if somebody had recorded it `days_ago`, at the person's latest account."""
    account = fields.pop("account", None) or contact.positions.last().account
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    fields = {"day": day, "account": account, **fields}
    return Observation.objects.create(contact=contact, fact=fact, value=value, **fields)


def make_entry(
    account: Account, section: str = "goals", text: str = "Grow", *, days_ago: int = 0, **fields
) -> DossierEntry:
    """What somebody added to the account's file `days_ago`."""
    fields = {"day": timezone.localdate() - dt.timedelta(days=days_ago), **fields}
    return DossierEntry.objects.create(account=account, section=section, text=text, **fields)


def make_touchpoint(account: Account, *contacts: Contact, days_ago: int = 0, **fields):
    """A touchpoint that took place, with these people in this order."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    made = Touchpoint.objects.create(account=account, **{"channel": "meeting", "at": at, **fields})
    for place, contact in enumerate(contacts):
        made.presences.create(contact=contact, position=place)
    return made


def shortly() -> dt.timedelta:
    """An hour, or less soon after midnight, so that "shortly ago" was today."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return min(dt.timedelta(hours=1), (now - midnight) / 2)


def set_tier(account: Account, tier: str) -> AccountScore:
    score, _made = AccountScore.objects.update_or_create(
        account=account, defaults={"tier": tier, "as_of": timezone.localdate()}
    )
    return score


def make_logged(actor: User, account: Account, *contacts: Contact, days: int = 0, **fields):
    """Logged by `actor` at once, `days` ago and shortly before now, unless `at` says otherwise."""
    at = timezone.now() - dt.timedelta(days=days) - shortly()
    values = {"key": uuid.uuid4(), "channel": "meeting", "at": at} | fields
    values.setdefault("recorded_at", values["at"] + shortly() / 2)
    values.setdefault("contact_ids", [row.pk for row in contacts])
    return log_touchpoint(actor=actor, account_id=account.pk, **values)[0]

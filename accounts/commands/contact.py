"""People at customers: made and changed, with a second editor in mind."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus, PositionKind
from accounts.commands.account import locked as locked_account
from accounts.commands.contact_hole import settle_hole
from accounts.commands.contact_role import install_contact_roles
from accounts.commands.coverage import install_coverage_rules
from accounts.commands.reach import ReachGiven, as_text, reaches_as_given, set_reaches
from accounts.commands.search_texts import of_contact, plain_names
from accounts.models import Account, Contact, ContactRole, Division, Position
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Company, User

# Where a company that reads a language is at home, for customers without a country.
HOME = {"ru": "RU", "es": "ES", "it": "IT"}
PERSON_FIELDS = ("name", "other_name", "honorific", "languages")
PLACE_FIELDS = ("title", "role", "kind", "organisation", "division")

verbs.register(
    {
        "contact.created": gettext_lazy("Person added"),
        "contact.edited": gettext_lazy("Details changed"),
        "contact.named": gettext_lazy("The open place got a name"),
    }
)
verbs.register_elsewhere(
    "accounts.contact",
    {name: ("accounts.position", name) for name in PLACE_FIELDS}
    | {"numbers": ("accounts.reach", "value")},
)


class Conflict(RuleBroken):
    """Somebody saved first; `contact` is what stands now."""

    def __init__(self, contact: Contact):
        super().__init__(_("Somebody else has changed this person since you opened the page."))
        self.contact = contact


def locked(contact_id: int, *, actor: User) -> Contact:
    """The person, locked for change by `actor`; Contact.DoesNotExist when it is not theirs.

    Who works at a customer of somebody else's now is theirs to keep: RuleBroken.
    """
    contact = Contact.objects.editable_by(actor).select_for_update(of=("self",)).get(pk=contact_id)
    if contact.merged_into_id:
        raise RuleBroken(_("This person has been merged into another record; open that one."))
    if not Contact.objects.kept_by(actor).filter(pk=contact_id).exists():
        raise RuleBroken(_("This person works elsewhere now and is kept by other colleagues."))
    return contact


def open_account(account_id: int, *, actor: User) -> Account:
    """The account, locked, when people may be written down at it."""
    return check_open(locked_account(account_id, actor=actor))


def check_open(account: Account) -> Account:
    if account.status in (AccountStatus.MERGED, AccountStatus.CLOSED):
        raise RuleBroken(_("This account is closed; reopen it to change it."))
    return account


def fold_names(contact: Contact, normals: Iterable[str]) -> None:
    """Set, without saving, what the person is found and compared by; for rows made in bulk too."""
    contact.search_text = of_contact(contact.name, contact.other_name, *normals)
    for field, text in plain_names(contact.name, contact.other_name).items():
        setattr(contact, field, text)


def renew_search_text(contact: Contact) -> None:
    """Fold names and numbers anew; call after changing any."""
    fold_names(contact, contact.reaches.values_list("normal", flat=True))
    contact.save(update_fields=["search_text", "plain_name", "plain_other"])


@transaction.atomic
def create_contact(
    *,
    actor: User,
    account_id: int,
    name: str = "",
    title: str = "",
    role: ContactRole | None = None,
    kind: str = PositionKind.STAFF,
    division: Division | None = None,
    valid_from: dt.date | None = None,
    reaches: Iterable[ReachGiven] = (),
    key: str | None = None,
    **fields,
) -> Contact:
    """Somebody at an account; without a name the place of somebody unknown (a hole).

    The same `key` (a UUID of the form) again returns the first row and adds nothing.
    """
    account = open_account(account_id, actor=actor)
    if key and (made := Contact.objects.filter(key=key).first()):
        return Contact.objects.editable_by(actor).get(pk=made.pk)
    place = {"organisation": fields.pop("organisation", "")}
    place |= {"title": title, "role": role, "kind": kind, "division": division}
    person = plain_fields({"name": name, **fields})
    if not person["name"] and not place["title"].strip() and role is None:
        raise RuleBroken(_("Give a name, or say which place it is: a title or a role."))
    check_division(account, division)
    if not ContactRole.objects.exists():
        install_contact_roles()
        install_coverage_rules()
    contact = Contact.objects.create(created_by=actor, key=key, **person)
    Position.objects.create(
        contact=contact, account=account, made_by=actor,
        valid_from=valid_from or timezone.localdate(), **plain_fields(place),
    )  # fmt: skip
    set_reaches(contact, reaches, region=region_of(account))
    renew_search_text(contact)
    settle_hole(actor=actor, account=account, role=role, name=contact.name)
    record(actor=actor, verb="contact.created", target=contact, account=account.pk)
    return contact


def region_of(account: Account) -> str:
    """The country whose dialling habits the account's numbers follow; "" when nobody knows."""
    return account.country or HOME.get(Company.current().language, "")


def plain_fields(fields: Mapping) -> dict:
    """Texts on one line, without spaces at the ends; TypeError for what nobody fills in."""
    unknown = set(fields) - set(PERSON_FIELDS) - set(PLACE_FIELDS)
    if unknown:
        raise TypeError(f"not fields of a person that people fill in: {sorted(unknown)}")
    return {
        name: " ".join(value.replace("\x00", "").split()) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def check_division(account: Account, division: Division | None) -> None:
    if division is not None and division.account_id != account.pk:
        raise RuleBroken(_("Choose a division of this customer."))


@transaction.atomic
def edit_contact(
    *,
    actor: User,
    contact_id: int,
    version: int,
    account_id: int | None = None,
    reaches: Iterable[ReachGiven] | None = None,
    **fields,
) -> Contact:
    """Change the person and, with `account_id`, their place there; reaches as the whole list.

    Raises Conflict when `version` is no longer the current one.
    """
    account = open_account(account_id, actor=actor) if account_id else None
    contact = locked(contact_id, actor=actor)
    if contact.version != version:
        raise Conflict(contact)
    fields = plain_fields(fields)
    person = _changed(contact, fields, PERSON_FIELDS)
    before = contact.name
    position, place = None, {}
    if account:
        position = last_position(contact, account)
        check_division(account, fields.get("division"))
        place = _changed(position, fields, PLACE_FIELDS)
    changes = _changes(contact, person) | (_changes(position, place) if position else {})
    back = _back(contact, person) | (_back(position, place) if position else {})
    if reaches is not None and (was := _new_reaches(contact, reaches, account)) is not None:
        changes["numbers"] = [as_text(was), as_text(reaches_as_given(contact))]
        back["reaches"] = was
    if not changes:
        return contact
    _keep(contact, person)
    if place:
        _keep(position, place)
    contact.version += 1
    contact.save(update_fields=["version"])
    renew_search_text(contact)
    if position:
        settle_hole(actor=actor, account=account, role=position.role, name=contact.name)
    record(
        actor=actor, verb="contact.named" if contact.name and not before else "contact.edited",
        target=contact, changes=changes, account=account_id, back=back, version=contact.version,
    )  # fmt: skip
    return contact


def _new_reaches(
    contact: Contact, reaches: Iterable[ReachGiven], account: Account | None
) -> list[list[str]] | None:
    """Keep the list; what it was, None when it was the same."""
    was = reaches_as_given(contact)
    set_reaches(contact, reaches, region=region_of(account or last_place(contact).account))
    return was if reaches_as_given(contact) != was else None


def _changed(row, fields: Mapping, names: Iterable[str]) -> dict:
    return {
        name: fields[name]
        for name in names
        if name in fields and getattr(row, name) != fields[name]
    }


def _changes(row, changed: Mapping) -> dict:
    return {name: [_said(getattr(row, name)), _said(value)] for name, value in changed.items()}


def _back(row, changed: Mapping) -> dict:
    """Values as undo puts them back; of other rows their number."""
    return {name: getattr(value := getattr(row, name), "pk", value) for name in changed}


def _said(value) -> str | None:
    """A value as the record keeps it."""
    if isinstance(value, list | tuple):
        return ", ".join(value)
    return None if value is None else str(value)


def _keep(row, changed: Mapping) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))


def last_position(contact: Contact, account: Account) -> Position:
    """Their newest place at the account; Position.DoesNotExist when they never had one."""
    row = contact.positions.filter(account=account).order_by("-valid_from", "-pk").first()
    if row is None:
        raise Position.DoesNotExist
    return row


def last_place(contact: Contact) -> Position:
    return contact.positions.select_related("account").order_by("-valid_from", "-pk").first()

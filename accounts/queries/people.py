"""Who is at a customer on a day, and which places nobody by name holds."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.choices import AccountStatus, PositionKind, TaskState, Tier
from accounts.models import (
    Account,
    AccountScore,
    Contact,
    ContactRole,
    Division,
    Position,
    Task,
)
from accounts.queries.filters import words_in
from people.models import User

HOLE = "hole:"


@dataclass(frozen=True, slots=True)
class PersonAt:
    """A person, or a nameless place (is_hole), with what they are at this account."""

    contact: Contact
    position: Position
    role: ContactRole | None
    division: Division | None
    is_hole: bool

    @property
    def is_external(self) -> bool:
        return self.position.kind != PositionKind.STAFF


@dataclass(frozen=True, slots=True)
class Hole:
    """A role the account's tier requires and nobody by name holds.

    `contact` is the nameless place drawn for it, if there is one: people_at brings that too.
    """

    role: ContactRole
    contact: Contact | None
    task: Task | None

    @property
    def cause(self) -> str:
        """Of the task to find out who holds it."""
        return f"{HOLE}{self.role.code}"


def people_at(account: Account, reader: User, on: dt.date | None = None) -> list[PersonAt]:
    """In the order of their roles, then by name; one query."""
    rows = Position.objects.visible_to(reader).filter(account=account)
    rows = rows.on(on or timezone.localdate()).select_related("contact", "role", "division")
    found = [
        PersonAt(row.contact, row, row.role, row.division, row.contact.is_hole) for row in rows
    ]
    return sorted(found, key=_order)


def _order(person: PersonAt) -> tuple:
    place = person.role.position if person.role else 1_000
    return (person.is_external, place, person.contact.name.casefold(), person.contact.pk)


def holes_at(
    account: Account,
    reader: User,
    on: dt.date | None = None,
    people: list[PersonAt] | None = None,
    required: list[ContactRole] | None = None,
) -> list[Hole]:
    """Required roles without a name, in their order; three queries, fewer with what is given."""
    if people is None:
        people = people_at(account, reader, on)
    held = {person.role.pk for person in people if person.role and not person.is_hole}
    nameless = {
        person.role.pk: person.contact for person in people if person.is_hole and person.role
    }
    if required is None:
        required = required_roles(tier_of(account))
    missing = [role for role in required if role.pk not in held]
    if not missing:
        return []
    causes = [f"{HOLE}{role.code}" for role in missing]
    rows = Task.objects.visible_to(reader).filter(
        account=account, cause__in=causes, state=TaskState.OPEN
    )
    tasks = {task.cause: task for task in rows.select_related("owner")}
    return [Hole(role, nameless.get(role.pk), tasks.get(f"{HOLE}{role.code}")) for role in missing]


def tier_of(account: Account) -> str:
    """The tier as the last night left it."""
    score = AccountScore.objects.filter(account=account).values_list("tier", flat=True).first()
    return score or Tier.N


def required_roles(tier: str) -> list[ContactRole]:
    return [role for role in ContactRole.objects.all() if tier in role.required_in]


def customers_to_add_at(user: User, text: str, most: int = 12) -> list[Account]:
    """Where the reader may write people down, by any words of the name, in their order."""
    rows = Account.objects.editable_by(user).present().exclude(status=AccountStatus.CLOSED)
    for condition in words_in(text):
        rows = rows.filter(condition)
    return list(rows.order_by("name", "pk")[:most])

"""Who a row of a file means: the account by number or name, the person among those known there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.choices import AccountStatus, ContactField, LineKind
from accounts.commands.contact import region_of
from accounts.commands.contact_role import install_contact_roles
from accounts.models import (
    Account,
    Contact,
    ContactRole,
    Division,
    ExternalId,
    Line,
    Position,
    Reach,
)
from accounts.rules.contact_rows import may_be_one
from common.folding import fold
from common.reaching import plain_name
from common.reading.errors import Rejected
from people.models import User

KEYS = ("email", "phone")


@dataclass(eq=False)
class Person:
    """Somebody at an account: known before, or brought by this file (then unsaved)."""

    contact: Contact
    position: Position
    reaches: dict[tuple[str, str], str] = field(default_factory=dict)
    is_new: bool = False
    is_kept: bool = True
    added: dict[tuple[str, str], str] = field(default_factory=dict)
    fields: dict[str, list] = field(default_factory=dict)
    place: dict[str, list] = field(default_factory=dict)
    superior: "Person | None" = None

    @property
    def is_changed(self) -> bool:
        return bool(self.fields or self.place or self.added or self.superior)

    def names(self) -> set[str]:
        return {name_key(self.contact.name), name_key(self.contact.other_name)} - {""}


def name_key(name: str) -> str:
    return plain_name(name) or fold(name)


class Accounts:
    """The accounts of a reader by what files call them; others are as if they did not exist."""

    def __init__(self, user: User):
        rows = Account.objects.editable_by(user).present()
        self.rows = {row.pk: row for row in rows.only("pk", "name", "status", "country")}
        self._by_name, self._by_number = defaultdict(set), defaultdict(set)
        for row in self.rows.values():
            self._by_name[fold(row.name)].add(row.pk)
        numbers = ExternalId.objects.filter(account__in=rows.values("pk"))
        for value, pk in numbers.values_list("value", "account"):
            self._by_number[value].add(pk)

    def find(self, text: str) -> Account:
        found = self._by_number.get(text) or self._by_name.get(fold(text)) or set()
        if len(found) != 1:
            code = "several_accounts" if found else "no_such_account"
            raise Rejected(code, ContactField.ACCOUNT)
        account = self.rows[next(iter(found))]
        if account.status == AccountStatus.CLOSED:
            raise Rejected("account_closed", ContactField.ACCOUNT)
        return account


class PeopleOfAccount:
    """The people of one account, by what tells one from another."""

    def __init__(self, account: Account, region: str):
        self.account, self.region = account, region
        self.people: list[Person] = []
        self.divisions: dict[str, Division] = {}
        self.superiors: dict[int, int] = {}
        self._by_reach: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)

    def add(self, person: Person) -> None:
        self.people.append(person)
        self.learn(person)

    def learn(self, person: Person) -> None:
        """Take note of what the person is found by; again when it has grown."""
        for index, keys in ((self._by_reach, person.reaches), (self._by_name, person.names())):
            for key in keys:
                if person not in index[key]:
                    index[key].append(person)

    def find(self, names: Iterable[str], reaches: Iterable[tuple[str, str]]) -> Person | None:
        """By e-mail or phone, if the names allow it, else by name; Rejected where several fit."""
        wanted = {name_key(name) for name in names if name}
        same = [
            person
            for key in reaches
            if key[0] in KEYS
            for person in self._by_reach.get(key, ())
            if any(may_be_one(one, other) for one in person.names() or {""} for other in wanted)
        ]
        named = [person for name in wanted for person in self._by_name.get(name, ())]
        both = [person for person in same if person in named]
        found = list({id(person): person for person in both or same or named}.values())
        if len(found) > 1:
            raise Rejected("several_people", ContactField.NAME)
        return found[0] if found else None

    def by_email(self, text: str) -> Person | None:
        found = self._by_reach.get(("email", text.casefold()), ())
        return found[0] if len(found) == 1 else None

    def division(self, name: str) -> Division:
        """The one of this name, or a new one, unsaved."""
        made = Division(account=self.account, name=name)
        return self.divisions.setdefault(fold(name), made)


class Known:
    """People of the accounts a file names, read as they are met."""

    def __init__(self, user: User):
        self.user = user
        self.home = region_of(Account())
        self.places: dict[int, PeopleOfAccount] = {}
        self.roles: dict[str, ContactRole] = {}
        if not ContactRole.objects.exists():
            install_contact_roles()
        for role in ContactRole.objects.all():
            for name in (role.code, *role.names.values()):
                self.roles.setdefault(fold(name), role)

    def role(self, name: str) -> ContactRole | None:
        if not name:
            return None
        if (role := self.roles.get(fold(name))) is None:
            raise Rejected("no_such_role", ContactField.ROLE)
        return role

    def read(self, accounts: Iterable[Account]) -> None:
        """Read the people of accounts not met before; five queries."""
        fresh = {row.pk: row for row in accounts if row.pk not in self.places}
        if not fresh:
            return
        self.places |= {
            pk: PeopleOfAccount(row, row.country or self.home) for pk, row in fresh.items()
        }
        rows = Position.objects.filter(account__in=fresh, contact__merged_into=None)
        rows = rows.exclude(contact__name="").select_related("contact", "role", "division")
        latest: dict[tuple[int, int], Position] = {}
        for row in rows.order_by("valid_from", "pk"):
            latest[row.account_id, row.contact_id] = row
        there = {"positions__account__in": list(fresh)}
        kept = set(Contact.objects.kept_by(self.user).filter(**there).values_list("pk", flat=True))
        reaches = self._reaches(list(fresh))
        for (account, contact), row in latest.items():
            known = Person(row.contact, row, dict(reaches[contact]), is_kept=contact in kept)
            self.places[account].add(known)
        for row in Division.objects.filter(account__in=fresh):
            self.places[row.account_id].divisions.setdefault(fold(row.name), row)
        lines = Line.objects.filter(account__in=fresh, kind=LineKind.REPORTS_TO, valid_to=None)
        for account, start, end in lines.values_list("account", "start", "end"):
            self.places[account].superiors[start] = end

    @staticmethod
    def _reaches(accounts: list[int]) -> dict[int, dict[tuple[str, str], str]]:
        found: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
        rows = Reach.objects.filter(contact__positions__account__in=accounts)
        for contact, kind, normal, value in rows.values_list("contact", "kind", "normal", "value"):
            found[contact][kind, normal] = value
        return found


def new_person(account: Account, name: str, since: dt.date, actor: User) -> Person:
    """Somebody nobody knew; nothing is saved."""
    contact = Contact(name=name, created_by=actor)
    place = Position(account=account, valid_from=since, made_by=actor)
    return Person(contact, place, is_new=True)

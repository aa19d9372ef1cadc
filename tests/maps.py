"""Accounts with many people on their map, for pictures, counts of queries and the browser."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from accounts.commands.contact_role import install_contact_roles
from accounts.commands.coverage import install_coverage_rules
from accounts.models import (
    Account,
    Contact,
    ContactRole,
    Division,
    Line,
    Observation,
    Position,
    Tie,
)
from people.models import User
from tests.cast import LONG_AGO, make_account
from tests.field import set_tier

FIRST = (
    "Jutta",
    "Henning",
    "Катарина",
    "Timo",
    "Светлана",
    "Lucía",
    "Marco",
    "Анна",
    "Elif",
    "Ivo",
)
LAST = (
    "Krämer", "Rautenberg", "Шульц-Вознесенская", "Behrens", "Нижегородцева", "de la Fuente Ortega",
    "Bianchi", "Ким", "Yıldız", "Horvat", "Овчинникова-Преображенская",
)  # fmt: skip
TITLES = (
    "Head of purchasing", "Quality manager", "Руководитель отдела логистики", "Plant manager",
    "Buyer, films and trays", "Finance director", "Technician", "Assistant to the board",
)  # fmt: skip
ROLES = ("decision_maker", "purchasing", "technical", "champion", "logistics", "quality", "user")


def make_map(owner: User, ours: Iterable[User] = (), *, people: int = 60, name="") -> Account:
    """An account of tier A: four levels of people, one in seven a hole, two lines of each kind."""
    account = make_account(name or f"Map of {people}", owner=owner)
    set_tier(account, "A")
    install_contact_roles()
    install_coverage_rules()
    roles = {role.code: role for role in ContactRole.objects.all()}
    parts = Division.objects.bulk_create(
        Division(account=account, name=part) for part in ("Films", "Trays", "Export")
    )
    contacts = Contact.objects.bulk_create(
        Contact(name="" if n % 14 == 9 else person_name(n)) for n in range(people)
    )
    Position.objects.bulk_create(
        Position(
            contact=contact, account=account, title=TITLES[n % 8], valid_from=LONG_AGO,
            role=roles[ROLES[n % 7]] if n % 4 == 0 else None, division=parts[n % 3],
            kind="consultant" if n % 23 == 17 else "staff",
        )
        for n, contact in enumerate(contacts)
    )  # fmt: skip
    draw(account, contacts)
    observe(account, contacts)
    tie(account, contacts, [owner, *ours])
    return account


def person_name(n: int) -> str:
    return f"{FIRST[n % 10]} {LAST[(n * 7 + n // 10) % 11]}"


def draw(account: Account, contacts: list[Contact]) -> None:
    """Everybody reports to somebody a quarter of their number away, the last six to nobody."""
    rows = [
        Line(account=account, kind="reports", start=contacts[n], end=contacts[(n - 1) // 5],
             valid_from=LONG_AGO if n % 3 else timezone.localdate() - dt.timedelta(days=30))
        for n in range(1, len(contacts) - min(6, len(contacts) // 4))
    ]  # fmt: skip
    last = len(contacts) - 1
    for kind, start, end in (
        ("influences", 7, 0), ("influences", 12, 2), ("influences", last, 1), ("conflict", 3, 4),
        ("conflict", 8, 2),
    ):  # fmt: skip
        if max(start, end) <= last and start != end:
            rows.append(
                Line(account=account, kind=kind, start=contacts[start], end=contacts[end],
                     valid_from=LONG_AGO)
            )  # fmt: skip
    Line.objects.bulk_create(rows)


def observe(account: Account, contacts: list[Contact]) -> None:
    today = timezone.localdate()
    rows = []
    for n, contact in enumerate(contacts):
        if not contact.name or n % 6 == 5:
            continue
        power = 3 if n in (0, 3) else 2 if n < 9 else 1
        values = {"power": power, "stance": (4, 3, 5, 2, 3, 1, 4)[n % 7], "access": 2 + n % 3}
        if power > 1:
            values |= {"level": 1 + n % 4, "level_wanted": 3 + (n % 2)}
        rows += [
            Observation(account=account, contact=contact, fact=fact, value=str(value),
                        day=today - dt.timedelta(days=(n * 37) % 420))
            for fact, value in values.items()
        ]  # fmt: skip
    Observation.objects.bulk_create(rows)


def tie(account: Account, contacts: list[Contact], ours: list[User]) -> None:
    """The first of ours knows most; each further one fewer."""
    today = timezone.localdate()
    rows = []
    for n, contact in enumerate(contacts):
        if not contact.name:
            continue
        knows = [
            (user, 14 / (1 + n / 4) / (1 + k))
            for k, user in enumerate(ours)
            if n % (k + 2) == k % 2
        ]  # fmt: skip
        last = today - dt.timedelta(days=(n * 13) % 170)
        common = {"account": account, "contact": contact, "as_of": last, "half_life": 45,
                  "touchpoints": 3, "last_on": last, "last_two_way_on": last}  # fmt: skip
        rows += [Tie(colleague=user, energy=energy, **common) for user, energy in knows]
        if knows:
            rows.append(Tie(energy=sum(energy for _user, energy in knows), **common))
    Tie.objects.bulk_create(rows)

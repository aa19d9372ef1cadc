"""People at the customers, their numbers, divisions and dated places."""

import unicodedata
from itertools import chain

from accounts.commands import search_texts
from accounts.commands.contact_role import install_contact_roles
from accounts.commands.coverage import install_coverage_rules
from accounts.models import Contact, ContactNote, ContactRole, Division, Position, Reach
from kpi.demo.field import FieldPlan, PersonPlan
from kpi.demo.field.large import CENTRE
from kpi.demo.field.lore import NOTES
from kpi.demo.field.names import latin, pick
from kpi.demo.field.touches import owner_on, writes
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH

DIAL = {"DE": "+49 40", "CH": "+41 44", "EE": "+372 6", "FI": "+358 2", "IT": "+39 0521", "ES": "+34 96", "RU": "+7 846", "KZ": "+7 727"}  # fmt: skip
MOBILE = {"DE": "+49 152", "CH": "+41 79", "EE": "+372 5", "FI": "+358 40", "IT": "+39 347", "ES": "+34 6", "RU": "+7 921", "KZ": "+7 701"}  # fmt: skip


def write_contacts(world: World) -> None:
    install_contact_roles()
    install_coverage_rules()
    install_coverage_rules()
    _write_people(world)
    _write_positions(world)
    _write_notes(world)


def _write_people(world: World) -> None:
    new = [
        (field, who, person)
        for field in world.fields
        for who, person in enumerate(field.people)
        if person.came_from is None
    ]
    reaches = [_reaches(world, *one) for one in new]
    rows = [
        _contact(world, field, person, numbers)
        for (field, _who, person), numbers in zip(new, reaches, strict=True)
    ]
    Contact.objects.bulk_create(rows, batch_size=BATCH)
    for (field, who, _person), row, numbers in zip(new, rows, reaches, strict=True):
        world.contacts[field.index, who] = row
        for number in numbers:
            number.contact = row
    Reach.objects.bulk_create(chain.from_iterable(reaches), batch_size=BATCH)
    for field in world.fields:
        for who, person in enumerate(field.people):
            if person.came_from is not None:
                world.contacts[field.index, who] = world.contacts[person.came_from]


def _contact(world: World, field: FieldPlan, person: PersonPlan, reaches: list[Reach]) -> Contact:
    normals = [reach.normal for reach in reaches]
    return Contact(
        name=person.name,
        other_name=person.other_name,
        honorific=person.honorific,
        languages=list(person.languages),
        search_text=search_texts.of_contact(person.name, person.other_name, *normals),
        **search_texts.plain_names(person.name, person.other_name),
        created_by=world.users[owner_on(world.plans[field.index], person.since)],
        created_at=world.at(min(person.since, 900), 9),
    )


def _reaches(world: World, field: FieldPlan, who: int, person: PersonPlan) -> list[Reach]:
    """Office phone and e-mail for those we deal with; a mobile for those who gave it."""
    if not person.name or (person.power == 0 and who % 3):
        return []
    plan = world.plans[field.index]
    given, family = plain(person.other_name or person.name).split()[-2:]
    number = f"555 {field.index % 90 + 10:02d} {who % 1000:03d}"
    rows = [
        ("email", f"{given}.{family}@{plain(plan.name).replace(' ', '-')}.example"),
        ("phone", f"{DIAL[plan.country]} {number}"),
    ]
    if person.access >= 3 or who % 2:
        rows.insert(0, ("phone", f"{MOBILE[plan.country]} {number[::-1]}"))
    return [
        Reach(kind=kind, value=value, normal=_normal(kind, value), position=at)
        for at, (kind, value) in enumerate(rows)
    ]


def _normal(kind: str, value: str) -> str:
    return value if kind == "email" else "".join(filter(str.isdigit, value))


def plain(text: str) -> str:
    """Latin letters without accents, words apart: for addresses."""
    bare = unicodedata.normalize("NFKD", latin(text).casefold().replace("ß", "ss"))
    kept = (
        sign if sign.isascii() and sign.isalnum() else " "
        for sign in bare
        if not unicodedata.combining(sign)
    )
    return " ".join("".join(kept).split())


def _write_positions(world: World) -> None:
    roles = {role.code: role for role in ContactRole.objects.all()}
    divisions = _divisions(world)
    Position.objects.bulk_create(
        (
            Position(
                contact=world.contacts[field.index, who],
                account=world.accounts[field.index],
                kind=person.kind,
                title=person.title,
                organisation=person.organisation,
                role=roles.get(person.role),
                division=divisions.get((field.index, person.division)),
                valid_from=world.day(person.since),
                valid_to=None if person.until is None else world.day(person.until),
                made_by=world.users[owner_on(world.plans[field.index], person.since)],
                made_at=world.at(min(person.since, 900), 9),
            )
            for field in world.fields
            for who, person in enumerate(field.people)
        ),
        batch_size=BATCH,
    )


def _divisions(world: World) -> dict[tuple[int, str], Division]:
    """Sites and centres of those customers that have several."""
    keys = dict.fromkeys(
        (field.index, person.division)
        for field in world.fields
        for person in field.people
        if person.division
    )
    rows = [
        Division(account=world.accounts[index], name=name, buys=name in CENTRE.values())
        for index, name in keys
    ]
    return dict(zip(keys, Division.objects.bulk_create(rows), strict=True))


def _write_notes(world: World) -> None:
    """Private lines about a few of those who matter."""
    rng = world.rng(23)
    rows = []
    for field in world.fields:
        plan = world.plans[field.index]
        for who, person in enumerate(field.people):
            if person.power < 2 or not person.name or person.until or rng.random() > 0.16:
                continue
            ago = int(rng.integers(5, min(max(person.since, 6), 400)))
            author = owner_on(plan, ago)
            rows.append(
                ContactNote(
                    contact=world.contacts[field.index, who],
                    account=world.accounts[field.index],
                    text=str(pick(rng, NOTES[writes(author)])),
                    author=world.users[author],
                    at=world.at(ago, 17, 30),
                )
            )
    ContactNote.objects.bulk_create(rows)

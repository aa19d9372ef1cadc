"""The short transactions that make an import of people count, and that take it back."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.choices import LineKind, PositionKind
from accounts.commands.contact import fold_names
from accounts.commands.contact_hole import settle_hole
from accounts.commands.contact_known import Person
from accounts.commands.contact_undo import OWN
from accounts.commands.ledger_traces import recorded
from accounts.models import (
    Account,
    Contact,
    ContactFill,
    ContactRole,
    Division,
    Line,
    Position,
    Reach,
    Task,
)
from accounts.queries.people import HOLE
from common.dbops import batches, insert_rows
from common.models import Import
from people.models import Event, User

BATCH = 2_000
PLACE = ("contact_id", "account_id", "kind", "title", "organisation", "division_id", "role_id",
         "made_by_id", "made_at", "valid_from")  # fmt: skip
LINE = ("account_id", "kind", "start_id", "end_id", "made_by_id", "made_at", "valid_from")


def reach_rows(person: Person, reaches: Mapping[tuple[str, str], str]) -> list[Reach]:
    return [
        Reach(contact=person.contact, kind=kind, normal=normal, value=value, position=number)
        for number, ((kind, normal), value) in enumerate(reaches.items())
    ]


def make_divisions(people: Iterable[Person]) -> list[int]:
    """Create the divisions the file names for the first time; their ids."""
    wanted = {id(p.position.division): p.position.division for p in people if p.position.division}
    fresh = [division for division in wanted.values() if division.pk is None]
    Division.objects.bulk_create(fresh, batch_size=500)
    return [division.pk for division in fresh]


def give_places(people: Iterable[Person], *, at: dt.datetime) -> None:
    at = connection.ops.adapt_datetimefield_value(at)
    rows = [
        (person.contact.pk, row.account_id, PositionKind.STAFF.value, row.title, "",
         row.division and row.division.pk, row.role_id, row.made_by_id, at, row.valid_from)
        for person in people
        for row in [person.position]
    ]  # fmt: skip
    insert_rows(Position._meta.db_table, PLACE, rows)


def fill_blanks(batch: Import, people: Sequence[Person], *, actor: User | None) -> None:
    """Fill what was blank, each with an event and with what undo needs.

    Whoever somebody has changed since the file was read stays as they are.
    """
    ids = [person.contact.pk for person in people]
    rows = Contact.objects.select_for_update().filter(pk__in=ids)
    versions = {pk: version for some in batches(ids) for pk, version in
                rows.filter(pk__in=some).values_list("pk", "version")}  # fmt: skip
    still = [p for p in people if versions.get(p.contact.pk) == p.contact.version]
    fills, events, reaches = [], [], []
    for person in still:
        contact = person.contact
        contact.version += 1
        fold_names(contact, [normal for _kind, normal in person.reaches])
        reaches += reach_rows(person, person.added)
        told = {name: [_plain(old), _plain(new)] for name, (old, new) in
                {**person.fields, **person.place}.items()}  # fmt: skip
        if person.added:
            told["reaches"] = ["", ", ".join(person.added.values())]
        fills.append(
            ContactFill(
                batch=batch, contact=contact, position=person.position, version=contact.version,
                fields={name: [old, new] for name, (old, new) in person.fields.items()},
                place={name: [_id(old), _id(new)] for name, (old, new) in person.place.items()},
                reaches=[list(key) for key in person.added],
            )
        )  # fmt: skip
        events.append(
            Event(
                actor=actor, verb="contact.filled", target_kind=Contact._meta.label_lower,
                target_id=contact.pk, data={"changes": told, "account": person.position.account_id},
            )
        )  # fmt: skip
    _write_people([person.contact for person in still])
    _write_places([person.position for person in still if person.place])
    Reach.objects.bulk_create(reaches, batch_size=500)
    ContactFill.objects.bulk_create(fills, batch_size=500)
    Event.objects.bulk_create(events, batch_size=500)


def _write_people(people: Sequence[Contact]) -> None:
    names = ("other_name", "languages", "search_text", "plain_name", "plain_other", "version")
    fields = [Contact._meta.get_field(name) for name in names]
    _write(Contact._meta.db_table, names, [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
         row.pk]
        for row in people
    ])  # fmt: skip


def _write_places(places: Sequence[Position]) -> None:
    rows = [
        [row.title, row.role_id, row.division and row.division.pk, row.pk] for row in places
    ]  # fmt: skip
    _write(Position._meta.db_table, ("title", "role_id", "division_id"), rows)


def _write(table: str, names: Sequence[str], rows: list[list]) -> None:
    """UPDATE by id: bulk_update builds a sentence as long as the rows are many."""
    changes = ", ".join(f"{name} = %s" for name in names)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {changes} WHERE id = %s", rows)  # noqa: S608


def _plain(value) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _id(value):
    return getattr(value, "pk", value)


def draw_lines(people: Iterable[Person], *, actor: User | None, at: dt.datetime) -> None:
    """Who reports to whom, from today; one line open at a time is kept by the database."""
    at = connection.ops.adapt_datetimefield_value(at)
    found = [person for person in people if person.superior is not None]
    taken = _with_superior([person.contact.pk for person in found])
    today, by = timezone.localdate(), actor and actor.pk
    rows = [
        (person.position.account_id, LineKind.REPORTS_TO.value, person.contact.pk,
         person.superior.contact.pk, by, at, today)
        for person in found
        if (person.position.account_id, person.contact.pk) not in taken
    ]  # fmt: skip
    insert_rows(Line._meta.db_table, LINE, rows)


def _with_superior(ids: Sequence[int]) -> set[tuple[int, int]]:
    lines = Line.objects.filter(kind=LineKind.REPORTS_TO, valid_to=None)
    return {
        pair for some in batches(ids)
        for pair in lines.filter(start__in=some).values_list("account", "start")
    }  # fmt: skip


def settle_holes(people: Iterable[Person], *, actor: User | None) -> None:
    """Open tasks to find out who holds a role are done where somebody holds it now."""
    asked = Task.objects.open().filter(cause__startswith=HOLE)
    waiting = set(asked.values_list("account_id", "cause"))
    if not waiting or actor is None:
        return
    for person in people:
        place = person.position
        role: ContactRole | None = place.role
        if role and (place.account_id, f"{HOLE}{role.code}") in waiting:
            account = Account.objects.get(pk=place.account_id)
            settle_hole(actor=actor, account=account, role=role, name=person.contact.name)


def touched_people(batch: Import) -> list[Contact]:
    """Of those the import brought, whom somebody has changed, or told something of, since."""
    theirs = Line.objects.exclude(made_at=batch.applied_at)
    drawn = Q(start=OuterRef("pk")) | Q(end=OuterRef("pk"))
    elsewhere = Position.objects.exclude(made_at=batch.applied_at).filter(contact=OuterRef("pk"))
    condition = Q(version__gt=1) | recorded(Contact, OWN | {"accounts.ContactFill"})
    condition |= Q(Exists(theirs.filter(drawn))) | Q(Exists(elsewhere))
    return list(Contact.objects.filter(brought_by=batch).filter(condition))


def take_places(batch: Import, kept: Iterable[Contact]) -> None:
    """Nobody sees any more whom the import brought, but for those `kept`."""
    staying = {row.pk for row in kept}
    gone = set(Contact.objects.filter(brought_by=batch).values_list("pk", flat=True)) - staying
    for some in batches(sorted(gone)):
        Line.objects.filter(Q(start__in=some) | Q(end__in=some)).delete()
        rows = Position.objects.filter(contact__in=some)
        rows._raw_delete(rows.db)  # nothing hangs on the places of people nobody has touched
    fills = ContactFill.objects.filter(batch=batch).values("contact")
    Line.objects.filter(made_at=batch.applied_at, start__in=fills).delete()


def restore_blanks(batch: Import) -> list[Contact]:
    """Empty again what the import filled; those whom somebody has changed since are given back."""
    left, people, places = [], [], []
    fills = ContactFill.objects.filter(batch=batch).select_related("contact", "position")
    for fill in fills:
        contact, position = fill.contact, fill.position
        if contact.version != fill.version or contact.merged_into_id:
            left.append(contact)
            continue
        for name, (old, _new) in fill.fields.items():
            setattr(contact, name, old)
        for name, (old, _new) in fill.place.items():
            setattr(position, name if name == "title" else f"{name}_id", old)
        for kind, normal in fill.reaches:
            Reach.objects.filter(contact=contact, kind=kind, normal=normal).delete()
        contact.version += 1
        people.append(contact)
        places.append(position)
    for contact in people:
        fold_names(contact, contact.reaches.values_list("normal", flat=True))
    _write_people(people)
    _write_places(places)
    return left


def remove_divisions(ids: Sequence[int]) -> None:
    """Divisions the import made, where nobody else has a place."""
    used = Position.objects.filter(division__in=ids).values("division")
    Division.objects.filter(pk__in=ids, children=None).exclude(pk__in=used).delete()


def take_away(batch: Import) -> None:
    """Remove people the import wrote who have no place anywhere, in short batches."""
    placed = Position.objects.filter(contact=OuterRef("pk"))
    rows = Contact.objects.filter(brought_by=batch).filter(~Exists(placed))
    ids = list(rows.values_list("pk", flat=True))
    for some in batches(ids, BATCH):
        with transaction.atomic():
            Contact.objects.filter(pk__in=some).delete()

"""One person as a reader may see them: the places they know of, numbers, notes, ties, history."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Account, Contact, ContactMerge, ContactNote, Position, Reach
from accounts.queries.ties import TieNow, ties_of
from people.models import User
from people.queries import Day, days_of, events


@dataclass(frozen=True, slots=True)
class Thread:
    """A tie to one of ours."""

    colleague: User
    tie: TieNow

    @property
    def strength(self) -> int:
        return round(self.tie.strength)


@dataclass(frozen=True, slots=True)
class Person:
    """`place` is the newest at the account; `places` are those at customers the reader may open.

    Of somebody who works at a colleague's customer now (`is_kept` False) numbers and history are
    left out; private notes are None, not empty, for those who may not read them.
    """

    contact: Contact
    place: Position
    places: list[Position]
    is_kept: bool
    may_edit: bool
    reaches: list[Reach]
    notes: list[ContactNote] | None
    threads: list[Thread]
    tie: TieNow | None
    days: list[Day]
    merges: list[ContactMerge]

    @property
    def is_here(self) -> bool:
        return self.place.valid_to is None or self.place.valid_to > timezone.localdate()


def person_at(account: Account, contact_id: int, reader: User) -> Person:
    """Contact.DoesNotExist unless they hold or held a place at this account of the reader's."""
    contact = Contact.objects.visible_to(reader).get(pk=contact_id)
    places = list(
        Position.objects.visible_to(reader)
        .filter(contact=contact)
        .select_related("account", "role", "division")
        .order_by("-valid_from", "-pk")
    )
    place = next((row for row in places if row.account_id == account.pk), None)
    if place is None:
        raise Contact.DoesNotExist
    is_kept = Contact.objects.kept_by(reader).filter(pk=contact.pk).exists()
    may_edit = is_kept and Account.objects.editable_by(reader).filter(pk=account.pk).exists()
    tie, threads = _threads(account, contact)
    return Person(
        contact=contact,
        place=place,
        places=places,
        is_kept=is_kept,
        may_edit=may_edit and contact.merged_into_id is None,
        reaches=list(contact.reaches.all()) if is_kept else [],
        notes=_notes(account, contact, reader) if reader.sells else None,
        threads=threads,
        tie=tie,
        days=_days(contact, places, reader) if is_kept else [],
        merges=_merges(contact) if may_edit and reader.sells else [],
    )


def _days(contact: Contact, places: list[Position], reader: User) -> list[Day]:
    """Their history without what was done at customers the reader may not open."""
    known = {None, *(place.account_id for place in places)}
    rows = [row for row in events(contact) if row.data.get("account") in known]
    return days_of(rows, reader=reader)


def _notes(account: Account, contact: Contact, reader: User) -> list[ContactNote]:
    rows = ContactNote.objects.visible_to(reader).kept()
    return list(rows.filter(contact=contact, account=account).select_related("author"))


def _threads(account: Account, contact: Contact) -> tuple[TieNow | None, list[Thread]]:
    """The tie with us all, and those to each of ours, the strongest first."""
    ties = [tie for tie in ties_of(account) if tie.contact_id == contact.pk]
    whole = next((tie for tie in ties if tie.colleague_id is None), None)
    ours = User.objects.in_bulk([tie.colleague_id for tie in ties if tie.colleague_id])
    threads = [Thread(ours[tie.colleague_id], tie) for tie in ties if tie.colleague_id in ours]
    return whole, sorted(threads, key=lambda one: -one.tie.strength)


def _merges(contact: Contact) -> list[ContactMerge]:
    rows = ContactMerge.objects.filter(survivor=contact, undone_at=None)
    return list(rows.select_related("absorbed", "by"))

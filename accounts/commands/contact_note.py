"""Private notes about a person: for directors and the account's managers, never for assistants.

The record keeps that a note was written, under the note itself and never with its words, so that
the person's history says nothing of it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.contact import locked
from accounts.models import Account, Contact, ContactNote
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

LONGEST = 4_000

verbs.register(
    {
        "note.written": gettext_lazy("Private note written"),
        "note.edited": gettext_lazy("Private note changed"),
        "note.removed": gettext_lazy("Private note removed"),
        "note.restored": gettext_lazy("Private note brought back"),
    }
)


class NoteConflict(RuleBroken):
    """Somebody saved first; `note` is what stands now."""

    def __init__(self, note: ContactNote):
        super().__init__(_("Somebody else has changed this note since you opened it."))
        self.note = note


@transaction.atomic
def write_note(*, actor: User, account_id: int, contact_id: int, text: str) -> ContactNote:
    account = Account.objects.editable_by(actor).get(pk=account_id)
    contact = locked(contact_id, actor=actor)
    if not actor.sells or not contact.positions.filter(account=account).exists():
        raise Contact.DoesNotExist
    note = ContactNote.objects.create(
        contact=contact, account=account, text=_checked(text), author=actor
    )
    record(actor=actor, verb="note.written", target=note)
    return note


def _checked(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise RuleBroken(_("Write the note first."))
    return text[:LONGEST]


def _locked(note_id: int, *, actor: User) -> ContactNote:
    return ContactNote.objects.editable_by(actor).select_for_update(of=("self",)).get(pk=note_id)


@transaction.atomic
def edit_note(*, actor: User, note_id: int, version: int, text: str) -> ContactNote:
    """Raises NoteConflict when `version` is no longer the current one."""
    note = _locked(note_id, actor=actor)
    if note.removed_at is not None:
        raise ContactNote.DoesNotExist
    if note.version != version:
        raise NoteConflict(note)
    note.text = _checked(text)
    note.version += 1
    note.save(update_fields=["text", "version"])
    record(actor=actor, verb="note.edited", target=note)
    return note


@transaction.atomic
def remove_note(*, actor: User, note_id: int) -> ContactNote:
    """Out of sight; it can be brought back."""
    note = _locked(note_id, actor=actor)
    note.removed_at = note.removed_at or timezone.now()
    note.save(update_fields=["removed_at"])
    record(actor=actor, verb="note.removed", target=note)
    return note


@transaction.atomic
def restore_note(*, actor: User, note_id: int) -> ContactNote:
    note = _locked(note_id, actor=actor)
    note.removed_at = None
    note.save(update_fields=["removed_at"])
    record(actor=actor, verb="note.restored", target=note)
    return note

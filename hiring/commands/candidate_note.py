"""Notes about a candidate, internal to recruiters; directors read those of the short list.

The record keeps that a note was written, never its words.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.commands.candidate import locked
from hiring.models import Candidacy, CandidateNote
from people import verbs
from people.commands import record
from people.models import User

LONGEST = 4_000

verbs.register(
    {
        "candidate.note_written": gettext_lazy("Note about a candidate written"),
        "candidate.note_edited": gettext_lazy("Note about a candidate changed"),
        "candidate.note_removed": gettext_lazy("Note about a candidate removed"),
        "candidate.note_restored": gettext_lazy("Note about a candidate brought back"),
    }
)


class NoteConflict(RuleBroken):
    """Somebody saved first; `note` is what stands now."""

    def __init__(self, note: CandidateNote):
        super().__init__(_("Somebody else has changed this note since you opened it."))
        self.note = note


@transaction.atomic
def write_note(
    *, actor: User, candidate_id: int, text: str, candidacy_id: int | None = None
) -> CandidateNote:
    candidate = locked(candidate_id, actor=actor)
    if candidacy_id is not None:
        Candidacy.objects.get(pk=candidacy_id, candidate=candidate)
    note = CandidateNote.objects.create(
        candidate=candidate, candidacy_id=candidacy_id, text=_checked(text), author=actor
    )
    _record(actor, "candidate.note_written", note)
    return note


def _checked(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise RuleBroken(_("Write the note first."))
    return text[:LONGEST]


def _locked(note_id: int, *, actor: User) -> CandidateNote:
    rows = CandidateNote.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related("candidate").get(pk=note_id)


def _record(actor: User, verb: str, note: CandidateNote) -> None:
    record(actor=actor, verb=verb, target=note.candidate, note=note.pk)


@transaction.atomic
def edit_note(*, actor: User, note_id: int, version: int, text: str) -> CandidateNote:
    """Raises NoteConflict when `version` is no longer the current one."""
    note = _locked(note_id, actor=actor)
    if note.removed_at is not None:
        raise CandidateNote.DoesNotExist
    if note.version != version:
        raise NoteConflict(note)
    note.text = _checked(text)
    note.version += 1
    note.save(update_fields=["text", "version"])
    _record(actor, "candidate.note_edited", note)
    return note


@transaction.atomic
def remove_note(*, actor: User, note_id: int) -> CandidateNote:
    """Out of sight; it can be brought back."""
    note = _locked(note_id, actor=actor)
    note.removed_at = note.removed_at or timezone.now()
    note.save(update_fields=["removed_at"])
    _record(actor, "candidate.note_removed", note)
    return note


@transaction.atomic
def restore_note(*, actor: User, note_id: int) -> CandidateNote:
    note = _locked(note_id, actor=actor)
    note.removed_at = None
    note.save(update_fields=["removed_at"])
    _record(actor, "candidate.note_restored", note)
    return note

"""Take back one's own last deed on a candidacy, or one deed on several."""

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from hiring.commands import candidacy as commands
from hiring.commands.letter import unqueue, unqueue_stage_letter
from hiring.commands.refusal import refusal_cause
from hiring.models import Candidacy, Letter, Move
from people.commands import record
from people.models import Event, User

MOMENTS = {"entered_at", "shortlisted_at", "ended_at"}


@transaction.atomic
def undo_move(*, actor: User, event_id: int) -> Candidacy:
    """Back to where they were before this deed of the actor's.

    Event.DoesNotExist for a deed of somebody else's; RuleBroken when they have moved on since.
    """
    event = Event.objects.get(pk=event_id, actor=actor, target_kind="hiring.candidacy")
    candidacy = commands.locked(event.target_id, actor=actor)
    if "undo" not in event.data or candidacy.version != event.data.get("version"):
        raise RuleBroken(_("They have been moved again since; nothing was taken back."))
    before = {
        name: parse_datetime(kept) if name in MOMENTS and kept else kept
        for name, kept in event.data["undo"].items()
    }
    if not candidacy.vacancy.stages.filter(pk=before["stage_id"]).exists():
        raise RuleBroken(_("The stage they came from is gone; nothing was taken back."))
    _take_letters_back(candidacy)
    for name, value in before.items():
        setattr(candidacy, name, value)
    candidacy.version += 1
    candidacy.save(update_fields=[*(name.removesuffix("_id") for name in before), "version"])
    Move.objects.filter(pk=event.data["move"]).update(undone_at=timezone.now())
    record(actor=actor, verb="candidacy.undone", target=candidacy, move=event.data["move"])
    return candidacy


def _take_letters_back(candidacy: Candidacy) -> None:
    """What this deed would have sent and has not sent yet."""
    unqueue_stage_letter(candidacy_id=candidacy.pk, stage_id=candidacy.stage_id)
    cause = refusal_cause(candidacy.pk)
    unqueue(Letter.objects.filter(candidacy=candidacy, cause=cause))


@transaction.atomic
def undo_moves(*, actor: User, event_id: int) -> int:
    """Take back a deed on several, all or none; how many."""
    event = Event.objects.get(pk=event_id, actor=actor, verb="user.candidacies_changed")
    for one in event.data["events"]:
        undo_move(actor=actor, event_id=one)
    return len(event.data["events"])

"""What came of a call, and taking it back."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import ReachKind
from common.errors import RuleBroken
from hiring.choices import CallOutcome, CandidacyState, StageKind
from hiring.commands.call_list import waiting
from hiring.commands.candidacy import end_candidacy, last_deed, move_candidacy
from hiring.commands.candidacy_undo import undo_move
from hiring.models import Call, CallEntry, Candidacy, Candidate, CandidateReach, Stage
from hiring.rules import call as rules
from people import verbs
from people.commands import record
from people.models import Event, User

EARLY = (StageKind.FOUND, StageKind.CALL)

verbs.register(
    {
        "call.made": gettext_lazy("A candidate was called"),
        "call.undone": gettext_lazy("What came of a call was taken back"),
    }
)


@transaction.atomic
def log_call(
    *,
    actor: User,
    key: str | uuid.UUID,
    entry_id: int,
    outcome: str,
    note: str = "",
    call_back_at: dt.datetime | None = None,
    reason_id: int | None = None,
    reach_id: int | None = None,
) -> Call:
    """Keep what came of a call and do what follows from it.

    agreed: on to the next stage; refused: out of the vacancy, with their reason; later: a promised
    time; no_answer: again after the hours; wrong_number: `reach_id` (or the first phone) is marked
    and the next one tried; do_not_call: never again. The same `key` again changes nothing.
    """
    known = _known(key, actor)
    if known:
        return known
    entry = waiting(entry_id, actor=actor)
    candidacy, now = entry.candidacy, timezone.now()
    if candidacy.candidate_id is None:
        raise RuleBroken(_("This person's data was erased; only the count is left."))
    if outcome not in CallOutcome.values:
        raise RuleBroken(_("Say what came of the call."))
    if outcome == CallOutcome.REFUSED and reason_id is None:
        raise RuleBroken(_("Choose why they refused."))
    undo: dict = {"entry": _before(entry)}
    numbers = _phones(candidacy)
    if outcome == CallOutcome.WRONG_NUMBER:
        undo["reach"] = _mark_wrong(numbers, reach_id)
    place = _place(entry, outcome, now, call_back_at, has_other=len(numbers) > 1)
    try:
        with transaction.atomic():
            call = Call.objects.create(
                key=key, candidate_id=candidacy.candidate_id, entry=entry, outcome=outcome,
                note=" ".join(note.replace("\x00", "").split())[:1000], by=actor, at=now,
                call_back_at=call_back_at if outcome == CallOutcome.LATER else None,
            )  # fmt: skip
    except IntegrityError:
        return _known(key, actor)
    if outcome == CallOutcome.DO_NOT_CALL and candidacy.candidate.wants_no_calls is None:
        Candidate.objects.filter(pk=candidacy.candidate_id).update(wants_no_calls=now)
        undo["silenced"] = True
    if (deed := _follow(actor, candidacy, outcome, reason_id)) is not None:
        undo["deed"] = deed
    _settle(entry, place)
    record(actor=actor, verb="call.made", target=call, undo=undo)
    return call


def _known(key: str | uuid.UUID, actor: User) -> Call | None:
    known = Call.objects.filter(key=key).first()
    if known and known.by_id != actor.pk:
        raise RuleBroken(_("This call was written down by somebody else."))
    return known


def _place(
    entry: CallEntry, outcome: str, now: dt.datetime, call_back_at: dt.datetime | None,
    *, has_other: bool,
) -> rules.Place:  # fmt: skip
    try:
        return rules.place_after(
            outcome, now=now, attempts=entry.attempts, call_back_at=call_back_at,
            most_attempts=entry.list.most_attempts, hours_between=entry.list.hours_between,
            has_other_number=has_other,
        )  # fmt: skip
    except ValueError as error:
        raise RuleBroken(_("Say when to call again: a time that is still ahead.")) from error


def _before(entry: CallEntry) -> dict:
    return {
        "state": entry.state, "due_at": entry.due_at.isoformat(),
        "is_callback": entry.is_callback, "attempts": entry.attempts,
    }  # fmt: skip


def _phones(candidacy: Candidacy) -> list[CandidateReach]:
    rows = CandidateReach.objects.filter(
        candidate=candidacy.candidate_id, kind=ReachKind.PHONE, is_wrong=False
    )
    return list(rows)


def _mark_wrong(numbers: list[CandidateReach], reach_id: int | None) -> int:
    """The number that was dialled; without one the first."""
    dialled = [row for row in numbers if reach_id in (None, row.pk)]
    if not dialled:
        raise RuleBroken(_("Say which number is wrong; the list has changed."))
    CandidateReach.objects.filter(pk=dialled[0].pk).update(is_wrong=True)
    return dialled[0].pk


def _follow(actor: User, candidacy: Candidacy, outcome: str, reason_id: int | None) -> int | None:
    """Move or end the candidacy; the event that took place, for undo."""
    if candidacy.state != CandidacyState.ACTIVE:
        return None
    if outcome == CallOutcome.AGREED and (stage := next_stage(candidacy)) is not None:
        row = move_candidacy(actor=actor, candidacy_id=candidacy.pk, stage_id=stage.pk)
        return last_deed(row).pk
    if outcome == CallOutcome.REFUSED:
        row = end_candidacy(
            actor=actor, candidacy_id=candidacy.pk,
            state=CandidacyState.WITHDRAWN, reason_id=reason_id,
        )  # fmt: skip
        return last_deed(row).pk
    return None


def next_stage(candidacy: Candidacy) -> Stage | None:
    """Where those who agreed go on: the first stage after finding and calling."""
    if candidacy.stage.kind not in EARLY:
        return None
    later = candidacy.vacancy.stages.filter(position__gt=candidacy.stage.position)
    return later.exclude(kind__in=[*EARLY, StageKind.HIRED]).first()


def _settle(entry: CallEntry, place: rules.Place) -> None:
    entry.state, entry.due_at = place.state, place.due_at
    entry.is_callback, entry.attempts = place.is_callback, place.attempts
    if not place.is_kept:
        entry.held_by, entry.held_until = None, None
    entry.save(
        update_fields=["state", "due_at", "is_callback", "attempts", "held_by", "held_until"]
    )


@transaction.atomic
def undo_call(*, actor: User, call_id: int) -> Call:
    """Take back one's own last call to somebody, with all that followed from it.

    Call.DoesNotExist for a foreign one; RuleBroken when more has happened since.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id, by=actor, undone_at=None)
    entry = call.entry and CallEntry.objects.editable_by(actor).filter(pk=call.entry_id).first()
    if not entry:
        raise Call.DoesNotExist
    now = timezone.now()
    later = Call.objects.filter(entry=entry, undone_at=None, pk__gt=call.pk)
    if later.exists() or call.at < now - rules.UNDO_WITHIN:
        raise RuleBroken(_("It is too late to take this back; call them and note what is true."))
    undo = Event.objects.about(call).get(verb="call.made").data["undo"]
    if "deed" in undo:
        undo_move(actor=actor, event_id=undo["deed"])
    if "reach" in undo:
        CandidateReach.objects.filter(pk=undo["reach"]).update(is_wrong=False)
    if undo.get("silenced"):
        Candidate.objects.filter(pk=call.candidate_id).update(wants_no_calls=None)
    before = undo["entry"]
    entry.state, entry.attempts = before["state"], before["attempts"]
    entry.is_callback, entry.due_at = before["is_callback"], parse_datetime(before["due_at"])
    entry.save(update_fields=["state", "attempts", "is_callback", "due_at"])
    call.undone_at = now
    call.save(update_fields=["undone_at"])
    record(actor=actor, verb="call.undone", target=call)
    return call

"""What a recruiter sees while the phone rings, and what calls leave on the timeline."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from hiring.choices import CallOutcome
from hiring.models import (
    Call,
    CallEntry,
    CallList,
    Candidate,
    CandidateNote,
    CandidateReach,
    Letter,
)
from hiring.queries import calls
from hiring.queries import letter as letters
from hiring.queries.timeline_line import Entry
from hiring.rules import letter as fields
from hiring.rules.call import is_quiet
from people.models import User

TONES = {
    CallOutcome.AGREED: "pos",
    CallOutcome.REFUSED: "dan",
    CallOutcome.DO_NOT_CALL: "dan",
    CallOutcome.WRONG_NUMBER: "cau",
}


@dataclass(frozen=True, slots=True)
class Card:
    """Of `phones` wrong ones last; `clock` is their time now; `script` has their name in it."""

    entry: CallEntry
    candidate: Candidate
    phones: list[CandidateReach]
    others: list[CandidateReach]
    zone: str
    knows_zone: bool
    clock: dt.datetime
    is_quiet: bool
    script: str
    calls: list[Call]
    notes: list[CandidateNote]
    letters: list[Letter]


def call_card(call_list: CallList, entry: CallEntry, reader: User, now: dt.datetime) -> Card:
    candidate = entry.candidacy.candidate
    reaches = list(candidate.reaches.all())
    phones = [reach for reach in reaches if reach.kind == ReachKind.PHONE]
    zone, knows = calls.zone_for(
        candidate.time_zone, candidate.city, candidate.country, call_list.vacancy
    )
    made = Call.objects.filter(candidate=candidate, undone_at=None).select_related("by")
    notes = CandidateNote.objects.visible_to(reader).filter(candidate=candidate, removed_at=None)
    written = Letter.objects.visible_to(reader).filter(candidate=candidate)
    return Card(
        entry=entry,
        candidate=candidate,
        phones=sorted(phones, key=lambda reach: reach.is_wrong),
        others=[reach for reach in reaches if reach.kind != ReachKind.PHONE],
        zone=zone,
        knows_zone=knows,
        clock=calls.local_time(now, zone),
        is_quiet=is_quiet(now, zone, call_list.quiet_from, call_list.quiet_to),
        script=script_for(call_list, candidate, entry),
        calls=list(made[:10]),
        notes=list(notes.select_related("author")[:5]),
        letters=list(written[:3]),
    )


def script_for(call_list: CallList, candidate: Candidate, entry: CallEntry) -> str:
    """The script with what is known; unknown fields stay as they were written."""
    entry.candidacy.vacancy = call_list.vacancy
    values = letters.merge_values(candidate, entry.candidacy)
    gaps = {name: "{" + name + "}" for name in fields.FIELDS}
    return fields.fill(call_list.script, gaps | {k: v for k, v in values.items() if v.strip()})


def example_script() -> str:
    """What to begin with when nobody has written a script, in the reader's language."""
    return _(
        "Good day, {name}. My name is {recruiter}, I am calling from {company}.\n\n"
        "Is this a good moment? Two minutes are enough.\n\n"
        "We are looking for somebody for {vacancy}.\n\n"
        "1. What do you sell today, and to whom?\n"
        "2. Which of your clients do you look after yourself, and how large are they?\n"
        "3. What would have to be different for you to change?\n\n"
        "If it fits: I send you a link with ten questions; it takes five minutes."
    )


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """Calls that were made; recruiters only."""
    if not Candidate.objects.editable_by(reader).filter(pk=candidate.pk).exists():
        return []
    rows = Call.objects.filter(candidate=candidate, undone_at=None).select_related("by")
    return [
        Entry(
            at=call.at,
            icon="telephone",
            sentence=_("Call: %(outcome)s") % {"outcome": call.get_outcome_display()},
            who=str(call.by or ""),
            text=call.note,
            tone=TONES.get(call.outcome, ""),
        )
        for call in rows
    ]


def last_call(reader: User, call_list: CallList) -> Call | None:
    """The reader's newest call of this list that could be taken back."""
    since = timezone.now() - dt.timedelta(hours=2)
    rows = Call.objects.filter(by=reader, entry__list=call_list, undone_at=None, at__gt=since)
    rows = rows.filter(candidate__isnull=False)
    return rows.select_related("candidate").first()

"""All that happened with one candidate, newest day first.

Each part of hiring tells its own lines, and only those that the reader may see.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.choices import CandidacyState
from hiring.models import Candidate, CandidateNote, Move
from hiring.queries import call_card, file, home_tasks, letters, offers, session_notices, sheets
from hiring.queries.timeline_line import Entry, candidacies_of
from people.models import User

MOST = 400
ICONS = {
    CandidacyState.HIRED: "check-circle",
    CandidacyState.REJECTED: "x-circle",
    CandidacyState.WITHDRAWN: "box-arrow-right",
}


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    entries: list[Entry]


def candidate_timeline(candidate: Candidate, reader: User) -> list[Day]:
    """By days in the reader's zone; the caller has obtained the candidate through visible_to."""
    entries = [entry for part in PARTS for entry in part(candidate, reader)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    by_day = groupby(entries[:MOST], key=lambda entry: timezone.localdate(entry.at))
    return [Day(day, list(rows)) for day, rows in by_day]


def moves_of(candidate: Candidate, reader: User) -> list[Entry]:
    """From stage to stage, in and out, for each vacancy; without moves that were taken back.

    Whom somebody was asked to rate, and what became of the person before, would colour the mark:
    only those who hire read it.
    """
    if not reader.hires:
        return []
    rows = Move.objects.filter(candidacy__in=candidacies_of(candidate, reader), undone_at=None)
    rows = rows.select_related("from_stage", "to_stage", "by", "candidacy__vacancy")
    return [
        Entry(
            at=move.at,
            icon=ICONS.get(move.state, "arrow-right"),
            sentence=told(move),
            who=str(move.by or ""),
            tone="pos" if move.state == CandidacyState.HIRED else "",
        )
        for move in rows
    ]


def told(move: Move) -> str:
    """What the move was, in a sentence that names the vacancy."""
    words = {
        "vacancy": move.candidacy.vacancy.title,
        "stage": str(move.to_stage or ""),
        "old": str(move.from_stage or ""),
    }
    match move.state:
        case CandidacyState.HIRED:
            return _("%(vacancy)s: hired") % words
        case CandidacyState.REJECTED:
            return _("%(vacancy)s: rejected") % words
        case CandidacyState.WITHDRAWN:
            return _("%(vacancy)s: withdrew") % words
    if not words["stage"]:
        return _("%(vacancy)s: moved to a stage that is gone") % words
    if words["old"]:
        return _("%(vacancy)s: from “%(old)s” to “%(stage)s”") % words
    return _("%(vacancy)s: put into “%(stage)s”") % words


def notes_of(candidate: Candidate, reader: User) -> list[Entry]:
    """Internal notes, to those who may read them."""
    rows = CandidateNote.objects.visible_to(reader).filter(candidate=candidate, removed_at=None)
    return [
        Entry(note.at, "chat-left-text", _("Note"), who=str(note.author or ""), text=note.text)
        for note in rows.select_related("author")
    ]


PARTS: tuple[Callable[[Candidate, User], list[Entry]], ...] = (
    moves_of,
    notes_of,
    file.timeline_of,
    call_card.timeline_of,
    letters.timeline_of,
    session_notices.timeline_of,
    home_tasks.timeline_of,
    sheets.timeline_of,
    offers.timeline_of,
)

"""One candidacy from its first stage to now: how long in each, by whom; also what was undone."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from hiring.choices import CandidacyState
from hiring.models import Candidacy, Move


@dataclass(frozen=True, slots=True)
class Step:
    """`days` is how long they stayed there; None for what was taken back or is an end."""

    at: dt.datetime
    stage: str
    state: str
    who: str
    days: int | None
    is_undone: bool


def steps_of(candidacy: Candidacy, now: dt.datetime | None = None) -> list[Step]:
    """Newest first. The caller has obtained the candidacy through visible_to; one query."""
    now = now or timezone.now()
    moves = list(candidacy.moves.select_related("to_stage", "by").order_by("-at", "-pk"))
    found, later = [], now
    for move in moves:
        days = None
        if move.undone_at is None:
            is_end = move.state in (CandidacyState.REJECTED, CandidacyState.WITHDRAWN)
            days = None if is_end else max(0, (later - move.at).days)
            later = move.at
        found.append(_step(move, days))
    return found


def _step(move: Move, days: int | None) -> Step:
    return Step(
        at=move.at,
        stage=str(move.to_stage or ""),
        state=str(move.get_state_display()),
        who=str(move.by or ""),
        days=days,
        is_undone=move.undone_at is not None,
    )

"""Who of us looked at whom: noted by every page, download and export of a candidate's card."""

from collections.abc import Iterable

from django.utils import timezone

from hiring.models import CandidateAccess
from people.models import User


def note_access(*, actor: User | None, candidate_id: int, act: str, purpose: str = "") -> None:
    """Note one look; `act` is an AccessAct, `purpose` a word of ours ("card", "cv", "export")."""
    CandidateAccess.objects.create(
        actor=actor, candidate_id=candidate_id, act=act, purpose=purpose[:60]
    )


def note_accesses(*, actor: User, candidate_ids: Iterable[int], act: str, purpose: str) -> None:
    """The same for the rows of an export, in short batches."""
    now = timezone.now()
    CandidateAccess.objects.bulk_create(
        (
            CandidateAccess(actor=actor, candidate_id=pk, act=act, purpose=purpose[:60], at=now)
            for pk in candidate_ids
        ),
        batch_size=2_000,
    )

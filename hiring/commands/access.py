"""Who of us looked at whom: noted by every page, download and export of a candidate's card."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.dbops import take_turn
from hiring.models import CandidateAccess
from hiring.rules import chain
from people.models import User


def note_access(*, actor: User | None, candidate_id: int, act: str, purpose: str = "") -> None:
    """Note one look; `act` is an AccessAct, `purpose` a word of ours ("card", "cv", "export")."""
    note_accesses(actor=actor, candidate_ids=[candidate_id], act=act, purpose=purpose)


@transaction.atomic
def note_accesses(
    *, actor: User | None, candidate_ids: Iterable[int], act: str, purpose: str
) -> None:
    """The same for the rows of an export. Writers wait for each other here, readers for nobody."""
    take_turn("hiring.access")
    last = CandidateAccess.objects.order_by("-id").values_list("digest", flat=True)
    before, now, key = last.first() or "", timezone.now(), settings.SECRET_KEY.encode()
    rows = []
    for pk in candidate_ids:
        row = CandidateAccess(
            actor=actor, candidate_id=pk, act=act, purpose=purpose[:60], at=now,
            seal=chain.seal(key, pk, now),
        )  # fmt: skip
        row.digest = before = chain.link(
            key, before=before, seal=row.seal, actor_id=row.actor_id, act=act, purpose=row.purpose,
            at=now,
        )  # fmt: skip
        rows.append(row)
    CandidateAccess.objects.bulk_create(rows, batch_size=2_000)

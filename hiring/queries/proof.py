"""What `manage.py doctor` can prove of candidates' data."""

import hmac

from django.conf import settings

from common import tombstones
from common.dbops import batches
from common.doctor import Finding
from hiring.models import Candidate, CandidateAccess
from hiring.rules import chain


def risen() -> list[Candidate]:
    """Those who are here although they were erased: an older database was brought back."""
    stones = tombstones.buried(Candidate._meta.label_lower)
    return [
        row
        for numbers in batches(sorted(stones))
        for row in Candidate.objects.filter(pk__in=numbers)
        if tombstones.lies_under(stones, row.pk, row.created_at)
    ]


def nobody_rose() -> Finding:
    found = len(risen())
    words = f"{found} candidates came back with an older database: start anew with make run"
    return Finding("erased", not found, words if found else "nobody came back")


def first_broken() -> int | None:
    """Number of the first look that was changed, or follows one that was taken out."""
    key, before, begun = settings.SECRET_KEY.encode(), "", False
    for row in CandidateAccess.objects.order_by("id").iterator(chunk_size=2_000):
        if not row.digest and not begun:  # from before there was a chain
            continue
        begun = True
        expected = chain.link(
            key, before=before, seal=row.seal, actor_id=row.actor_id, act=row.act,
            purpose=row.purpose, at=row.at,
        )  # fmt: skip
        whom = row.candidate_id and chain.seal(key, row.candidate_id, row.at)
        if not hmac.compare_digest(expected, row.digest) or (whom and whom != row.seal):
            return row.pk
        before = row.digest
    return None


def looks_hold() -> Finding:
    broken = first_broken()
    words = f"the log of who looked at candidates was tampered with: row {broken} does not fit"
    return Finding("access log", broken is None, words if broken else "unbroken")

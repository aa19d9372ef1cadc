"""What `manage.py doctor` can prove of candidates' data."""

from common import tombstones
from common.dbops import batches
from common.doctor import Finding
from hiring.models import Candidate


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

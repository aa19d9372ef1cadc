"""The card of one candidate, as far as the reader may see it."""

from dataclasses import dataclass, field

from django.db.models import Q

from hiring.models import (
    Candidacy,
    CandidateAccess,
    CandidateFile,
    CandidateMerge,
    CandidateNote,
    CandidateReach,
    Consent,
    Letter,
    OffLimits,
)
from hiring.models.candidate import Candidate
from hiring.queries.candidate_list import candidacies_beside
from hiring.queries.candidate_sight import Sight, sight
from hiring.queries.off_limits import off_limits_of
from people.models import User

LOOKS = 8


@dataclass(frozen=True)
class Card:
    """Parts that the reader may not see are empty; `sight` says which these are."""

    candidate: Candidate
    sight: Sight
    candidacies: list[Candidacy]
    reaches: list[CandidateReach] = field(default_factory=list)
    files: list[CandidateFile] = field(default_factory=list)
    notes: list[CandidateNote] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    merges: list[CandidateMerge] = field(default_factory=list)
    looks: list[CandidateAccess] = field(default_factory=list)
    off_limits: OffLimits | None = None
    letters_waiting: int = 0


def card_of(user: User, candidate: Candidate) -> Card:
    """The caller has obtained the candidate through visible_to."""
    seen = sight(user, candidate)
    shown = candidacies_beside(user, [candidate]).get(candidate.pk, [])
    files = (
        candidate.files.filter(removed_at=None)
        .select_related("uploaded_by")
        .order_by("-is_cv", "-pk")
    )
    if not seen.may_edit:  # others than recruiters read what was brought for what they see
        own = Q(candidacy__in=[row.pk for row in shown]) | Q(candidacy=None, is_cv=True)
        files = files.filter(own)
    notes = candidate.notes.filter(removed_at=None).select_related("author")
    card = {
        "reaches": list(candidate.reaches.all()) if seen.contacts else [],
        "files": list(files),
        "notes": list(notes) if seen.notes else [],
    }
    if seen.may_edit:
        consents = candidate.consents.select_related("text", "candidacy__vacancy", "noted_by")
        undone = CandidateMerge.objects.filter(survivor=candidate, undone_at=None)
        looks = candidate.accesses.select_related("actor")[:LOOKS]
        card |= {
            "consents": list(consents),
            "merges": list(undone.select_related("absorbed")),
            "looks": list(looks),
            "off_limits": off_limits_of(candidate.employer),
            "letters_waiting": Letter.objects.filter(candidate=candidate, state="queued").count(),
        }
    return Card(candidate, seen, shown, **card)

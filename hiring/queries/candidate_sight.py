"""Which fields of a candidate a reader sees: one policy for pages, lists, exports and search.

Recruiters see all. A director reads contact data, notes and reasons of people on the short list,
and what they want to be paid and where they work now once a candidacy has come to the decision.
An interviewer sees the name, the position and the CV, in the window, and never pay or employer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hiring.choices import StageKind
from hiring.models import Candidacy, Candidate
from people.models import User

FINAL = (StageKind.DECISION, StageKind.OFFER, StageKind.HIRED)


@dataclass(frozen=True, slots=True)
class Sight:
    """`pay`: wish and present employer, with the manager there; `letters`: calls and letters."""

    contacts: bool = False
    notes: bool = False
    reasons: bool = False
    pay: bool = False
    letters: bool = False
    may_edit: bool = False
    download: bool = False


ALL = Sight(*[True] * 7)
NOTHING = Sight()


def sights(user: User, people: Iterable[Candidate]) -> dict[int, Sight]:
    """For each of the people, who were obtained through visible_to; one query at most."""
    ids = [one.pk for one in people]
    if user.is_recruiter:
        return dict.fromkeys(ids, ALL)
    if not user.is_director or not ids:
        return dict.fromkeys(ids, NOTHING)
    listed = Candidacy.objects.visible_to(user).filter(
        candidate__in=ids, shortlisted_at__isnull=False
    )
    kinds: dict[int, set[str]] = {}
    for pk, kind in listed.values_list("candidate", "stage__kind"):
        kinds.setdefault(pk, set()).add(kind)
    return {
        pk: Sight(
            contacts=True, notes=True, reasons=True, download=True,
            pay=not kinds[pk].isdisjoint(FINAL),
        )
        if pk in kinds
        else NOTHING
        for pk in ids
    }  # fmt: skip


def sight(user: User, candidate: Candidate) -> Sight:
    return sights(user, [candidate])[candidate.pk]

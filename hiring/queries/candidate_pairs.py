"""Pairs of records that may be one person, and what a merge of two would do."""

from dataclasses import dataclass

from django.utils.text import capfirst

from common import formats
from common.duplicates import pairs_alike
from hiring.models import Candidacy, Candidate, CandidateReach
from hiring.queries.candidate_duplicates import COMPARED
from people.models import Distinct, User

MOST = 200
# What a wish for pay is in goes with it.
MERGED = (
    "name", "other_name", "title", "employer", "manager", "city", "country", "time_zone",
    "language", "years_in_sales", "pay_wish", "summary", "source", "referred_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and why they look alike: "phone", "email" or "name"; the older one first."""

    first: Candidate
    second: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the two; blanks of the survivor are proposed to be filled."""

    name: str
    label: str
    survivor: str
    absorbed: str
    prefers_absorbed: bool
    is_choice: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    choices: list[Choice]
    reaches: list[str]
    candidacies: list[Candidacy]
    clashes: list[tuple[Candidacy, Candidacy]]


def candidate_pairs(user: User, most: int = MOST) -> list[Pair]:
    """Pairs among those the reader may change."""
    rows = Candidate.objects.editable_by(user).present()
    reaches = CandidateReach.objects.filter(kind__in=COMPARED)
    apart = Distinct.objects.of(Candidate).pairs()
    pairs = pairs_alike(rows, reaches, owner="candidate", most=most, apart=apart)
    people = rows.in_bulk({pk for pair, _reason in pairs for pk in pair})
    return [Pair(people[one], people[other], reason) for (one, other), reason in pairs]


def merge_preview(survivor: Candidate, absorbed: Candidate) -> Preview:
    """Field by field, and what moves; `clashes` are candidacies of both for one vacancy."""
    choices = [
        Choice(name, _label(name), _words(survivor, name), _words(absorbed, name),
               prefers_absorbed=_is_blank(survivor, name))
        for name in MERGED
        if _words(survivor, name) != _words(absorbed, name) and not _is_blank(absorbed, name)
    ]  # fmt: skip
    known = set(survivor.reaches.values_list("kind", "normal"))
    reaches = [row.value for row in absorbed.reaches.all() if (row.kind, row.normal) not in known]
    own = {row.vacancy_id: row for row in survivor.candidacies.select_related("vacancy", "stage")}
    theirs = list(absorbed.candidacies.select_related("vacancy", "stage"))
    return Preview(
        choices=choices,
        reaches=reaches,
        candidacies=[row for row in theirs if row.vacancy_id not in own],
        clashes=[(own[row.vacancy_id], row) for row in theirs if row.vacancy_id in own],
    )


def _label(name: str) -> str:
    return capfirst(str(Candidate._meta.get_field(name).verbose_name))


def _is_blank(candidate: Candidate, name: str) -> bool:
    return getattr(candidate, name) in ("", None)


def _words(candidate: Candidate, name: str) -> str:
    value = getattr(candidate, name)
    if name == "source":
        return str(candidate.get_source_display())
    if name == "pay_wish" and value is not None:
        return formats.money(value, candidate.pay_currency, 0)
    return "" if value is None else str(value)

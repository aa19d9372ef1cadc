"""Pairs of records that may be one person, and what a merge of two would do."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.text import capfirst

from hiring.models import Candidacy, Candidate, CandidateReach
from hiring.queries.candidate_duplicates import COMPARED
from people.models import User

MOST = 200
MOST_SHARING = 20  # a number or name that more share says nothing
MERGED = (
    "name", "other_name", "title", "employer", "manager", "city", "country", "time_zone",
    "language", "years_in_sales", "pay_wish", "pay_currency", "summary", "source", "referred_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and why they look alike: "phone", "email" or "name"; the older one first."""

    first: Candidate
    second: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the two; `takes` is whose value is proposed."""

    name: str
    label: str
    first: str
    second: str
    takes_second: bool


@dataclass(frozen=True, slots=True)
class Preview:
    choices: list[Choice]
    reaches: list[str]
    candidacies: list[Candidacy]
    clashes: list[tuple[Candidacy, Candidacy]]


def candidate_pairs(user: User, most: int = MOST) -> list[Pair]:
    """Pairs among those the reader may change; groups are found by the database."""
    rows = Candidate.objects.editable_by(user).present()
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, normal, pk in _shared_reaches(rows):
        groups[kind, normal].add(pk)
    for plain, pk in _shared_names(rows):
        groups["name", plain].add(pk)
    found: dict[tuple[int, int], str] = {}
    for (reason, _value), ids in groups.items():
        first, *others = sorted(ids)
        if len(others) < MOST_SHARING:
            for other in others:
                found.setdefault((first, other), reason)
    pairs = sorted(found.items())[:most]
    people = rows.in_bulk({pk for pair, _reason in pairs for pk in pair})
    return [Pair(people[one], people[other], reason) for (one, other), reason in pairs]


def _shared_reaches(rows: QuerySet[Candidate]) -> QuerySet:
    reaches = CandidateReach.objects.filter(kind__in=COMPARED, candidate__in=rows.values("pk"))
    reaches = reaches.order_by()
    shared = reaches.values("normal").annotate(uses=Count("candidate", distinct=True))
    shared = shared.filter(uses__gt=1).values("normal")
    return reaches.filter(normal__in=shared).values_list("kind", "normal", "candidate")


def _shared_names(rows: QuerySet[Candidate]) -> list[tuple[str, int]]:
    """(name, number) of names of two words that several have, in either script."""
    names = rows.order_by().filter(plain_name__contains=" ")
    others = rows.order_by().filter(plain_other__contains=" ")
    shared = names.values("plain_name").annotate(uses=Count("pk")).filter(uses__gt=1)
    alike = names.filter(plain_name__in=shared.values("plain_name"))
    met = names.filter(plain_name__in=others.values("plain_other"))
    meeting = others.filter(plain_other__in=names.values("plain_name"))
    return [
        *alike.values_list("plain_name", "pk"),
        *met.values_list("plain_name", "pk"),
        *meeting.values_list("plain_other", "pk"),
    ]


def merge_preview(survivor: Candidate, absorbed: Candidate) -> Preview:
    """Field by field, and what moves; `clashes` are candidacies of both for one vacancy."""
    choices = [
        Choice(name, _label(name), _words(survivor, name), _words(absorbed, name),
               takes_second=_is_blank(survivor, name))
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
    return "" if value is None else str(value)

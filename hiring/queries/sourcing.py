"""Where people for a vacancy are looked for, in order, and what each circle has brought."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Account
from common import firms
from hiring.choices import CallOutcome, CandidacyState, LetterState, StageKind
from hiring.models import (
    Call,
    Candidacy,
    Candidate,
    Letter,
    OffLimits,
    SearchTier,
    TargetCompany,
    Vacancy,
)
from hiring.models.candidate import SHORTLISTED
from hiring.queries.off_limits import off_limits_by_name
from hiring.rules.rates import Rate, rate
from hiring.rules.sourcing import Circle, is_exhausted, may_open
from people.models import User

SPOKE = (CallOutcome.AGREED, CallOutcome.REFUSED, CallOutcome.LATER, CallOutcome.DO_NOT_CALL)
FURTHER = (StageKind.FORM, StageKind.INVITE, *SHORTLISTED)
MOST_PROPOSALS = 50


@dataclass(frozen=True)
class Company:
    """`known`: people of ours who work there; `here`: of these, who stands for the vacancy."""

    row: TargetCompany
    known: int = 0
    here: int = 0
    off_limits: OffLimits | None = None

    @property
    def missing(self) -> int:
        return self.known - self.here


@dataclass(frozen=True)
class TierSight:
    """One circle: counts of people, the rate of those who agreed, what may be done."""

    row: SearchTier
    found: int
    reached: int
    agreed: int
    listed: int
    hired: int
    said_yes: Rate
    is_exhausted: bool
    may_open: bool
    companies: list[Company] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        return self.reached / self.found if self.found else None


@dataclass(frozen=True)
class Sourcing:
    tiers: list[TierSight]
    without_tier: int
    internal: list[Candidacy]
    external: int


def sourcing_of(vacancy: Vacancy, reader: User) -> Sourcing:
    """The circles of the vacancy in order; the caller has obtained it through visible_to."""
    rows = Candidacy.objects.visible_to(reader).filter(vacancy=vacancy)
    counts = _counts(rows)
    tiers = list(vacancy.search_tiers.prefetch_related("companies"))
    companies = companies_of(tiers, rows, reader)
    found: list[TierSight] = []
    before: list[Circle] = []
    for tier in tiers:
        number = counts.get(tier.pk, {})
        circle = Circle(
            tier.opened_at is not None, number.get("found", 0), number.get("reached", 0),
            tier.exhausted_at_percent,
        )  # fmt: skip
        found.append(
            TierSight(
                row=tier, found=circle.found, reached=circle.reached,
                agreed=number.get("agreed", 0), listed=number.get("listed", 0),
                hired=number.get("hired", 0), said_yes=rate(number.get("agreed", 0), circle.found),
                is_exhausted=is_exhausted(circle), may_open=may_open(before),
                companies=companies.get(tier.pk, []),
            )
        )  # fmt: skip
        before.append(circle)
    internal = rows.filter(candidate__user__isnull=False).select_related("candidate", "stage")
    outside = rows.filter(candidate__user=None).count()
    nowhere = counts.get(None, {}).get("found", 0)
    return Sourcing(found, nowhere, list(internal), outside)


def _counts(rows: QuerySet[Candidacy]) -> dict[int | None, dict[str, int]]:
    """Per tier: found, reached, agreed, short-listed, hired; one query."""
    called = Call.objects.filter(
        candidate=OuterRef("candidate"), entry__list__vacancy=OuterRef("vacancy"),
        undone_at=None, outcome__in=SPOKE,
    )  # fmt: skip
    yes = called.filter(outcome=CallOutcome.AGREED)
    wrote = Letter.objects.filter(candidacy=OuterRef("pk"), state=LetterState.SENT)
    further = Q(stage__kind__in=FURTHER) | Q(applied_at__isnull=False)
    rows = rows.order_by().annotate(spoke=Exists(called), said_yes=Exists(yes), wrote=Exists(wrote))
    counted = rows.values("tier").annotate(
        found=Count("pk"),
        reached=Count("pk", filter=Q(spoke=True) | Q(wrote=True) | further),
        agreed=Count("pk", filter=Q(said_yes=True) | further),
        listed=Count("pk", filter=Q(shortlisted_at__isnull=False)),
        hired=Count("pk", filter=Q(state=CandidacyState.HIRED)),
    )
    return {row["tier"]: row for row in counted}


def companies_of(
    tiers: list[SearchTier], rows: QuerySet[Candidacy], reader: User
) -> dict[int, list[Company]]:
    """Target companies by tier, with who is known to work there; three queries for any number."""
    plains = {one.plain for tier in tiers for one in tier.companies.all() if one.plain}
    people = Candidate.objects.visible_to(reader).present().filter(plain_employer__in=plains)
    known = Counter(people.order_by().values_list("plain_employer", flat=True))
    there = rows.filter(candidate__plain_employer__in=plains).order_by()
    here = Counter(there.values_list("candidate__plain_employer", flat=True))
    closed = off_limits_by_name() if plains else {}
    may_count = reader.is_recruiter  # where somebody works is not the director's to know so early
    return {
        tier.pk: [
            Company(
                one, known[one.plain] if may_count else 0, here[one.plain] if may_count else 0,
                closed.get(one.plain),
            )
            for one in tier.companies.all()
        ]
        for tier in tiers
    }  # fmt: skip


def known_people(company: TargetCompany, reader: User) -> list[int]:
    """Candidates who work at the company and do not stand for the vacancy yet."""
    people = Candidate.objects.visible_to(reader).present()
    people = people.filter(plain_employer=company.plain).exclude(
        candidacies__vacancy=company.tier.vacancy_id
    )
    return list(people.order_by("pk").values_list("pk", flat=True)[:1_000])


def off_limits_list(*, past: bool, day: dt.date) -> list[OffLimits]:
    """Entries in force by name, or those lifted or past their end, the newest first."""
    rows = OffLimits.objects.select_related("made_by", "lifted_by")
    force = OffLimits.objects.in_force(day).values("pk")
    if past:
        return list(rows.exclude(pk__in=force).order_by("-pk")[:200])
    return list(rows.filter(pk__in=force).order_by("name", "pk"))


def proposals(reader: User) -> list[Account]:
    """Key accounts the reader may see, of which none stands on the list by any name.

    Recruiters see no accounts, so that a director looks through these.
    """
    rows = Account.objects.visible_to(reader).present().filter(score__is_key=True)
    listed = set(OffLimits.objects.values_list("account", flat=True))
    closed = off_limits_by_name()
    found = [
        row
        for row in rows.order_by("name", "pk")[:500]
        if row.pk not in listed and firms.plain_name(row.name) not in closed
    ]
    return found[:MOST_PROPOSALS]

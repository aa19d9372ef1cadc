"""Where people come from, and whether one place is truly better than another."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise

from hiring.choices import CandidacyState, Source, StageKind, TierKind
from hiring.models import Candidacy, SearchTier, Vacancy
from hiring.models.candidate import SHORTLISTED
from hiring.rules.rates import Difference, Rate, difference, rate, shrunk

ENDED = (CandidacyState.HIRED, CandidacyState.REJECTED, CandidacyState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Of finished candidacies: `invited` came at least to a session, `hired` were hired.

    `drawn` is the share hired, drawn towards that of all sources; for ordering only.
    """

    label: str | Promise
    people: int
    open: int
    invited: Rate
    hired: Rate
    drawn: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The best source that has enough people against all the others together."""

    best: SourceRow
    difference: Difference


def by_source(candidacies: QuerySet[Candidacy]) -> list[SourceRow]:
    """By the share hired, drawn towards all; one query."""
    return _rows(candidacies, "source", dict(Source.choices))


def by_tier(candidacies: QuerySet[Candidacy]) -> list[SourceRow]:
    """In the order in which one looks, not by success: so the order itself can be judged."""
    rows = _rows(candidacies.exclude(tier=None), "tier__kind", dict(TierKind.choices))
    order = [str(label) for _kind, label in TierKind.choices]
    return sorted(rows, key=lambda row: order.index(str(row.label)))


def tiers_opened(vacancies: QuerySet[Vacancy]) -> dict:
    """{kind of tier: the first time one was opened}."""
    opened = SearchTier.objects.filter(vacancy__in=vacancies.values("pk"), opened_at__isnull=False)
    return dict(opened.order_by().values_list("kind").annotate(at=Min("opened_at")))


def _rows(candidacies: QuerySet[Candidacy], field: str, labels: dict) -> list[SourceRow]:
    reached = Q(stage__kind__in=[*SHORTLISTED, StageKind.HIRED]) | Q(shortlisted_at__isnull=False)
    counted = (
        candidacies.order_by()
        .values_list(field)
        .annotate(
            people=Count("pk"),
            done=Count("pk", filter=Q(state__in=ENDED)),
            invited=Count("pk", filter=Q(state__in=ENDED) & reached),
            hired=Count("pk", filter=Q(state=CandidacyState.HIRED)),
        )
    )
    found = list(counted)
    drawn = shrunk([rate(hired, done) for _key, _people, done, _invited, hired in found])
    rows = [
        SourceRow(
            label=labels[key],
            people=people,
            open=people - done,
            invited=rate(invited, done),
            hired=rate(hired, done),
            drawn=share,
        )
        for (key, people, done, invited, hired), share in zip(found, drawn, strict=True)
    ]
    return sorted(rows, key=lambda row: (-(row.drawn or 0), -row.people))


def comparison(rows: list[SourceRow]) -> Comparison | None:
    """None where fewer than two sources have enough finished people to be compared."""
    enough = [row for row in rows if row.hired.is_enough]
    if len(enough) < 2:
        return None
    best, sums = enough[0], Counter()
    for row in enough[1:]:
        sums["hired"] += row.hired.hits
        sums["done"] += row.hired.cases
    found = difference(best.hired, rate(sums["hired"], sums["done"]))
    return Comparison(best, found) if found else None

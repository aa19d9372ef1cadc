"""From the first look to hired, by kind of stage, over candidacies that have left the stage."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, Max, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from hiring.choices import CandidacyState, StageKind
from hiring.models import Candidacy, Move, Vacancy
from hiring.rules.rates import Rate, rate

PLACES = {kind: place for place, kind in enumerate(StageKind)}


@dataclass(frozen=True, slots=True)
class Road:
    """So many candidacies began at one place of the road, came as far as another, and are `state`.

    Places are numbers of StageKind in its order.
    """

    first: int
    furthest: int
    state: str
    people: int


@dataclass(frozen=True, slots=True)
class StageRow:
    """`went_on` of those who have left the stage, forward or out; `here` are still in it."""

    kind: StageKind
    came: int
    here: int
    left: int
    went_on: Rate


def roads(candidacies: QuerySet[Candidacy]) -> list[Road]:
    """One query, counted by the database; a stage somebody was moved back from still counts."""
    moves = (
        Move.objects.filter(candidacy=OuterRef("pk"), undone_at=None, to_stage__isnull=False)
        .order_by()
        .values("candidacy")
    )
    now = _place("stage__kind")
    first = Subquery(moves.annotate(end=Min(_place("to_stage__kind"))).values("end"))
    furthest = Subquery(moves.annotate(end=Max(_place("to_stage__kind"))).values("end"))
    counted = (
        candidacies.order_by()
        .annotate(
            first_place=Least(Coalesce(first, now), now),
            furthest_place=Greatest(Coalesce(furthest, now), now),
        )
        .values_list("first_place", "furthest_place", "state")
        .annotate(people=Count("pk"))
    )
    return [Road(*row) for row in counted]


def _place(field: str) -> Case:
    whens = [When(**{field: kind}, then=Value(place)) for kind, place in PLACES.items()]
    return Case(*whens, default=Value(0))


def stage_rows(found: list[Road], kinds: list[str]) -> list[StageRow]:
    """A row for each kind of stage the vacancies have; the last, hired, is where the road ends."""
    return [_row(StageKind(kind), found) for kind in kinds if kind != StageKind.HIRED]


def _row(kind: StageKind, found: list[Road]) -> StageRow:
    place, counts = PLACES[kind], Counter()
    for road in found:
        if not road.first <= place <= road.furthest:
            continue
        stays = road.furthest == place
        hired = road.state == CandidacyState.HIRED
        what = "on" if not stays or hired else "out"
        if stays and road.state == CandidacyState.ACTIVE:
            what = "here"
        counts[what] += road.people
    left = counts["on"] + counts["out"]
    return StageRow(
        kind=kind,
        came=left + counts["here"],
        here=counts["here"],
        left=left,
        went_on=rate(counts["on"], left),
    )


def kinds_of(vacancies: QuerySet[Vacancy]) -> list[str]:
    """Kinds of stages these vacancies have, in the order of the road."""
    there = set(vacancies.order_by().values_list("stages__kind", flat=True))
    return [kind for kind in StageKind if kind in there]


def hired(found: list[Road]) -> int:
    return sum(road.people for road in found if road.state == CandidacyState.HIRED)

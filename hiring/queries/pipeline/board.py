"""The board: a column for each stage, its first cards, its size up to a thousand.

The same number of queries and nearly the same number of rows however many people there are.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from common.lists import CAP
from hiring.choices import CandidacyState, StageKind
from hiring.models import Candidacy, Stage, Vacancy
from hiring.models.candidate import SHORTLISTED
from hiring.queries.off_limits import off_limits_by_name
from hiring.queries.pipeline.cards import (
    QUICK,
    Card,
    cards,
    narrowed,
    quick_of,
    visible_rows,
    with_marks,
)
from hiring.queries.pipeline.state import OUT, State
from people.models import User

FIRST = 20
FEWEST = 8
ON_A_PAGE = 120
TO_THE_END = 200


@dataclass(frozen=True)
class Lane:
    """A column. `key` is the stage's number, or the state of those who are out."""

    key: int | str
    name: str
    count: int
    stage: Stage | None = None
    cards: list[Card] = field(default_factory=list)
    is_open: bool = False

    @property
    def more(self) -> int:
        """How many further ones; of a column above the cap, at least."""
        return max(0, self.count - len(self.cards))

    @property
    def is_capped(self) -> bool:
        return self.count > CAP


@dataclass(frozen=True)
class Figures:
    """Of the columns as they are filtered; a column above the cap counts as the cap."""

    active: int
    shortlisted: int
    hired: int
    ended: int
    is_capped: bool


@dataclass(frozen=True)
class Board:
    lanes: list[Lane]
    stages: list[Stage]
    ended: int
    quick: dict[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(lane.count for lane in self.lanes)

    @property
    def figures(self) -> Figures:
        own = [lane for lane in self.lanes if lane.stage]
        going = [lane for lane in own if lane.stage.kind != StageKind.HIRED]
        return Figures(
            active=sum(min(lane.count, CAP) for lane in going),
            shortlisted=sum(lane.count for lane in going if lane.stage.kind in SHORTLISTED),
            hired=sum(lane.count for lane in own if lane.stage.kind == StageKind.HIRED),
            ended=self.ended,
            is_capped=any(lane.is_capped for lane in going),
        )


def board(reader: User, vacancy: Vacancy, state: State) -> Board:
    stages = list(vacancy.stages.all())
    rows = narrowed(reader, visible_rows(reader, vacancy), state, stages)
    columns: dict[Hashable, QuerySet[Candidacy]] = {
        stage.pk: rows.filter(stage=stage, state=living(stage)).order_by("rank", "-entered_at")
        for stage in stages
    }
    outs = {out: rows.filter(state=out).order_by("-entered_at") for out in OUT}
    if state.ended:
        columns |= outs
    slices = {
        key: column[: TO_THE_END if key == state.more else FIRST] for key, column in columns.items()
    }
    alive = rows.filter(state=CandidacyState.ACTIVE)
    quick = {name: alive.filter(QUICK[name](stages)) for name in quick_of(reader)}
    found, counts = first_ids(slices, counted={**columns, **outs, **quick})
    filled = sum(1 for key in columns if counts[key]) or 1
    first = max(FEWEST, min(FIRST, ON_A_PAGE // filled))
    found = {key: ids if key == state.more else ids[:first] for key, ids in found.items()}
    shown = _cards(reader, vacancy, stages, [pk for ids in found.values() for pk in ids])
    names: dict[Hashable, str] = {stage.pk: stage.name for stage in stages}
    names |= {out: str(out.label).capitalize() for out in OUT}
    by_pk = {stage.pk: stage for stage in stages}
    lanes = [
        Lane(
            key=key, name=names[key], count=counts[key], stage=by_pk.get(key),
            cards=[shown[pk] for pk in found.get(key, ()) if pk in shown],
            is_open=key == state.more,
        )
        for key in columns
        if counts[key] or reader.is_recruiter or may_hold(by_pk.get(key))
    ]  # fmt: skip
    ended = sum(counts[out] for out in OUT)
    return Board(lanes, stages, ended, quick={name: counts[name] for name in quick})


def may_hold(stage: Stage | None) -> bool:
    """Whether a director would see people there: an early column is empty to them, not in fact."""
    return stage is None or stage.kind in SHORTLISTED


def living(stage: Stage) -> str:
    """Whom a stage holds: those under way; the last one, those who were hired."""
    return CandidacyState.HIRED if stage.kind == StageKind.HIRED else CandidacyState.ACTIVE


def _cards(reader: User, vacancy: Vacancy, stages: list[Stage], ids: list[int]) -> dict[int, Card]:
    if not ids:
        return {}
    rows = list(with_marks(Candidacy.objects.filter(pk__in=ids)))
    for row in rows:
        row.vacancy = vacancy
    closed = off_limits_by_name() if reader.is_recruiter else ()
    by_pk = {stage.pk: stage for stage in stages}
    return {card.candidacy.pk: card for card in cards(rows, reader, by_pk, closed)}


def first_ids(
    slices: dict[Hashable, QuerySet], counted: dict[Hashable, QuerySet]
) -> tuple[dict[Hashable, list[int]], dict[Hashable, int]]:
    """The rows of sliced, ordered querysets in their order, and how many others have, up to the
    cap and one more; all in one query."""
    parts, params, places = [], [], {}
    for is_count, querysets in ((False, slices), (True, counted)):
        for key, rows in querysets.items():
            wanted = rows.order_by()[: CAP + 1] if is_count else rows
            try:
                sql, values = wanted.values("pk").query.sql_with_params()
            except EmptyResultSet:
                continue
            place = len(places)
            places[place] = (is_count, key)
            what = "COUNT(*)" if is_count else "x.*"
            parts.append(f"SELECT {place} AS place, {what} FROM ({sql}) AS x")  # noqa: S608  by the ORM
            params += values
    found: dict[Hashable, list[int]] = {key: [] for key in slices}
    counts: dict[Hashable, int] = dict.fromkeys(counted, 0)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            for place, number in cursor.fetchall():
                is_count, key = places[place]
                if is_count:
                    counts[key] = number
                else:
                    found[key].append(number)
    return found, counts

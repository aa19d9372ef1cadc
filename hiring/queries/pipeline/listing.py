"""The same candidacies as a list: sorted, page by page, with the marks of the board."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from common.lists import CAP
from hiring.choices import CandidacyState
from hiring.models import Candidacy, Stage, Vacancy
from hiring.queries.off_limits import off_limits_by_name
from hiring.queries.pipeline.board import first_ids
from hiring.queries.pipeline.cards import Card, cards, narrowed, visible_rows, with_marks
from hiring.queries.pipeline.state import State
from people.models import SavedView, User
from people.queries import view as queries

PAGE = 30
ORDERS = {
    "entered": "entered_at",
    "name": "candidate__name",
    "stage": "stage__position",
    "source": "source",
    "tier": "tier__position",
    "added": "created_at",
}


@dataclass(frozen=True)
class Listing:
    cards: list[Card]
    stages: list[Stage]
    count: int
    page: int
    has_next: bool

    @property
    def is_capped(self) -> bool:
        return self.count > CAP


def rows_of(
    reader: User, vacancy: Vacancy, state: State, stages: list[Stage]
) -> QuerySet[Candidacy]:
    """All that the list shows, unsorted; without a wish those under way or hired."""
    rows = narrowed(reader, visible_rows(reader, vacancy).exclude(candidate=None), state, stages)
    if isinstance(state.stage, int):
        rows = rows.filter(stage=state.stage)
    elif state.stage:
        return rows.filter(state=state.stage)
    if state.state:
        return rows.filter(state=state.state)
    if state.ended:
        return rows
    return rows.filter(state=CandidacyState.ACTIVE)


def listing(reader: User, vacancy: Vacancy, state: State) -> Listing:
    stages = list(vacancy.stages.all())
    rows = rows_of(reader, vacancy, state, stages)
    number = state.page or 1
    start = (number - 1) * PAGE
    name = state.order.removeprefix("-")
    path = F(ORDERS[name])
    order = path.desc(nulls_last=True) if state.order.startswith("-") else path.asc(nulls_last=True)
    order = f"-{ORDERS[name]}" if state.order == "-entered" else order
    part = rows.order_by(order, "-pk")[start : start + PAGE + 1]
    ids_of, counts = first_ids({"": part}, counted={"": rows})
    ids = ids_of[""]
    found = {row.pk: row for row in with_marks(Candidacy.objects.filter(pk__in=ids[:PAGE]))}
    shown = [found[pk] for pk in ids[:PAGE] if pk in found]
    for row in shown:
        row.vacancy = vacancy
    closed = off_limits_by_name() if reader.is_recruiter and shown else ()
    made = cards(shown, reader, {stage.pk: stage for stage in stages}, closed)
    for card in made:
        card.candidacy.stage = next(s for s in stages if s.pk == card.candidacy.stage_id)
    return Listing(made, stages, counts[""], number, len(ids) > PAGE)


def page_code(vacancy: Vacancy) -> str:
    """Where saved views of this vacancy's list are kept: its stages and tiers are its own."""
    return f"vacancy:{vacancy.pk}"


def saved_views(reader: User, vacancy: Vacancy) -> list[SavedView]:
    return queries.saved_views(reader, page_code(vacancy))

"""What the rows of a vacancy can be narrowed by, and what they are narrowed by now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.lists import Chip, capped
from hiring.choices import CandidacyState, Source
from hiring.models import Stage, Vacancy
from hiring.queries.pipeline.cards import quick_of
from hiring.queries.pipeline.state import State
from people.models import User


@dataclass(frozen=True)
class Choice:
    """One filter of the menu with what may be chosen: (value, words)."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


def choices(vacancy: Vacancy, state: State) -> list[Choice]:
    """Of the menu. Two queries at most, only when it is asked for."""
    tiers = [(str(tier.pk), str(tier)) for tier in vacancy.search_tiers.all()]
    sources = [(str(code), str(label)) for code, label in Source.choices]
    found = [Choice("source", _("Source"), state.source, sources)]
    if tiers:
        found.append(Choice("tier", _("Search tier"), str(state.tier or ""), tiers))
    return found


def quick_labels(reader: User) -> dict[str, str]:
    """What one looks for first."""
    labels = {
        "new": _("New applications"),
        "ours": _("Waiting for us"),
        "stale": _("Waiting too long"),
    }
    return {name: labels[name] for name in quick_of(reader)}


@dataclass(frozen=True)
class Quick:
    """A filter set and taken out by one press. `count` is of the rows as they are narrowed now."""

    label: str
    count: str
    url: str
    is_on: bool


def quick_filters(reader: User, state: State, counts: dict[str, int]) -> list[Quick]:
    return [
        Quick(label, capped(counts[name]), "?" + state.query(**{name: not is_on}), is_on)
        for name, label in quick_labels(reader).items()
        for is_on in [getattr(state, name)]
        if counts[name] or is_on
    ]


def list_choices(stages: list[Stage], state: State) -> list[Choice]:
    """Further ones of the list; on the board these are the columns."""
    options = [(str(stage.pk), stage.name) for stage in stages]
    states = [(str(code), str(label)) for code, label in CandidacyState.choices]
    return [
        Choice("stage", _("Stage"), str(state.stage or ""), options),
        Choice("state", _("State"), state.state, states),
    ]


def chips(vacancy: Vacancy, stages: list[Stage], state: State, *, is_list: bool) -> list[Chip]:
    """The filters in use, without the words that stand in the search field."""
    found = []

    def add(name: str, label: str, value: str) -> None:
        found.append(Chip(label, value, "?" + state.query(**{name: None, "page": None})))

    if state.source:
        add("source", _("Source"), str(Source(state.source).label))
    if state.tier:
        tier = next((tier for tier in vacancy.search_tiers.all() if tier.pk == state.tier), None)
        add("tier", _("Search tier"), str(tier or "–"))
    if is_list and state.new:
        add("new", _("New applications"), _("yes"))
    if is_list and state.ours:
        add("ours", _("Waiting for us"), _("yes"))
    if is_list and state.stale:
        add("stale", _("Only"), _("waiting too long"))
    if is_list and state.stage:
        stage = next((stage.name for stage in stages if stage.pk == state.stage), "–")
        add("stage", _("Stage"), stage)
    if is_list and state.state:
        add("state", _("State"), str(CandidacyState(state.state).label))
    return found

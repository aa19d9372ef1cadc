"""Around the list of candidates: its tabs, the filters in use, and those one may choose."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.lists import Chip, Choices, choices
from hiring.choices import CandidacyState, Source, StageKind, TierKind
from hiring.models import Vacancy
from hiring.queries.candidate_state import (
    BUILT_IN,
    FILTERS,
    FOR_RECRUITERS,
    CandidateState,
    parse_query,
)
from people.models import SavedView, User
from people.queries import view as queries
from people.queries.view import Tab

PAGE = "candidates"
COUNTED = ("all", "active")
MOST_VACANCIES = 60
WORDS = {
    "stage": StageKind, "state": CandidacyState, "source": Source, "tier": TierKind,
}  # fmt: skip


def built_in(user: User) -> list[str]:
    return list(BUILT_IN) if user.is_recruiter else ["all", "active"]


def view_labels() -> dict[str, str]:
    return {
        "all": pgettext("candidates", "All"),
        "active": pgettext("candidates", "Under way"),
        "stale": pgettext("candidates", "Waiting too long"),
        "free": pgettext("candidates", "For no vacancy now"),
        "internal": pgettext("candidates", "Own staff"),
    }


def saved_views(user: User) -> list[SavedView]:
    return queries.saved_views(user, PAGE)


def first_view(user: User, views: Iterable[SavedView]) -> str:
    return queries.first_view(user, PAGE, built_in(user), views)


def tabs(
    user: User, state: CandidateState, views: Iterable[SavedView], counts: dict[str, str]
) -> list[Tab]:
    words = view_labels()
    names = {view: words[view] for view in built_in(user)}
    return queries.view_tabs(user, state.view, names, views, counts)


def state_of_view(view: str, views: Iterable[SavedView]) -> CandidateState:
    """What a view shows before anything is changed in it."""
    for saved in views:
        if view == f"s{saved.pk}":
            try:
                return parse_query(saved.query, view=view)
            except ValueError:
                return CandidateState(view=view)
    return CandidateState(view=view if view in BUILT_IN else "all")


def filter_labels() -> dict[str, str]:
    return {
        "vacancy": _("Vacancy"),
        "stage": _("Stage"),
        "state": _("Candidacy"),
        "source": _("Source"),
        "tier": _("Search tier"),
        "city": _("City"),
        "stale": _("Waiting too long"),
        "opted_out": _("Wants no letters or calls"),
        "off_limits": _("Off limits"),
    }


def chips(user: User, state: CandidateState) -> list[Chip]:
    found, labels = [], filter_labels()
    for name in FILTERS:
        value = getattr(state, name)
        if not value or name == "q":
            continue
        url = f"?{state.without(name).query()}"
        found.append(Chip(labels[name], _words(user, name, value), url))
    return found


def _words(user: User, name: str, value) -> str:
    if name == "vacancy":
        rows = Vacancy.objects.visible_to(user).filter(pk__in=value)
        return ", ".join(rows.values_list("title", flat=True))
    if name in WORDS:
        return ", ".join(str(WORDS[name](code).label) for code in value)
    return _("yes") if value == "yes" else value


def filter_choices(user: User, state: CandidateState) -> list[Choices]:
    """What can be filtered by; read when the menu opens, not with every page."""
    vacancies = Vacancy.objects.visible_to(user).order_by("-created_at")[:MOST_VACANCIES]
    pairs: dict[str, list[tuple]] = {"vacancy": [(row.pk, row.title) for row in vacancies]}
    for name, kind in WORDS.items():
        pairs[name] = [(code, capfirst(str(label))) for code, label in kind.choices]
    for name in ("stale", "opted_out", "off_limits"):
        pairs[name] = [("yes", _("yes"))]
    names = filter_labels()
    closed = () if user.is_recruiter else FOR_RECRUITERS
    return [
        choices(name, names[name], options, getattr(state, name))
        for name, options in pairs.items()
        if options and name not in closed
    ]

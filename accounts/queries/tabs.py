"""The tabs of the account list: built-in views by role, own and shared ones."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.queries.list_state import BUILT_IN, ListState, parse
from people.models import SavedView, User

PAGE = "accounts"
COUNTED = ("key", "mine", "unowned", "all")


@dataclass(frozen=True)
class Tab:
    label: str
    view: str
    url: str
    count: str = ""
    is_current: bool = False
    is_shared: bool = False
    is_own: bool = False


def built_in(user: User) -> list[str]:
    """The views each role has from the first day, the first of them first."""
    if user.is_director:
        return ["key", "silent", "unowned", "all"]
    if user.is_kam:
        return ["mine", "key", "team", "silent", "all"]
    return ["all", "key", "silent"]


def labels() -> dict[str, str]:
    return {
        "key": _("Key accounts"),
        "mine": pgettext("accounts", "Mine"),
        "team": _("My team"),
        "silent": _("Silent longest"),
        "unowned": _("No owner"),
        "all": pgettext("accounts", "All"),
    }


def saved_views(user: User, page: str = PAGE) -> list[SavedView]:
    """One's own views of a list and those that colleagues share, own first."""
    rows = SavedView.objects.filter(page=page)
    rows = rows.filter(owner=user) | rows.filter(is_shared=True)
    return sorted(rows.select_related("owner"), key=lambda view: view.owner_id != user.pk)


def first_view(user: User, views: list[SavedView]) -> str:
    chosen = user.preferences.get("accounts_view") or ""
    if chosen in BUILT_IN or any(chosen == f"s{view.pk}" for view in views):
        return chosen
    return built_in(user)[0]


def state_of_view(view: str, views: list[SavedView]) -> ListState:
    """What a view shows before anything is changed in it."""
    for saved in views:
        if view == f"s{saved.pk}":
            try:
                return parse_query(saved.query, view=view)
            except ValueError:
                return ListState(view=view)
    return ListState(view=view if view in BUILT_IN else "all")


def parse_query(query: str, *, view: str) -> ListState:
    return parse({**parse_qs(query), "view": [view]})


def tabs(user: User, state: ListState, views: list[SavedView], counts: dict[str, str]) -> list[Tab]:
    names = labels()
    found = [
        Tab(
            label=names[view], view=view, url=f"?view={view}", count=counts.get(view, ""),
            is_current=state.view == view,
        )
        for view in built_in(user)
    ]  # fmt: skip
    return found + [
        Tab(
            label=view.name, view=f"s{view.pk}", url=f"?view=s{view.pk}",
            is_current=state.view == f"s{view.pk}", is_shared=view.is_shared,
            is_own=view.owner_id == user.pk,
        )
        for view in views
    ]  # fmt: skip

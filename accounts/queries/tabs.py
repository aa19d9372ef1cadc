"""The tabs of the account list: built-in views by role, own and shared ones."""

from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.queries.list_state import BUILT_IN, ListState, parse
from people.models import SavedView, User
from people.queries import view as queries
from people.queries.view import Tab

PAGE = "accounts"
COUNTED = ("key", "mine", "silent", "unowned", "all")


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
        "silent": _("Silent past alarm"),
        "unowned": _("No owner"),
        "all": pgettext("accounts", "All"),
    }


def saved_views(user: User) -> list[SavedView]:
    return queries.saved_views(user, PAGE)


def first_view(user: User, views: list[SavedView]) -> str:
    own = built_in(user)
    return queries.first_view(user, PAGE, [*own, *BUILT_IN], views)


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
    words = labels()
    names = {view: words[view] for view in built_in(user)}
    return queries.view_tabs(user, state.view, names, views, counts)

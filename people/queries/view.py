"""The tabs above a list: its built-in views, one's own saved ones and those that are shared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from people.models import SavedView, User


@dataclass(frozen=True)
class Tab:
    label: str
    view: str
    url: str
    count: str = ""
    is_current: bool = False
    is_shared: bool = False
    is_own: bool = False


def saved_views(user: User, page: str) -> list[SavedView]:
    """One's own views of a list and those that colleagues share, own first."""
    rows = SavedView.objects.visible_to(user).filter(page=page).select_related("owner")
    return sorted(rows, key=lambda view: view.owner_id != user.pk)


def first_view(user: User, page: str, built_in: Sequence[str], views: Iterable[SavedView]) -> str:
    """The one they chose to open first, if it is still there."""
    chosen = user.preferences.get(f"{page}_view") or ""
    return chosen if chosen in {*built_in, *(f"s{view.pk}" for view in views)} else built_in[0]


def view_tabs(
    user: User,
    current: str,
    names: dict[str, str],
    views: Iterable[SavedView],
    counts: dict[str, str],
) -> list[Tab]:
    """`names`: the built-in views with their words."""
    found = [
        Tab(label, view, f"?view={view}", counts.get(view, ""), is_current=current == view)
        for view, label in names.items()
    ]
    return found + [
        Tab(
            label=view.name, view=f"s{view.pk}", url=f"?view=s{view.pk}",
            is_current=current == f"s{view.pk}", is_shared=view.is_shared,
            is_own=view.owner_id == user.pk,
        )
        for view in views
    ]  # fmt: skip

"""How somebody likes a list: saved views, the first one; columns and density of accounts."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries.list_state import COLUMNS
from common.errors import RuleBroken
from people.choices import Density
from people.models import SavedView, User

PAGE = "accounts"
MOST = 30


@transaction.atomic
def save_view(
    *, actor: User, name: str, query: str, shared: bool = False, page: str = PAGE
) -> SavedView:
    """Keep this state of the list under a name; the same name again keeps the new state."""
    name = name.strip()
    if not name:
        raise RuleBroken(_("Give the view a name."))
    if len(name) > 60:
        raise RuleBroken(_("A name has at most 60 characters."))
    own = SavedView.objects.filter(owner=actor, page=page)
    if own.exclude(name=name).count() >= MOST:
        raise RuleBroken(_("That is enough views; delete one first."))
    fields = {"query": query, "is_shared": shared}
    return SavedView.objects.update_or_create(
        owner=actor,
        page=page,
        name=name,
        defaults=fields,
        create_defaults={**fields, "position": own.count()},
    )[0]


@transaction.atomic
def change_view(
    *,
    actor: User,
    view_id: int,
    name: str,
    shared: bool,
    query: str | None = None,
    page: str = PAGE,
) -> SavedView:
    """Rename, share or renew one's own view; SavedView.DoesNotExist for anybody else's."""
    view = SavedView.objects.select_for_update().get(pk=view_id, owner=actor, page=page)
    name = name.strip()[:60]
    if not name:
        raise RuleBroken(_("Give the view a name."))
    if SavedView.objects.filter(owner=actor, page=page, name=name).exclude(pk=view.pk).exists():
        raise RuleBroken(_("You have a view of this name already."))
    view.name, view.is_shared = name, shared
    view.query = view.query if query is None else query
    view.save(update_fields=["name", "is_shared", "query"])
    return view


@transaction.atomic
def delete_view(*, actor: User, view_id: int, page: str = PAGE) -> None:
    SavedView.objects.get(pk=view_id, owner=actor, page=page).delete()
    if actor.preferences.get(f"{page}_view") == f"s{view_id}":
        _prefer(actor, f"{page}_view", None)


@transaction.atomic
def choose_first_view(*, actor: User, view: str, page: str = PAGE) -> None:
    """The view that opens when the list is called without any wish."""
    _prefer(actor, f"{page}_view", view)


@transaction.atomic
def choose_columns(*, actor: User, columns: Iterable[str], density: str = "") -> None:
    """Remember columns (in the list's own order) and density for this person."""
    wanted = set(columns)
    _prefer(actor, "accounts_columns", [name for name in COLUMNS if name in wanted])
    if density in Density.values:
        actor.density = density
        actor.save(update_fields=["density"])


def _prefer(actor: User, key: str, value) -> None:
    row = User.objects.select_for_update().get(pk=actor.pk)
    row.preferences = {**row.preferences, key: value}
    row.save(update_fields=["preferences"])
    actor.preferences = row.preferences

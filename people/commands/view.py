"""How somebody likes a list: saved views, and the one that opens first."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from people.models import SavedView, User

MOST = 30


@transaction.atomic
def save_view(*, actor: User, page: str, name: str, query: str, shared: bool = False) -> SavedView:
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
    page: str,
    view_id: int,
    name: str,
    shared: bool,
    query: str | None = None,
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
def delete_view(*, actor: User, page: str, view_id: int) -> None:
    SavedView.objects.get(pk=view_id, owner=actor, page=page).delete()
    if actor.preferences.get(f"{page}_view") == f"s{view_id}":
        prefer(actor, f"{page}_view", None)


@transaction.atomic
def choose_first_view(*, actor: User, page: str, view: str) -> None:
    """The view that opens when the list is called without any wish."""
    prefer(actor, f"{page}_view", view)


def prefer(actor: User, key: str, value: str | list[str] | None) -> None:
    """Remember one thing for this person."""
    row = User.objects.select_for_update().get(pk=actor.pk)
    row.preferences = {**row.preferences, key: value}
    row.save(update_fields=["preferences"])
    actor.preferences = row.preferences

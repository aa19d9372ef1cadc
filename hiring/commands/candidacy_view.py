"""A vacancy's list as somebody likes it: saved, shared, deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from hiring.models import Vacancy
from hiring.queries.pipeline.listing import page_code
from people.models import SavedView, User

MOST = 30


@transaction.atomic
def save_candidacy_view(
    *, actor: User, vacancy_id: int, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep this state of the list under a name; the same name again keeps the new state."""
    page = page_code(Vacancy.objects.visible_to(actor).get(pk=vacancy_id))
    name = " ".join(name.replace("\x00", "").split())[:60]
    if not name:
        raise RuleBroken(_("Give the view a name."))
    own = SavedView.objects.filter(owner=actor, page=page)
    if own.exclude(name=name).count() >= MOST:
        raise RuleBroken(_("That is enough views; delete one first."))
    fields = {"query": query[:2000], "is_shared": shared}
    return SavedView.objects.update_or_create(
        owner=actor, page=page, name=name, defaults=fields,
        create_defaults={**fields, "position": own.count()},
    )[0]  # fmt: skip


@transaction.atomic
def delete_candidacy_view(*, actor: User, view_id: int) -> None:
    """One's own; SavedView.DoesNotExist for anybody else's."""
    SavedView.objects.get(pk=view_id, owner=actor, page__startswith="vacancy:").delete()

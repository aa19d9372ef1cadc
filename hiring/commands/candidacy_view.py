"""A vacancy's list as somebody likes it: saved, shared, deleted."""

from django.db import transaction

from hiring.models import Vacancy
from hiring.queries.pipeline.listing import page_code
from people.commands.view import save_view
from people.models import SavedView, User


@transaction.atomic
def save_candidacy_view(
    *, actor: User, vacancy_id: int, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep this state of the list under a name; the same name again keeps the new state."""
    page = page_code(Vacancy.objects.visible_to(actor).get(pk=vacancy_id))
    return save_view(actor=actor, page=page, name=name, query=query, shared=shared)


@transaction.atomic
def delete_candidacy_view(*, actor: User, view_id: int) -> None:
    """One's own; SavedView.DoesNotExist for anybody else's."""
    SavedView.objects.get(pk=view_id, owner=actor, page__startswith="vacancy:").delete()

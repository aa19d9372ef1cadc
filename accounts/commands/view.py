"""How somebody likes the list of accounts: columns and density."""

from collections.abc import Iterable

from django.db import transaction

from accounts.queries.list_state import COLUMNS
from people.choices import Density
from people.commands.view import prefer
from people.models import User


@transaction.atomic
def choose_columns(*, actor: User, columns: Iterable[str], density: str = "") -> None:
    """Remember columns (in the list's own order) and density for this person."""
    wanted = set(columns)
    prefer(actor, "accounts_columns", [name for name in COLUMNS if name in wanted])
    if density in Density.values:
        actor.density = density
        actor.save(update_fields=["density"])

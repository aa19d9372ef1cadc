"""What can be imported, each kind by the same steps: who may, which columns, which work."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices

from accounts.choices import ContactField, LedgerField
from accounts.commands import contact_import, ledger, ledger_undo
from accounts.queries import imports as queries
from accounts.rules.contact_columns import REQUIRED, guess_columns
from common.models import Import
from common.reading.guess import guess_mapping
from people.models import User


@dataclass(frozen=True)
class Kind:
    """`fields`: what a column can mean, of which `required` must have one; `terms`: what is asked
    beside them. `has_source`: a file comes from a system whose columns are remembered. `is_shared`:
    whoever may bring such files works on everybody's."""

    code: str
    fields: type[TextChoices]
    may_bring: Callable[[User], bool]
    guess: Callable[[tuple[str, ...]], dict[str, str]]
    check: Callable[..., Import]
    run: Callable[..., Import]
    undo: Callable[..., Import]
    refuse_undo: Callable[..., None]
    required: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    has_source: bool = False
    is_shared: bool = False


def nothing_refuses(batch: Import, *, reader: User | None = None) -> None:
    """People whom somebody has changed stay; the rest is taken back."""


LEDGER = Kind(
    code=ledger.KIND,
    fields=LedgerField,
    may_bring=lambda user: user.is_director,
    guess=guess_mapping,
    check=ledger.check_import,
    run=ledger.run_import,
    undo=ledger_undo.undo_import,
    refuse_undo=ledger_undo.refuse_undo,
    has_source=True,
)
CONTACTS = Kind(
    code=contact_import.KIND,
    fields=ContactField,
    required=REQUIRED,
    terms=("date_format",),
    may_bring=lambda user: user.is_director or user.is_kam,
    guess=guess_columns,
    check=contact_import.check_import,
    run=contact_import.run_import,
    undo=contact_import.undo_import,
    refuse_undo=nothing_refuses,
)
KINDS = {kind.code: kind for kind in (LEDGER, CONTACTS)}


def register(kind: Kind, *, undo_effect: Callable[[Import], queries.Undo]) -> None:
    """Add what an app above brings by the same steps; who may bring it sees its imports."""
    KINDS[kind.code] = kind
    queries.register(kind.code, kind.fields, sees=kind.may_bring, undo_effect=undo_effect)


def kind_of(batch: Import) -> Kind:
    return KINDS[batch.kind]

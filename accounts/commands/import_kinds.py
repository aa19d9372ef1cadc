"""What can be imported, each kind by the same steps: who may, which columns, which work."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.commands import contact_import, ledger, ledger_undo
from accounts.rules.contact_columns import guess_columns
from common.models import Import
from common.reading.guess import guess_mapping
from people.models import User


@dataclass(frozen=True)
class Kind:
    """`has_source`: a file comes from a system whose columns are remembered."""

    code: str
    may_bring: Callable[[User], bool]
    guess: Callable[[tuple[str, ...]], dict[str, str]]
    check: Callable[..., Import]
    run: Callable[..., Import]
    undo: Callable[..., Import]
    refuse_undo: Callable[..., None]
    has_source: bool = False


def _nothing_refuses(batch: Import, *, reader: User | None = None) -> None:
    """People whom somebody has changed stay; the rest is taken back."""


LEDGER = Kind(
    code=ledger.KIND,
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
    may_bring=lambda user: user.is_director or user.is_kam,
    guess=guess_columns,
    check=contact_import.check_import,
    run=contact_import.run_import,
    undo=contact_import.undo_import,
    refuse_undo=_nothing_refuses,
)
KINDS = {kind.code: kind for kind in (LEDGER, CONTACTS)}


def kind_of(batch: Import) -> Kind:
    return KINDS[batch.kind]

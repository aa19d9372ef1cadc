"""What assigning many accounts would change."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Assignment
from people.models import User


@dataclass(frozen=True)
class Preview:
    """Of `total` accounts: `same` have this person already, `replaced` lose somebody else."""

    total: int
    same: int = 0
    replaced: int = 0
    names: tuple[str, ...] = ()

    @property
    def added(self) -> int:
        return self.total - self.same


def preview(ids: Iterable[int], *, user: User, role: str, start: dt.date) -> Preview:
    """Counts for the accounts `ids`, which the caller has checked to be the reader's."""
    ids = list(ids)
    rows = Assignment.objects.on(start).filter(account__in=ids, role=role)
    holders = list(rows.values_list("account", "user", "user__name"))
    same = {account for account, holder, _name in holders if holder == user.pk}
    others = [(account, name) for account, holder, name in holders if holder != user.pk]
    replaced = {account for account, _name in others} if role == "owner" else set()
    names = tuple(sorted({name for _account, name in others}))[:5] if replaced else ()
    return Preview(total=len(ids), same=len(same), replaced=len(replaced), names=names)

"""What if an account moved: both managers before and after. Nothing is saved."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Account
from accounts.queries.load import LoadNow, account_load
from accounts.queries.taker_words import over_words
from accounts.queries.takers import Taker, takers
from kpi.queries.capacity.people import ManagerRow
from people.models import User


@dataclass(frozen=True, slots=True)
class Side:
    """One manager before and after."""

    user: User
    before: LoadNow
    after: LoadNow

    @property
    def full(self) -> float:
        return max(self.before.load.hours, self.after.load.hours, self.before.load.capacity, 1)

    @property
    def reasons(self) -> list[str]:
        return [over_words(over, self.after) for over in self.after.overs]

    @property
    def tone(self) -> str:
        share = self.after.load.share
        return "cau" if share is not None and share > 1 else "acc"


@dataclass(frozen=True, slots=True)
class Move:
    account: Account
    sides: tuple[Side, Side]
    taker: Taker | None


def moved(
    rows: Collection[ManagerRow],
    reader: User,
    *,
    giver: int,
    account_id: int,
    taker: int,
    day: dt.date,
) -> Move | None:
    """None where somebody or the account is not on the reader's page."""
    by_user = {row.user.pk: row for row in rows}
    if giver not in by_user or taker not in by_user or giver == taker:
        return None
    gives, takes = by_user[giver], by_user[taker]
    held = {row.account_id: row for row in gives.now.accounts}
    account = Account.objects.visible_to(reader).select_related("score").filter(pk=account_id)
    found = account.first()
    if found is None or account_id not in held:
        return None
    taken = account_load(found, takes.now.figures, held[account_id].relationships)
    sides = (
        Side(gives.user, gives.now, gives.now.without(account_id)),
        Side(takes.user, takes.now, takes.now.taking(taken)),
    )
    ranked = takers(found, reader, day=day)
    return Move(found, sides, next((one for one in ranked if one.user.pk == taker), None))

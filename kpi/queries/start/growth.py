"""Where growth is: the accounts that bought most more than in the twelve months before."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from accounts.models import Account, AccountScore
from kpi.queries.start.parts import change_of
from people.models import User

MOST = 3


@dataclass(frozen=True, slots=True)
class Grown:
    """`more` in the company's currency; `change` of the twelve months before."""

    account: Account
    more: Decimal
    change: Decimal | None


def grown(user: User, *, compares: bool) -> list[Grown]:
    """Customers of both years only; nothing where the ledger is too short to tell. One query."""
    if not compares:
        return []
    rows = (
        AccountScore.objects.filter(counts_with=None, revenue_before__gt=0)
        .filter(account__in=Account.objects.visible_to(user).present())
        .annotate(more=F("revenue") - F("revenue_before"))
        .filter(more__gt=0)
        .select_related("account")
        .order_by("-more", "account")[:MOST]
    )
    return [
        Grown(
            row.account,
            row.revenue - row.revenue_before,
            change_of(row.revenue, row.revenue_before),
        )
        for row in rows
    ]

"""Where growth is: the accounts that bought most more than in the twelve months before, and what
customers began to buy."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from accounts.models import Account, AccountScore
from kpi.choices import Scope
from kpi.models import Reading
from kpi.queries.measures.subjects import names
from kpi.queries.start.parts import change_of
from people.models import User

MOST = 3


@dataclass(frozen=True, slots=True)
class Grown:
    """`more` in the company's currency; `change` of the twelve months before."""

    account: Account
    more: Decimal
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Began:
    """Additional services of twelve months: `number` of them, most of `line` (`most`)."""

    number: int
    line: str = ""
    most: int = 0


def began(user: User) -> Began | None:
    """As the newest night read them for the whole company; None where nothing is known."""
    rows = Reading.objects.visible_to(user).filter(code="services")
    rows = rows.filter(scope__in=(Scope.COMPANY, Scope.LINE), is_restated=False)
    newest = rows.order_by("-day").values("day")[:1]
    found = list(rows.filter(day=newest).values_list("scope", "key", "numerator"))
    number = next((count for scope, _key, count in found if scope == Scope.COMPANY), None)
    if number is None:
        return None
    lines = [(count, key) for scope, key, count in found if scope == Scope.LINE and count]
    if not lines:
        return Began(number)
    most, key = max(lines)
    return Began(number, names(Scope.LINE, [key])[key], most)


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

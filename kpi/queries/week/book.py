"""The accounts a week is about, what each weighs, and where its pages are."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.choices import AccountStatus
from accounts.models import Account, Touchpoint
from kpi.queries.start import own
from people.models import User

OPEN = (AccountStatus.ACTIVE, AccountStatus.PROSPECT)
MOST = 400


@dataclass(frozen=True)
class Book:
    """Open accounts of the reader's own, the largest first, with their revenue of 12 months."""

    accounts: list[Account]
    hides_money: bool = False
    revenue: dict[int, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal(0)

    def share(self, account_id: int | None) -> float:
        own_revenue = self.revenue.get(account_id)
        return float(own_revenue / self.total) if own_revenue and self.total else 0.0

    def stake(self, account_id: int | None) -> Decimal | None:
        """For showing; None where there is nothing to show or the reader sees no money."""
        return None if self.hides_money else self.revenue.get(account_id)

    def log_url(self, account_id: int | None, planned: Touchpoint | None = None) -> str:
        return f"{reverse('accounts:log_page')}?account={account_id}" if account_id else ""

    def brief_url(self, planned: Touchpoint) -> str:
        address = _address("accounts:brief_page", planned.account_id)
        return f"{address}?touchpoint={planned.pk}" if address else ""


def _address(name: str, *args: int) -> str:
    """The address of a page that may not be there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def book_of(user: User) -> Book:
    """One query; a book larger than MOST is looked at from its large end."""
    rows = _accounts(user).filter(status__in=OPEN).select_related("score", "rhythm")
    found = list(rows.order_by(F("score__revenue").desc(nulls_last=True), "pk")[:MOST])
    revenue = {
        account.pk: account.score.revenue
        for account in found
        if getattr(account, "score", None) and account.score.revenue > 0
    }
    total = sum(revenue.values(), Decimal(0))
    return Book(found, not user.sees_money, revenue, total)


def _accounts(user: User) -> QuerySet[Account]:
    return own.own_accounts(user) if user.is_kam else own.served_accounts(user)

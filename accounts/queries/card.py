"""What the account page shows: figures with period and currency, people, kin, purchases."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum

from accounts.choices import AssignmentRole
from accounts.models import (
    Account,
    AccountScore,
    Assignment,
    ExternalId,
    LedgerLine,
    Merge,
    Product,
    Scoring,
    ServiceLine,
    ServiceMonth,
)
from accounts.queries.kin import family_ids
from accounts.queries.listing import twelve_months
from common.dates import year_before
from people.models import User

MOST_PRODUCTS = 40


@dataclass(frozen=True)
class Month:
    day: dt.date
    value: Decimal
    before: Decimal


@dataclass(frozen=True)
class Bought:
    """A product or service line: net of these and of the former twelve months."""

    name: str
    code: str
    now: Decimal
    before: Decimal
    last: dt.date

    @property
    def is_new(self) -> bool:
        return self.now > 0 and self.before == 0

    @property
    def is_stopped(self) -> bool:
        return self.now <= 0 < self.before

    @property
    def change(self) -> float | None:
        return float((self.now - self.before) / self.before) if self.before > 0 else None


@dataclass(frozen=True)
class ServiceLineBought:
    line: Bought
    products: tuple[Bought, ...]


def score_of(account: Account) -> AccountScore | None:
    return AccountScore.objects.filter(account=account).first()


def months_of(account: Account, as_of: dt.date) -> list[Month]:
    """Net by calendar month, this year's twelve against those before, with all that counts."""
    now = twelve_months(as_of)
    then = [year_before(month) for month in now]
    rows = ServiceMonth.objects.filter(account__in=family_ids(account), month__in=now + then)
    sums = dict(rows.order_by().values_list("month").annotate(Sum("net")))
    zero = Decimal(0)
    return [
        Month(month, sums.get(month, zero), sums.get(before, zero))
        for month, before in zip(now, then, strict=True)
    ]


def bought(account: Account, as_of: dt.date) -> list[ServiceLineBought]:
    """Service lines and their products by what they brought in twelve months, day by day exact."""
    start, earlier = year_before(as_of), year_before(year_before(as_of))
    lines = live_lines(account).filter(day__gt=earlier, day__lte=as_of, net__isnull=False)
    rows = (
        lines.order_by()
        .values("service_line", "product")
        .annotate(
            now=Sum("net", filter=Q(day__gt=start)),
            before=Sum("net", filter=Q(day__lte=start)),
            last=Max("day"),
        )
    )
    rows = list(rows)
    products = Product.objects.in_bulk({row["product"] for row in rows if row["product"]})
    by_line: dict[int, list[Bought]] = {}
    for row in rows:
        product = products.get(row["product"])
        name, code = (str(product), product.code) if product else ("", "")
        item = Bought(
            name, code, row["now"] or Decimal(0), row["before"] or Decimal(0), row["last"]
        )
        by_line.setdefault(row["service_line"], []).append(item)
    names = ServiceLine.objects.in_bulk(list(by_line))
    found = [_line(names[pk].name, items) for pk, items in by_line.items()]
    return sorted(found, key=lambda item: (-item.line.now, -item.line.before))


def _line(name: str, items: list[Bought]) -> ServiceLineBought:
    total = Bought(
        name=name,
        code="",
        now=sum((item.now for item in items), Decimal(0)),
        before=sum((item.before for item in items), Decimal(0)),
        last=max(item.last for item in items),
    )
    items.sort(key=lambda item: (-item.now, -item.before))
    return ServiceLineBought(total, tuple(items[:MOST_PRODUCTS]))


def live_lines(account: Account) -> QuerySet[LedgerLine]:
    return LedgerLine.objects.live().filter(account__in=family_ids(account))


def team_of(account: Account, day: dt.date | None = None) -> list[Assignment]:
    """Who answers for it on a day (today: at this minute), the owner first."""
    rows = account.assignments.on(day) if day else account.assignments.today()
    rows = rows.select_related("user")
    order = list(AssignmentRole.values)
    return sorted(rows, key=lambda row: (order.index(row.role), row.valid_from))


def coverage_of(account: Account) -> list[Assignment]:
    """All assignments, past and planned, newest first."""
    rows = account.assignments.select_related("user", "made_by")
    return list(rows.order_by("-valid_from", "-pk")[:100])


def owner_on(account: Account, day: dt.date) -> User | None:
    row = account.assignments.owners().on(day).select_related("user").first()
    return row.user if row else None


def children_of(account: Account, user: User) -> list[Account]:
    """Children the reader may open, with their scores."""
    rows = Account.objects.visible_to(user).present().filter(parent=account)
    return list(rows.select_related("score", "owner").order_by("name", "pk")[:200])


def parent_of(account: Account, user: User) -> Account | None:
    """The parent, when the reader may open it."""
    if account.parent_id is None:
        return None
    return Account.objects.visible_to(user).filter(pk=account.parent_id).first()


def numbers_of(account: Account) -> list[ExternalId]:
    """What sources call it, those of merged accounts too."""
    rows = ExternalId.objects.filter(Q(account=account) | Q(account__merged_into=account))
    return list(rows.select_related("source", "account"))


def merges_of(account: Account) -> list[Merge]:
    """Merges into it that stand, newest first."""
    rows = Merge.objects.filter(survivor=account, undone_at=None)
    return list(rows.select_related("absorbed", "by"))


def share_of(score: AccountScore | None, scoring: Scoring) -> Decimal | None:
    """Its part of what the policy measures by, of all accounts above zero."""
    if score is None or not scoring.total:
        return None
    basis = score.margin if scoring.basis == "margin" else score.revenue
    return max(basis, Decimal(0)) / scoring.total

"""What falls when people leave, ours or the customer's: money, threads, rules, promises, tasks.

Only of accounts the reader may open. A constant number of queries, however many leave.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import Tier
from accounts.models import (
    Account,
    Assignment,
    Position,
    Promise,
    Task,
    Tie,
    Touchpoint,
)
from accounts.queries.dependence import revenues, ties_on, webs
from accounts.queries.leaving_coverage import Coverage
from accounts.queries.leaving_who import Who
from accounts.rules import dependence as rules
from accounts.rules.dependence import Web
from common.money import from_units, to_units
from people.models import User, company_day

MOST = 50


@dataclass(frozen=True)
class AccountLeft:
    """One account before and after. `loss` None: nobody has a lived tie, so nothing is known.

    `strongest`: who of ours stays, with their best tie and whose it is.
    """

    account: Account
    tier: str
    is_key: bool
    revenue: Decimal
    is_owned: bool
    loss: float | None
    threads: tuple[float, float]
    our_threads: tuple[float, float]
    loses_tie: bool
    rules_fallen: tuple[str, ...]
    strongest: dict[int, tuple[float, str]] = field(default_factory=dict)

    @property
    def hanging(self) -> Decimal | None:
        """The part of its revenue that hangs on those who leave."""
        if self.loss is None:
            return None
        return from_units(rules.hanging([(to_units(self.revenue), self.loss)]).hanging)

    @property
    def is_untied(self) -> bool:
        return self.loss is None


@dataclass(frozen=True)
class Work:
    """Rows of one kind that would be nobody's: the first of them, and how many in all."""

    rows: tuple
    count: int


@dataclass(frozen=True)
class Leaving:
    """`accounts` by money that hangs, then by revenue."""

    who: Who
    day: dt.date
    accounts: tuple[AccountLeft, ...]
    promises: Work
    tasks: Work
    planned: Work

    @property
    def owned(self) -> tuple[AccountLeft, ...]:
        return tuple(row for row in self.accounts if row.is_owned)

    @property
    def hanging(self) -> Decimal:
        return sum((row.hanging or Decimal() for row in self.accounts), Decimal())

    @property
    def unknown(self) -> tuple[AccountLeft, ...]:
        """Money that may hang, for all anybody knows: accounts without a lived tie."""
        return tuple(row for row in self.accounts if row.is_untied and row.revenue > 0)

    @property
    def unknown_money(self) -> Decimal:
        return sum((row.revenue for row in self.unknown), Decimal())

    @property
    def owned_revenue(self) -> Decimal:
        return sum((max(row.revenue, Decimal()) for row in self.owned), Decimal())

    @property
    def losing_ties(self) -> tuple[AccountLeft, ...]:
        return tuple(row for row in self.accounts if row.loses_tie)

    @property
    def rules_fallen(self) -> int:
        return sum(len(row.rules_fallen) for row in self.accounts)


def leaving(reader: User, who: Who, *, day: dt.date | None = None) -> Leaving:
    """`who` are people the caller found open to the reader."""
    day = day or company_day()
    accounts, owned = _accounts(reader, who, day)
    ids = list(accounts)
    spun, money = webs(ties_on(day, ids)), revenues(ids)
    coverage = Coverage(ids, day)
    rows = []
    for pk, account in accounts.items():
        web = spun.get(pk, Web())
        loss = rules.loss(web, theirs=who.theirs & set(web.whole), ours=who.ours)
        if pk not in owned and not loss and not (who.theirs & coverage.people[pk].keys()):
            continue
        after = rules.without(web, theirs=who.theirs, ours=who.ours)
        score = getattr(account, "score", None)
        tier = score.tier if score else Tier.N
        rows.append(
            AccountLeft(
                account=account,
                tier=tier,
                is_key=bool(score and score.is_key),
                revenue=from_units(money.get(pk, 0)),
                is_owned=pk in owned,
                loss=loss,
                threads=(web.threads, after.threads),
                our_threads=(web.our_threads, after.our_threads),
                loses_tie=web.is_tied and not after.is_tied,
                rules_fallen=coverage.fallen(pk, tier, web, after, who.theirs),
                strongest=_strongest(after, coverage.names),
            )
        )
    rows.sort(key=lambda row: (-(row.hanging or 0), -row.revenue, row.account.name, row.account.pk))
    return Leaving(who, day, tuple(rows), *_work(reader, who))


def _accounts(reader: User, who: Who, day: dt.date) -> tuple[dict[int, Account], set[int]]:
    """Owned by those who leave, tied to them, or where they hold a place; and the owned ones."""
    held = Assignment.objects.owners().on(day).unexpired().filter(user__in=who.ours)
    owned = set(held.values_list("account", flat=True))
    tied = Tie.objects.filter(colleague__in=who.ours).order_by().values("account")
    places = Position.objects.on(day).filter(contact__in=who.theirs).order_by().values("account")
    rows = Account.objects.visible_to(reader).present()
    rows = rows.filter(Q(pk__in=owned) | Q(pk__in=tied) | Q(pk__in=places))
    found = {row.pk: row for row in rows.select_related("score", "owner").order_by("name", "pk")}
    return found, owned & set(found)


def _strongest(web: Web, names: dict[int, str]) -> dict[int, tuple[float, str]]:
    best: dict[int, tuple[float, str]] = {}
    for (contact, colleague), strength in web.pairs.items():
        if strength > best.get(colleague, (0.0, ""))[0]:
            best[colleague] = (strength, names.get(contact, ""))
    return best


def _work(reader: User, who: Who) -> tuple[Work, Work, Work]:
    promises = Promise.objects.visible_to(reader).open()
    promises = promises.filter(Q(colleague__in=who.ours) | Q(contact__in=who.theirs))
    tasks = Task.objects.visible_to(reader).open().filter(account__isnull=False)
    tasks = tasks.filter(Q(owner__in=who.ours) | Q(contact__in=who.theirs))
    planned = Touchpoint.objects.visible_to(reader).planned().filter(at__gte=timezone.now())
    planned = planned.filter(
        Q(attendances__colleague__in=who.ours) | Q(presences__contact__in=who.theirs)
    ).distinct()
    return (
        _some(promises.select_related("account", "contact", "colleague").order_by("due", "pk")),
        _some(tasks.select_related("account", "contact", "owner").order_by("due", "pk")),
        _some(planned.select_related("account").order_by("at", "pk")),
    )


def _some(rows: QuerySet) -> Work:
    found = list(rows[: MOST + 1])
    return Work(tuple(found[:MOST]), len(found) if len(found) <= MOST else rows.count())

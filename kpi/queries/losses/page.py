"""Who stayed with us and who did not: the year against the year before, and the lost accounts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Account, AccountScore, TierSpan
from common import formats
from common.money import from_units
from common.why import Why
from kpi.queries.losses.reasons import reasons_of
from kpi.queries.periods import Pair, Period, latest
from kpi.queries.periods.book import Book, read_book
from kpi.queries.periods.rows import Row, account_rows, grouped
from kpi.queries.periods.splits import NOBODY, split
from kpi.rules import retention as rules
from kpi.rules.retention import Retention, Status
from people.models import User

SHOWN = 50
STEPS = {
    "base": (gettext_lazy("The year before"), "grey"),
    "churned": (pgettext_lazy("customers", "Lost"), "dan"),
    "contraction": (pgettext_lazy("customers", "Buy less"), "cau"),
    "expansion": (pgettext_lazy("customers", "Buy more"), "pos"),
    "new": (pgettext_lazy("customers", "New"), "acc"),
    "reactivated": (pgettext_lazy("customers", "Came back"), "acc"),
    "other": (gettext_lazy("Credit notes of others"), "cau"),
    "total": (gettext_lazy("The last twelve months"), "grey"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """`begin` and `end` are shares of the reach of all moves, for the drawing: against the sums
    themselves an ordinary year's moves would be too thin to see."""

    label: str
    amount: Decimal
    begin: float
    end: float
    tone: str
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """`reason` is "" where nobody recorded one; `base` is what it brought in the base year."""

    account: Account
    owner: User | None
    base: Decimal
    share: float
    running: float
    tier: str
    reason: str
    last_order: dt.date | None
    hands: bool


@dataclass(frozen=True, slots=True)
class ReasonRow:
    words: str
    accounts: int
    base: Decimal
    share: float


@dataclass(frozen=True)
class LossPage:
    """`begins` is the ledger's first day where it does not hold the whole base year."""

    pair: Pair
    figures: Retention
    steps: tuple[StepRow, ...]
    losses: tuple[Loss, ...]
    reasons: tuple[ReasonRow, ...]
    begins: dt.date | None

    @property
    def shown(self) -> tuple[Loss, ...]:
        return self.losses[:SHOWN]

    @property
    def unnamed(self) -> int:
        return sum(not loss.reason for loss in self.losses)

    @property
    def churned(self) -> Decimal:
        return from_units(self.figures.churned)

    @property
    def range_words(self) -> str:
        if self.figures.interval is None:
            return ""
        low, high = (formats.percent(end) for end in self.figures.interval)
        return _(
            "%(share)s; the true rate lies between %(low)s and %(high)s, 19 times out of 20"
        ) % {
            "share": formats.percent(self.figures.logo_retention), "low": low, "high": high,
        }  # fmt: skip

    @property
    def why(self) -> Why:
        return Why(
            sentence=_(
                "Customers with revenue in the base year are the cohort. Lost is who brought"
                " nothing in the year after it, or credit notes only. New customers and those who"
                " came back are in no rate."
            ),
            inputs=(
                (_("Base year"), _span(self.pair.base)),
                (_("Year after it"), _span(self.pair.current)),
                (_("Kept, of customers with a base"), _of(self.figures.kept, self.figures.judged)),
            ),
            rule=f"{rules.VERSION}, KAMHUB-REF-1 1.6, 1.7",
        )


def loss_page(reader: User) -> LossPage:
    """A constant number of queries; of the accounts the reader may open."""
    pair = latest()
    book = read_book(pair, reader)
    parts = split(book, "manager")
    figures = grouped(book, parts, "company")[NOBODY]
    lost = [row for row in account_rows(book, parts) if row.status == Status.LOST]
    losses = tuple(_losses(book, lost, figures.churned))
    begins = book.state.first_day
    return LossPage(
        pair=pair,
        figures=figures,
        steps=tuple(_steps(figures)),
        losses=losses,
        reasons=tuple(_reasons(losses)),
        begins=begins if begins and begins > pair.base.first else None,
    )


def _losses(book: Book, rows: list[Row], total: int) -> Iterator[Loss]:
    ids = [row.account for row in rows]
    accounts = Account.objects.only("name").in_bulk(ids)
    owners = User.objects.in_bulk({row.after for row in rows})
    scores = AccountScore.objects.filter(account__in=ids)
    last = dict(scores.values_list("account", "last_order"))
    tiers = _tiers(ids, book.pair.current.first)
    reasons = reasons_of(book.state, ids)
    for row, running in zip(rows, accumulate(row.base for row in rows), strict=True):
        yield Loss(
            account=accounts[row.account],
            owner=owners.get(row.after),
            base=from_units(row.base),
            share=row.base / total,
            running=running / total,
            tier=tiers.get(row.account, "N"),
            reason=reasons.get(row.account, ""),
            last_order=last.get(row.account),
            hands=row.hands,
        )


def _reasons(losses: tuple[Loss, ...]) -> list[ReasonRow]:
    """The largest first, what nobody gave a reason for last."""
    counts = Counter(loss.reason for loss in losses)
    money: dict[str, Decimal] = defaultdict(Decimal)
    for loss in losses:
        money[loss.reason] += loss.base
    total = sum(money.values()) or Decimal(1)
    names = sorted(counts, key=lambda reason: (not reason, -money[reason], reason))
    return [
        ReasonRow(
            words=name or _("No reason recorded"),
            accounts=counts[name],
            base=money[name],
            share=float(money[name] / total),
        )
        for name in names
    ]


def _steps(figures: Retention) -> Iterator[StepRow]:
    """From the base to the total, each step beginning where the one before it ended."""
    moves = figures.waterfall()
    if not any(units for _name, units in moves):
        return
    levels = list(accumulate(units for _name, units in moves))
    low, reach = min(levels), (max(levels) - min(levels)) or 1
    places = [(level - low) / reach for level in levels]
    starts = [places[0], *places]
    for (name, units), begin, end in zip(moves, starts, places, strict=False):
        label, tone = STEPS[name]
        yield StepRow(str(label), from_units(units), begin, end, tone, name == "base")
    label, tone = STEPS["total"]
    yield StepRow(str(label), from_units(figures.total), places[-1], places[-1], tone, True)


def _tiers(ids: list[int], day: dt.date) -> dict[int, str]:
    spans = TierSpan.objects.on(day).filter(account__in=ids)
    return dict(spans.values_list("account", "tier"))


def _span(period: Period) -> str:
    return f"{formats.day(period.first)} – {formats.day(period.last)}"


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {
        "part": formats.number(part), "whole": formats.number(whole),
    }  # fmt: skip

"""Who stayed with us and who did not: the year against the year before, and the lost accounts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Account, AccountScore, TierSpan
from common import charts, formats
from common.money import from_units
from common.why import Why
from kpi.queries.loss_reasons import reasons_of
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
    "churned": (gettext_lazy("Lost customers"), "dan"),
    "contraction": (gettext_lazy("Customers who buy less"), "cau"),
    "expansion": (gettext_lazy("Customers who buy more"), "pos"),
    "new": (gettext_lazy("New customers"), "acc"),
    "reactivated": (gettext_lazy("Customers who came back"), "acc"),
    "other": (gettext_lazy("Credit notes of others"), "cau"),
    "total": (gettext_lazy("The last twelve months"), "grey"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """`begin` and `end` are shares of the longest reach, for the drawing."""

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
        return _("%(share)s; by chance alone anything from %(low)s to %(high)s") % {
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
    levels = [0, *accumulate(units for _name, units in moves)]
    low, high = min(levels), max(levels)
    reach = (high - low) or 1
    zero = -low / reach

    def place(level: int) -> float:
        return (level - low) / reach

    for (name, units), (begin, end) in zip(moves, pairwise(levels), strict=True):
        label, tone = STEPS[name]
        yield StepRow(str(label), from_units(units), place(begin), place(end), tone, name == "base")
    label, tone = STEPS["total"]
    yield StepRow(str(label), from_units(figures.total), zero, place(figures.total), tone, True)


def chart(page: LossPage, currency: str) -> dict:
    """Lost customers as a Pareto chart: the largest first, and the running share."""
    data = charts.pareto(
        [
            {
                "name": loss.account.name, "value": loss.base, "share": loss.share,
                "running": loss.running, "tier": loss.tier,
                "url": f"/accounts/{loss.account.pk}/",
            }
            for loss in page.losses
        ],
        cuts=[],
        currency=currency,
    )  # fmt: skip
    data["words"] |= {
        "axis": _("lost customers by revenue of the base year"),
        "value": _("Revenue of the base year"),
        "columns": _("Lost customers in order; arrow keys move"),
        "empty": _("Nobody was lost"),
    }
    return data


def finding(page: LossPage, currency: str) -> str:
    figures = page.figures
    if figures.churn is None:
        return _("There is no base year to compare with")
    if not figures.lost:
        return _("Nobody who bought in the year before was lost")
    return ngettext(
        "%(lost)s of %(base)s customers was lost, with %(amount)s a year",
        "%(lost)s of %(base)s customers were lost, with %(amount)s a year",
        figures.lost,
    ) % {
        "lost": formats.number(figures.lost),
        "base": formats.number(figures.judged),
        "amount": formats.money_short(page.churned, currency),
    }


def sentence(page: LossPage) -> str:
    """Who makes half of the lost revenue: where a second look pays."""
    if not page.losses:
        return ""
    half = 1 + sum(loss.running < 0.5 for loss in page.losses)
    return ngettext(
        "One customer is half of the lost revenue.",
        "%(count)s customers are half of the lost revenue.",
        half,
    ) % {"count": formats.number(half)}


def header(currency: str) -> list[str]:
    return [
        _("Customer"),
        _("Manager"),
        _("Tier a year ago"),
        _("Revenue of the base year, %(currency)s") % {"currency": currency},
        _("Share of the loss"),
        _("Last order"),
        _("Reason"),
        _("Changed hands within 90 days"),
    ]


def file_rows(page: LossPage) -> Iterator[list]:
    for loss in page.losses:
        yield [
            loss.account.name,
            loss.owner.name if loss.owner else "",
            "" if loss.tier == "N" else loss.tier,
            loss.base,
            round(loss.share, 6),
            loss.last_order,
            loss.reason,
            loss.hands,
        ]


def _tiers(ids: list[int], day: dt.date) -> dict[int, str]:
    spans = TierSpan.objects.on(day).filter(account__in=ids)
    return dict(spans.values_list("account", "tier"))


def _span(period: Period) -> str:
    return f"{formats.day(period.first)} – {formats.day(period.last)}"


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {
        "part": formats.number(part), "whole": formats.number(whole),
    }  # fmt: skip

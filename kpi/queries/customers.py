"""The portfolio's table: customers by revenue, a page at a time, with rank and running share."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.choices import Basis
from accounts.models import Account, AccountScore, Policy
from accounts.queries.tier import key_sentence
from common.money import from_units, to_units
from kpi.queries.ranked import Ranked
from kpi.rules import pareto

PER_PAGE = 25
INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Customer:
    """One row. Shares are fractions of positive revenue; None where there is nothing to say.

    `cut` is "A" or "B" on the last row above that cut. `change` compares with the twelve months
    before; it is None for a customer without revenue then, and `is_new` says whether it is one.
    """

    account: Account
    rank: int | None
    tier: str
    is_key: bool
    why_key: str
    revenue: Decimal
    share: float | None
    running: float | None
    change: float | None
    is_new: bool
    margin: float | None
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this account, whose basis was `units`; what was counted so far."""

    units: int
    account: int
    count: int
    rank: int
    running: int

    def __str__(self) -> str:
        return f"{self.units}.{self.account}.{self.count}.{self.rank}.{self.running}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None for an empty text; ValueError for one we did not write."""
        if not text:
            return None
        parts = [int(part) for part in text[:200].split(".")]
        cursor = cls(*parts)
        if cursor.count < 0 or max(parts, key=abs) not in INT64:
            raise ValueError(text[:200])
        return cursor


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`first` and `last` count rows from 1; `following` is where the next page begins."""

    rows: list[Customer]
    first: int
    last: int
    following: Cursor | None


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one row, in units, wherever they were read."""

    account: int
    basis: int
    revenue: int
    before: int
    margin: int
    uncosted: int
    tier: str
    level: str
    is_key: bool
    reason: str


def stored_lines(*, policy: Policy, after: Cursor | None) -> list[Line]:
    """A page and the row below it, of the company's book as the last night left it.

    One index range, whatever the size of the book.
    """
    field = "margin" if policy.basis == Basis.MARGIN else "revenue"
    rows = AccountScore.objects.filter(counts_with=None).order_by(f"-{field}", "account_id")
    if after:
        basis = from_units(after.units)
        further = Q(**{f"{field}__lt": basis}) | Q(**{field: basis}, account__gt=after.account)
        # The second condition says nothing new, but lets the index begin there.
        rows = rows.filter(further, **{f"{field}__lte": basis})
    return [
        Line(
            account=score.account_id,
            basis=to_units(getattr(score, field)),
            revenue=to_units(score.revenue),
            before=to_units(score.revenue_before),
            margin=to_units(score.margin),
            uncosted=to_units(score.uncosted),
            tier=score.tier,
            level=score.tier_of_day,
            is_key=score.is_key,
            reason=score.key_reason,
        )
        for score in rows[: PER_PAGE + 1]
    ]


def page_lines(book: Ranked, after: Cursor | None) -> list[Line]:
    """The same from arrays: own books and past days."""
    start = after.count if after else 0
    return ranked_lines(book, start, start + PER_PAGE + 1)


def ranked_lines(book: Ranked, start: int, stop: int) -> list[Line]:
    """Rows of a ranked book from `start` up to, not including, `stop`."""
    return [
        Line(
            account=int(book.ids[i]),
            basis=int(book.basis[i]),
            revenue=int(book.revenue[i]),
            before=int(book.before[i]),
            margin=int(book.margin[i]),
            uncosted=int(book.uncosted[i]),
            tier=str(book.tier[i]),
            level=str(pareto.LETTERS[book.cut[i]]),
            is_key=bool(book.is_key[i]),
            reason=str(book.reason[i]),
        )
        for i in range(start, min(stop, len(book)))
    ]


def customer_page(
    lines: list[Line],
    accounts: dict[int, Account],
    *,
    positive: int,
    policy: Policy,
    after: Cursor | None,
    is_whole: bool,
) -> CustomerPage:
    """`lines` with rank and running share; a line below the last row tells that more follow."""
    why = whole_why if is_whole else own_why
    shown = lines[:PER_PAGE]
    count = after.count if after else 0
    first = count + 1 if shown else 0
    rank, running = (after.rank, after.running) if after else (0, 0)
    units = after.units if after else None
    rows = []
    for line, below in zip(shown, [*lines[1:], None][: len(shown)], strict=True):
        count += 1
        rank = rank if line.basis == units else count
        units, running = line.basis, running + max(line.basis, 0)
        share = line.basis / positive if positive else 0
        rows.append(
            customer(
                line,
                accounts[line.account],
                rank=rank,
                running=running,
                positive=positive,
                why=why(line.reason, share, policy) if line.is_key else "",
                cut=_cut(line, below),
            )
        )
    more = len(lines) > PER_PAGE
    following = Cursor(units, shown[-1].account, count, rank, running) if more else None
    return CustomerPage(rows, first, count, following)


def whole_why(reason: str, share: float, policy: Policy) -> str:
    """Why it is key, with its share of the company's revenue."""
    return key_sentence(reason, share, policy)


def own_why(reason: str, share: float, policy: Policy) -> str:
    """Why it is key for readers who see their own book only: without the company's figures."""
    sentences = {
        "pin": _("Pinned as a key account."),
        "share": _("Key by itself, for its share of the company’s revenue."),
        "tier": _("Key because it is in tier A."),
        "criteria": _("Key by strategic criteria."),
    }
    return sentences.get(reason, "")


def _cut(line: Line, below: Line | None) -> str:
    """The cut that falls beneath this row, seen from the tiers of the day."""
    if below is None or line.level == below.level or line.level not in "AB":
        return ""
    return line.level


def customer(
    line: Line, account: Account, *, rank: int, running: int, positive: int, why: str,
    cut: str = "",
) -> Customer:  # fmt: skip
    """A row's figures as shares and changes."""
    counted = line.basis > 0 and positive
    share = line.basis / positive if counted else None
    costed = line.revenue - line.uncosted
    return Customer(
        account=account,
        rank=rank if counted else None,
        tier=line.tier,
        is_key=line.is_key,
        why_key=why,
        revenue=from_units(line.revenue),
        share=share,
        running=running / positive if counted else None,
        change=(line.revenue - line.before) / line.before if line.before > 0 else None,
        is_new=line.before <= 0 < line.revenue,
        margin=line.margin / costed if costed > 0 else None,
        cut=cut,
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """The foot of the table; `change` and `margin` as in Customer."""

    accounts: int
    net: Decimal
    change: float | None
    margin: float | None


def ranked_totals(book: Ranked) -> Totals:
    net, before = int(book.revenue.sum()), int(book.before.sum())
    costed = net - int(book.uncosted.sum())
    return Totals(
        accounts=int(np.count_nonzero(book.revenue)),
        net=from_units(net),
        change=(net - before) / before if before > 0 else None,
        margin=int(book.margin.sum()) / costed if costed > 0 else None,
    )

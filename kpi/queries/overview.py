"""The head of the portfolio page: how concentrated the book is, where the cuts fall, since when."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, Subquery

from accounts.models import Account, AccountDay, LedgerLine, Policy, Scoring
from common.dates import year_before
from common.money import from_units, to_units
from kpi.models import PortfolioDay
from kpi.queries.book import policy_on
from kpi.queries.customers import Totals, ranked_totals
from kpi.queries.ranked import Ranked, ranked
from kpi.queries.reporting import FRESH
from kpi.rules import pareto
from kpi.rules.windows import previous_year
from people.models import User

SHARES = ("top1_share", "top5_share", "top10_share", "top20pct_share")
LARGEST = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What the portfolio can be shown as of, and what is wrong with its sources."""

    as_of: date | None
    newest_line: date | None
    has_unconverted: bool
    is_old: bool
    first_line: date | None = None

    def compares(self, day: date) -> bool:
        """The ledger holds the whole twelve months before those that end on `day`."""
        return self.first_line is not None and self.first_line <= previous_year(day).first


@dataclass(frozen=True, slots=True)
class Part:
    """A tier of the day: how many customers, which fraction of positive revenue."""

    letter: str
    accounts: int
    share: float


@dataclass(frozen=True, slots=True)
class Concentrated:
    """kpi.rules.concentration of one day; None where a book without revenue has no answer."""

    day: date
    accounts: int
    equal_customers: int | None
    figures: dict


@dataclass(frozen=True)
class Overview:
    """`is_whole`: the company's book, else the reader's own accounts, without cuts.

    `points` are (customers, cumulative units); `largest` (account, units) of at most 100.
    """

    day: date
    is_whole: bool
    is_newest: bool
    policy: Policy
    accounts: int
    net: Decimal
    positive: Decimal
    parts: list[Part]
    key_accounts: int
    key_share: float
    degenerate: str
    now: Concentrated
    before: Concentrated | None
    trend: list[Concentrated]
    points: list[tuple[int, int]]
    largest: list[tuple[int, int]]
    book: Ranked | None
    moves: dict = field(default_factory=dict)

    @property
    def first(self) -> date:
        """The first day of the trailing twelve months."""
        return year_before(self.day) + timedelta(days=1)

    @property
    def totals(self) -> Totals | None:
        return ranked_totals(self.book) if self.book is not None else None


def standing(today: date) -> Standing:
    """One query; everything None before the first import and the first night."""
    newest = AccountDay.objects.order_by("-day").values("day")[:1]
    row = (
        Scoring.objects.filter(pk=1)
        .annotate(
            newest=Subquery(newest), unconverted=Exists(LedgerLine.objects.live().unconverted())
        )
        .first()
    )
    if row is None:
        line = AccountDay.objects.order_by("-day").values_list("day", flat=True).first()
        return Standing(None, line, False, False)
    old = bool(row.newest and today - row.newest > FRESH)
    return Standing(row.as_of, row.newest, row.unconverted, old, row.first_day)


def stored_day(day: date) -> date | None:
    """The newest computed day on or before `day`."""
    return (
        PortfolioDay.objects.filter(day__lte=day)
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )


def overview(user: User, *, day: date, as_of: date, compares: bool = True) -> Overview | None:
    """The reader's portfolio on a computed day; None when that day was never computed.

    `compares`: the ledger holds the twelve months before; otherwise own books have no year ago.
    """
    row = PortfolioDay.objects.select_related("policy").defer("levels").filter(day=day).first()
    if row is None:
        return None
    policy = row.policy or policy_on(day)
    if not user.is_director:
        return _own(user, row, policy, as_of, compares)
    past = _past(day)
    book = None
    if day != as_of:
        cuts = (policy.cut_a, policy.cut_b)
        book = ranked(user, day, is_newest=False, basis=row.basis, cuts=cuts)
    return Overview(
        day=day,
        is_whole=True,
        is_newest=day == as_of,
        policy=policy,
        accounts=row.accounts,
        net=row.net,
        positive=row.positive,
        parts=_stored_parts(row),
        key_accounts=row.key_accounts,
        key_share=float(row.key_revenue / row.positive) if row.positive else 0.0,
        degenerate=row.degenerate,
        now=_concentrated(day, row.concentration),
        before=_year_ago(past, day),
        trend=[*_month_ends(past), _concentrated(day, row.concentration)],
        points=[tuple(point) for point in row.curve.get("points", [])],
        largest=[tuple(pair) for pair in row.curve.get("largest", [])],
        book=book,
        moves=row.moves,
    )


def _own(user: User, row: PortfolioDay, policy: Policy, as_of: date, compares: bool) -> Overview:
    """Figures of rows the reader may see and of no other, so that nothing can be subtracted."""
    cuts = (policy.cut_a, policy.cut_b)
    book = ranked(user, row.day, is_newest=row.day == as_of, basis=row.basis, cuts=cuts)
    ranking = book.ranking
    now = _from_rule(row.day, book.concentration)
    before = _from_rule(year_before(row.day), book.concentration_before)
    keys = int(book.revenue[book.is_key & (book.revenue > 0)].sum())
    positive = int(book.revenue[book.revenue > 0].sum())
    return Overview(
        day=row.day,
        is_whole=False,
        is_newest=row.day == as_of,
        policy=policy,
        accounts=ranking.count,
        net=from_units(book.revenue.sum()),
        positive=from_units(ranking.total),
        parts=[
            Part(letter, int((book.tier == letter).sum()), _part_share(book, letter))
            for letter in ("A", "B", "C")
        ],
        key_accounts=int(book.is_key.sum()),
        key_share=keys / positive if positive else 0.0,
        degenerate="",
        now=now,
        before=before if compares and before.equal_customers else None,
        trend=[],
        points=pareto.curve(ranking),
        largest=[(int(book.ids[i]), int(book.basis[i])) for i in ranking.order[:LARGEST]],
        book=book,
    )


def _part_share(book: Ranked, letter: str) -> float:
    chosen = (book.tier == letter) & (book.basis > 0)
    return int(book.basis[chosen].sum()) / book.ranking.total if book.ranking.total else 0.0


def _stored_parts(row: PortfolioDay) -> list[Part]:
    total = to_units(row.positive)
    return [
        Part(
            letter,
            row.tiers.get(letter, {}).get("accounts", 0),
            row.tiers.get(letter, {}).get("units", 0) / total if total else 0.0,
        )
        for letter in ("A", "B", "C")
    ]


def _past(day: date) -> list[PortfolioDay]:
    """Computed days of the thirteen months before `day`, oldest first."""
    since = year_before(day) - timedelta(days=31)
    rows = PortfolioDay.objects.filter(day__gte=since, day__lt=day)
    return list(rows.only("day", "concentration").order_by("day"))


def _year_ago(past: list[PortfolioDay], day: date) -> Concentrated | None:
    """The newest computed day at least a year before `day`, at most a month earlier than that."""
    found = [row for row in past if row.day <= year_before(day)]
    return _concentrated(found[-1].day, found[-1].concentration) if found else None


def _month_ends(past: list[PortfolioDay]) -> list[Concentrated]:
    """One day a month is enough for a trend; the last computed one of each month."""
    last = {(row.day.year, row.day.month): row for row in past}
    return [_concentrated(row.day, row.concentration) for row in last.values()]


def _concentrated(day: date, figures: dict) -> Concentrated:
    effective = figures.get("effective_accounts")
    return Concentrated(
        day, figures.get("accounts", 0), max(1, round(effective)) if effective else None, figures
    )


def _from_rule(day: date, found) -> Concentrated:
    return _concentrated(day, {name: getattr(found, name) for name in found.__slots__})


def accounts_by_id(ids: set[int]) -> dict[int, Account]:
    """All accounts a page names, in one query; only their names are read."""
    return {row.pk: row for row in Account.objects.filter(pk__in=ids).only("name")}

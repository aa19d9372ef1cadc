"""The account list: a page of rows by keyset, capped counts, twelve months for each row.

Figures are sorted on AccountScore, whose indexes give the first rows of any size of book at once;
accounts without that figure follow by name. Every row comes from visible_to(reader).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from django.db.models import F, Q, QuerySet, Sum

from accounts.models import Account, AccountScore, Scoring, ServiceMonth
from accounts.queries.filters import OPEN, accounts_of, conditions, words_in
from accounts.queries.kin import heads
from accounts.queries.list_state import HEALTH, MONEY_COLUMNS, ListState
from accounts.queries.silence import Silence, silence_of
from common import folding
from common.lists import CAP, capped_counts, place, token
from common.money import from_units, to_units
from people.models import User

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One line of the list; `score` is None while nothing is known of its orders."""

    account: Account
    score: AccountScore | None
    months: tuple[Decimal, ...] = ()
    silence: Silence | None = None
    health: int | None = None
    health_confidence: int = 0
    health_tone: str = ""
    share: float | None = None
    change: float | None = None
    margin: Decimal | None = None


@dataclass(frozen=True)
class AccountList:
    state: ListState
    rows: list[Row]
    scoring: Scoring
    counts: dict[str, int] = field(default_factory=dict)
    next: str = ""
    previous: str = ""

    @property
    def as_of(self) -> dt.date | None:
        return self.scoring.as_of


SCORE_ORDERS = {
    "revenue": F("revenue"),
    "revenue_before": F("revenue_before"),
    "change": F("revenue") - F("revenue_before"),
    "margin": F("margin"),
    "order_days": F("order_days"),
    "last_order": F("last_order"),
    "tier": F("tier"),
    "health": F(f"account__{HEALTH}"),
}
# Figures that an account may lack though it has others: those without follow by name.
MAY_LACK = ("last_order", "health")
BESIDE = ("owner", "segment", "territory", "shown_health")  # read with each account
AMOUNTS = {"revenue", "revenue_before", "change", "margin"}


def allowed_order(user: User, state: ListState) -> tuple[str, bool]:
    """The key to sort by and whether downwards; closed figures do not even give an order."""
    name = state.order.removeprefix("-")
    if name in MONEY_COLUMNS and not user.sees_money:
        return "revenue", True
    return name, state.order.startswith("-")


def figure_of(order: str) -> str:
    """Where an account's figure to sort by is found; not that of "change"."""
    return HEALTH if order == "health" else f"score__{order}"


def page_of(user: User, state: ListState, scoring: Scoring) -> tuple[list, str, str]:
    """(account, score or None) pairs of one page, and the tokens of the next and the previous."""
    order, down = allowed_order(user, state)
    back = place(state.before)
    at = back or place(state.after)
    phases = ["name"] if order == "name" else ["figure", "name"]
    found: list = []
    forward = back is None
    for phase in phases if forward else reversed(phases):
        if at is not None and at[0] not in phases:
            at = None
        if at is not None and at[0] != phase:
            continue
        reader = _figures if phase == "figure" else _names
        found += reader(user, state, scoring, order, down, at, forward, PAGE + 1 - len(found))
        at = None
        if len(found) > PAGE:
            break
    more = len(found) > PAGE
    found = found[:PAGE]
    if not forward:
        found.reverse()
    if not found:
        return [], "", ""
    is_first = forward and place(state.after) is None
    next_token = found[-1][0] if (more if forward else True) else ""
    previous = found[0][0] if (not is_first if forward else more) else ""
    return [row for _token, row in found], next_token, previous


def _figures(user, state, scoring, order, down, at, forward, size) -> list:
    rows = AccountScore.objects.filter(account__in=Account.objects.visible_to(user))
    for condition in conditions(state, user, scoring, on_score=True):
        rows = rows.filter(condition)
    rows = rows.annotate(at=SCORE_ORDERS[order]) if order == "change" else rows
    path = {"change": "at", "health": f"account__{HEALTH}"}.get(order, order)
    if order in MAY_LACK:
        rows = rows.filter(**{f"{path}__isnull": False})
    # (-revenue, account) and (last_order, account) are indexes: ties go up with one, with the
    # direction of the other.
    falls = down == forward
    ties_fall = (down if order == "last_order" else False) == forward
    if at is not None:
        rows = _beyond(rows, path, _from_token(order, at[1]), at[2], falls, ties_fall)
    rows = rows.order_by(
        f"-{path}" if falls else path, "-account_id" if ties_fall else "account_id"
    )
    rows = rows.select_related(*(f"account__{name}" for name in BESIDE))
    figure = attrgetter(path.replace("__", "."))
    return [
        (token("figure", _to_token(order, figure(score)), score.pk), (score.account, score))
        for score in rows[:size]
    ]


def _beyond(rows: QuerySet, path: str, value, pk, falls: bool, ties_fall: bool) -> QuerySet:
    """Rows after (value, pk). The first condition lets an index find where to begin."""
    if value is None or not isinstance(pk, int):
        return rows
    side, strict = ("lte", "lt") if falls else ("gte", "gt")
    ties = "lt" if ties_fall else "gt"
    rows = rows.filter(**{f"{path}__{side}": value})
    return rows.filter(Q(**{f"{path}__{strict}": value}) | Q(**{f"account_id__{ties}": pk}))


def _names(user, state, scoring, order, down, at, forward, size) -> list:
    """By name: all accounts, or in a list by figures those that have none."""
    rows = accounts_of(user, state, scoring)
    falls = not forward
    if order == "name":
        falls = down == forward
    elif order in MAY_LACK:
        rows = rows.filter(Q(score=None) | Q(**{figure_of(order): None}))
    else:
        rows = rows.filter(score=None)
    if at is not None and isinstance(at[1], str) and isinstance(at[2], int):
        side, strict = ("lte", "lt") if falls else ("gte", "gt")
        rows = rows.filter(**{f"name__{side}": at[1]})
        rows = rows.filter(Q(**{f"name__{strict}": at[1]}) | Q(**{f"pk__{strict}": at[2]}))
    rows = rows.order_by(*(("-name", "-pk") if falls else ("name", "pk")))
    rows = rows.select_related(*BESIDE, "score")
    return [
        (token("name", account.name, account.pk), (account, getattr(account, "score", None)))
        for account in rows[:size]
    ]


def _to_token(order: str, value):
    if order in AMOUNTS:
        return to_units(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_token(order: str, value):
    try:
        if order in AMOUNTS:
            return from_units(value)
        if order == "last_order":
            return dt.date.fromisoformat(value)
        return int(value) if order in ("order_days", "health") else str(value)[:1]
    except (TypeError, ValueError, ArithmeticError):
        return None


def twelve_months(as_of: dt.date) -> list[dt.date]:
    """First days of the month of `as_of` and the eleven before it, oldest first."""
    ordinal = as_of.year * 12 + as_of.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(ordinal - 11, ordinal + 1)]


def monthly(account_ids: Iterable[int], months: list[dt.date]) -> dict[int, list[Decimal]]:
    """Net per month of each account with all that counts with it, in two queries for any number."""
    members = heads(list(account_ids))
    place_of = {month: index for index, month in enumerate(months)}
    sums: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(months))
    rows = ServiceMonth.objects.filter(account__in=list(members), month__in=months)
    for account, month, net in rows.values_list("account", "month").annotate(Sum("net")):
        for head in members[account]:
            sums[head][place_of[month]] += net
    return sums


def account_list(user: User, state: ListState, counted: dict[str, ListState]) -> AccountList:
    """One page of the list; `counted` are further states whose sizes are wanted (tabs)."""
    scoring = Scoring.current()
    pairs, following, preceding = page_of(user, state, scoring)
    counts = list_counts(user, {"": state, **counted}, scoring)
    return AccountList(
        state=state,
        rows=rows_of(user, pairs, scoring),
        scoring=scoring,
        counts=counts,
        next=following,
        previous=preceding,
    )


def list_counts(
    user: User, states: dict[str, ListState], scoring: Scoring | None = None
) -> dict[str, int]:
    """How many accounts each of these states of the list has, capped."""
    scoring = scoring or Scoring.current()
    return capped_counts(
        {name: accounts_of(user, state, scoring) for name, state in states.items()}
    )


def rows_of(user: User, pairs: list, scoring: Scoring, *, months: bool = True) -> list[Row]:
    """Rows with what the reader may see of their figures."""
    sums: dict = {}
    if months and scoring.as_of:
        sums = monthly([account.pk for account, _score in pairs], twelve_months(scoring.as_of))
    return [
        _row(account, score, scoring, sums.get(account.pk, ()), sees_money=user.sees_money)
        for account, score in pairs
    ]


def _row(account, score, scoring, months, *, sees_money: bool) -> Row:
    if score is None or scoring.as_of is None:
        return Row(account=account, score=None)
    before = score.revenue_before
    basis = score.revenue if scoring.basis == "revenue" else None
    health = getattr(account, "shown_health", None)
    return Row(
        account=account,
        score=score,
        months=tuple(months),
        silence=silence_of(score, scoring.as_of),
        health=health and health.points,
        health_confidence=health.confidence if health else 0,
        health_tone=scoring.health_tone(health and health.points),
        share=float(basis / scoring.total) if basis and basis > 0 and scoring.total else None,
        change=float((score.revenue - before) / before)
        if before > 0 and scoring.compares
        else None,
        margin=score.margin if sees_money else None,
    )


@dataclass(frozen=True)
class NamedRow:
    """A colleague's account: its name and who answers for it, nothing else."""

    account: Account
    may_open: bool


def team_list(user: User, text: str = "", most: int = CAP) -> list[NamedRow]:
    """The team's accounts by name. The search looks at names only: the rest is not the reader's."""
    rows = Account.objects.named_to(user).filter(status__in=OPEN).select_related("owner")
    own = set(Account.objects.visible_to(user).values_list("pk", flat=True)[: CAP * 10])
    wanted = folding.words(text)
    found = []
    for account in rows.order_by("name", "pk").only("name", "owner__name", "owner__email"):
        folded = f"{folding.fold(account.name)} {folding.latin(account.name)}"
        if all(word in folded for word in wanted):
            found.append(NamedRow(account=account, may_open=account.pk in own))
        if len(found) == most:
            break
    return found


def pick(user: User, text: str, most: int = 10) -> list[Account]:
    """A few accounts by name, for choosing one."""
    rows = Account.objects.visible_to(user).present()
    for condition in words_in(text):
        rows = rows.filter(condition)
    return list(rows.select_related("segment").order_by("name", "pk")[:most])

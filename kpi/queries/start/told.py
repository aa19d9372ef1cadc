"""What a director is told of single accounts, of lines without a rate and of the week: one query.

Every part gives rows of one shape, and the database joins them. The part of new key accounts
comes first: it has every column, and so gives all others their types.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    DateField,
    DecimalField,
    Exists,
    F,
    IntegerField,
    Max,
    QuerySet,
    Subquery,
    Value,
)  # fmt: skip
from django.db.models.functions import Cast

from accounts.choices import AccountStatus
from accounts.models import Account, KeySpan, LedgerLine, Pin
from common.money import AmountField
from kpi.choices import AlertEnd, AnswerVerb
from kpi.models import Alert, AlertAnswer, PortfolioDay
from people.models import User, company_midnight

MOST_OF_A_KIND = 3
SOON = dt.timedelta(days=30)
LATELY = dt.timedelta(days=31)
COLUMNS = {
    "kind": CharField(), "number": IntegerField(), "name": CharField(), "owner": CharField(),
    "code": CharField(), "words": CharField(), "tier": CharField(), "day": DateField(),
    "revenue": AmountField(), "whole": AmountField(),
    "single_share": DecimalField(max_digits=5, decimal_places=2),
    "threshold": IntegerField(), "cap": IntegerField(), "policy": IntegerField(),
}  # fmt: skip


class Row(NamedTuple):
    """`number`: an account's key, or how many. `whole` and what follows: of the night's policy."""

    kind: str
    number: int
    name: str | None
    owner: str | None
    code: str | None
    words: str | None
    tier: str | None
    day: dt.date | None
    revenue: Decimal | None
    whole: Decimal | None
    single_share: Decimal | None
    threshold: int | None
    cap: int | None
    policy: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """`unowned`: the largest account without an owner, of `free` in all. `rates`: lines without a
    rate, or None. `lost`, `back` and `answered` since Monday: accounts
    said to be lost, alarms that an order ended, warnings that were answered.
    """

    keys: list[Row]
    pins: list[Row]
    unowned: Row | None
    free: int
    rates: Row | None
    lost: int
    back: int
    answered: int


def told_of(user: User, day: dt.date, monday: dt.date, keys: Sequence[int]) -> Told:
    """`keys`: the newest_keys."""
    first, *others = _parts(user, day, monday, keys)
    found: dict[str, list[Row]] = {}
    for row in map(Row._make, first.union(*others, all=True)):
        found.setdefault(row.kind, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (-(row.revenue or 0), row.number))
    number = {kind: rows[0].number for kind, rows in found.items()}
    return Told(
        keys=found.get("key", []),
        pins=found.get("pin", []),
        unowned=next(iter(found.get("unowned", [])), None),
        free=number.get("free", 0),
        rates=next(iter(found.get("rates", [])), None),
        lost=number.get("lost", 0), back=number.get("back", 0),
        answered=number.get("answered", 0),
    )  # fmt: skip


def _parts(user: User, day: dt.date, monday: dt.date, keys: Sequence[int]) -> Iterator[QuerySet]:
    yield _keys(day, keys)
    yield _pins(day)
    yield from _unowned(user)
    waiting = LedgerLine.objects.live().unconverted()
    yield _rows(waiting.values("net"), "rates", number=Count("pk"),
                name=Max("currency"), day=Max("day"))  # fmt: skip
    said = AlertAnswer.objects.visible_to(user).valid().filter(at__gte=company_midnight(monday))
    lost = said.filter(verb=AnswerVerb.LOST).values("verb")
    accounts = Count("alert__account", distinct=True)
    yield _rows(lost, "lost", number=accounts)
    yield _rows(said.values("undone_at"), "answered", number=Count("alert", distinct=True))
    ended = Alert.objects.visible_to(user).filter(cleared_on__gte=monday, why=AlertEnd.ORDERED)
    ended = ended.exclude(red_on=None).values("why")
    yield _rows(ended, "back", number=Count("account", distinct=True))


def newest_keys(day: dt.date) -> list[int]:
    """Ids of the largest accounts' spans that the policy made key lately; the first ever computed
    do not count. To keep: all that are key have to be weighed for it."""
    rows = KeySpan.objects.on(day).filter(valid_from__gt=day - LATELY)
    rows = rows.filter(account__score__counts_with=None)
    first = KeySpan.objects.order_by("valid_from").values_list("valid_from", flat=True).first()
    rows = rows.filter(valid_from__gt=first) if first else rows.none()
    rows = rows.order_by("-account__score__revenue", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST_OF_A_KIND])


def _keys(day: dt.date, ids: Sequence[int]) -> QuerySet:
    night = PortfolioDay.objects.filter(day=day).order_by()
    return _rows(
        KeySpan.objects.filter(Exists(night), pk__in=ids),
        "key", number=F("account_id"), name=F("account__name"), owner=F("account__owner__name"),
        code=F("reason"), words=Value(""), tier=F("account__score__tier_of_day"),
        day=F("valid_from"), revenue=F("account__score__revenue"),
        whole=Subquery(night.values("positive")),
        single_share=Subquery(night.values("policy__single_share")),
        threshold=Subquery(night.values("policy__criteria_threshold")),
        cap=Subquery(night.values("policy__cap")), policy=Subquery(night.values("policy")),
    )  # fmt: skip


def _pins(day: dt.date) -> QuerySet:
    """Pins whose last day is near, with what would hold without them."""
    rows = Pin.objects.on(day).filter(valid_to__lte=day + SOON)
    rows = rows.order_by(F("account__score__revenue").desc(nulls_last=True))
    return _rows(
        Pin.objects.filter(pk__in=rows.values("pk")[:MOST_OF_A_KIND]),
        "pin", number=F("account_id"), name=F("account__name"), code=F("kind"), words=F("reason"),
        tier=F("account__score__tier_of_day"), day=F("valid_to"),
        revenue=F("account__score__revenue"),
    )  # fmt: skip


def _unowned(user: User) -> Iterator[QuerySet]:
    """The largest account that buys and that nobody owns today, and how many there are."""
    rows = (
        Account.objects.visible_to(user)
        .filter(owner=None, status=AccountStatus.ACTIVE)
        .filter(score__counts_with=None, score__revenue__gt=0)
        .order_by("-score__revenue")
    )
    yield _rows(
        Account.objects.filter(pk__in=rows.values("pk")[:1]), "unowned", number=F("pk"),
        name=F("name"), revenue=F("score__revenue"),
    )  # fmt: skip
    yield _rows(rows.order_by().values("status"), "free", number=Count("pk"))


def _rows(rows: QuerySet, kind: str, **told: Any) -> QuerySet:
    """In the one shape; what a part does not tell is empty."""
    columns = {"kind": Value(kind), **told}
    shaped = {
        f"told_{name}": Cast(columns.get(name, Value(None)), field)
        for name, field in COLUMNS.items()
    }
    return rows.order_by().annotate(**shaped).values_list(*shaped)

"""Which accounts changed tier lately, with the figures that made it so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from accounts.choices import Tier
from accounts.models import Account, Pin, TierSpan
from kpi.queries.moves import pins_of, why

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Move:
    """`old` "" is a new customer; N (no revenue left) reads as having left."""

    account: Account
    old: str
    new: str
    day: dt.date
    reason: str

    @property
    def letter_old(self) -> str:
        return "" if self.old == Tier.N else self.old

    @property
    def letter_new(self) -> str:
        return "" if self.new == Tier.N else self.new

    @property
    def has_left_a(self) -> bool:
        return self.old == Tier.A


def moves(
    accounts: QuerySet[Account],
    *,
    since: dt.date,
    day: dt.date,
    is_whole: bool,
    among: Sequence[int] | None = None,
) -> list[Move]:
    """Changes of tier after `since` up to `day`, the largest accounts first; one query or two.

    `is_whole`: the reader knows the whole book, so that reasons may tell ranks and shares.
    `among`: ids of spans that are known to be the largest changes.
    """  # fmt: skip
    found = _changes(accounts, since, day) if among is None else _told(accounts, among)
    spans = [span for span in found.select_related("account__score") if _is_change(span)]
    pins = pins_of({span.account_id: span for span in spans})
    return [_move(span, pins.get(span.account_id), is_whole) for span in spans]


def largest(accounts: QuerySet[Account], *, since: dt.date, day: dt.date) -> list[int]:
    """Ids of the spans that `moves` tells: to keep, for all changes have to be weighed for it."""
    return list(_changes(accounts, since, day).values_list("pk", flat=True))


def _changes(accounts: QuerySet[Account], since: dt.date, day: dt.date) -> QuerySet[TierSpan]:
    spans = TierSpan.objects.filter(valid_from__gt=since, valid_from__lte=day)
    spans = spans.filter(account__in=accounts, account__score__counts_with=None)
    return _sized(spans).exclude(before=F("tier"))[:SHOWN]


def _told(accounts: QuerySet[Account], ids: Sequence[int]) -> QuerySet[TierSpan]:
    return _sized(TierSpan.objects.filter(pk__in=ids, account__in=accounts))


def _sized(spans: QuerySet[TierSpan]) -> QuerySet[TierSpan]:
    former = TierSpan.objects.filter(account=OuterRef("account"), valid_to=OuterRef("valid_from"))
    size = F("account__score__revenue") + F("account__score__revenue_before")
    before = Subquery(former.values("tier")[:1])
    return spans.annotate(before=before, size=size).order_by("-size", "-valid_from")


def _is_change(span: TierSpan) -> bool:
    return bool(span.before) or span.tier != Tier.N


def _move(span: TierSpan, pin: Pin | None, is_whole: bool) -> Move:
    old = span.before or Tier.N
    reason = why(old, span.tier, span, pin, is_whole)
    return Move(span.account, old, span.tier, span.valid_from, reason)

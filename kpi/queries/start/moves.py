"""Which accounts changed tier lately, with the figures that made it so."""

import datetime as dt
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
    accounts: QuerySet[Account], *, since: dt.date, day: dt.date, is_whole: bool
) -> list[Move]:
    """Changes of tier after `since` up to `day`, the largest accounts first; one query or two.

    `is_whole`: the reader knows the whole book, so that reasons may tell ranks and shares.
    """
    former = TierSpan.objects.filter(account=OuterRef("account"), valid_to=OuterRef("valid_from"))
    found = (
        TierSpan.objects.filter(account__in=accounts, valid_from__gt=since, valid_from__lte=day)
        .filter(account__score__counts_with=None)
        .annotate(
            before=Subquery(former.values("tier")[:1]),
            size=F("account__score__revenue") + F("account__score__revenue_before"),
        )
        .exclude(before=F("tier"))
        .select_related("account__score")
        .order_by("-size", "-valid_from")[:SHOWN]
    )
    spans = [span for span in found if span.before or span.tier != Tier.N]
    pins = pins_of({span.account_id: span for span in spans})
    return [_move(span, pins.get(span.account_id), is_whole) for span in spans]


def _move(span: TierSpan, pin: Pin | None, is_whole: bool) -> Move:
    old = span.before or Tier.N
    reason = why(old, span.tier, span, pin, is_whole)
    return Move(span.account, old, span.tier, span.valid_from, reason)

"""Which accounts changed tier lately, with the figures that made it so."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.choices import Tier
from accounts.models import Account, TierSpan
from common import formats

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


def moves(accounts: QuerySet[Account], *, since: dt.date, day: dt.date) -> list[Move]:
    """Changes of tier after `since` up to `day`, the largest accounts first; one query."""
    former = TierSpan.objects.filter(account=OuterRef("account"), valid_to=OuterRef("valid_from"))
    spans = (
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
    return [
        Move(span.account, span.before or "", span.tier, span.valid_from, why(span))
        for span in spans
        if span.before or span.tier != Tier.N
    ]


def why(span: TierSpan) -> str:
    """The reason kept with the span, in one sentence."""
    share, before = span.data.get("share"), span.data.get("before")
    if span.reason == "pin":
        return _("Pinned by the sales director.")
    if span.tier == Tier.N:
        return _("Nothing bought in twelve months, or more sent back than bought.")
    if span.reason == "held":
        return _("Below the cut, but not for two month-ends in a row yet.")
    if share is None or before is None:
        return _("By its place in the Pareto order.")
    return _("Place %(rank)s of %(of)s with %(share)s; the places before it hold %(before)s.") % {
        "rank": formats.number(int(span.data["rank"])),
        "of": formats.number(int(span.data["of"])),
        "share": formats.percent(share, 1),
        "before": formats.percent(before, 1),
    }

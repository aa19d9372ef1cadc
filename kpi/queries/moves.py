"""Who changed tier since last month or last year, and why, as sentences."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.choices import PinKind
from accounts.models import Account, Pin, TierSpan
from common import formats
from kpi.queries.overview import Overview
from kpi.rules import pareto, windows

SHOWN = 12
SINCE = ("month", "year")


@dataclass(frozen=True, slots=True)
class Move:
    """`old` is empty for a customer without a tier then, `new` for one without a tier now."""

    account: Account
    old: str
    new: str
    day: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """`listed`: (account, old, new), the largest first."""

    since: date
    up: int
    down: int
    listed: list[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class Moves:
    """`total` counts all moves; `listed` are the largest of them."""

    since: date
    up: int
    down: int
    listed: list[Move]

    @property
    def total(self) -> int:
        return self.up + self.down


def since_day(day: date, period: str) -> date:
    """The month-end that a period is counted from: the last one, or that of a year ago."""
    if period == "year":
        return windows.last_two_month_ends(windows.years_before(day))[0]
    return windows.month_end_before(day)


def found_moves(view: Overview, period: str) -> Found:
    """Who moved between the start of the period and the day shown."""
    since = since_day(view.day, period)
    return Found(since, *(_stored(view, period) if view.book is None else _counted(view, since)))


def tier_moves(view: Overview, moved: Found, accounts: dict[int, Account]) -> Moves:
    """The moves with their reasons; one query, and one more where somebody pinned."""
    spans = _last_spans([account for account, _old, _new in moved.listed], view.day)
    pins = pins_of(spans)
    found = [
        Move(
            accounts[pk],
            "" if old == "N" else old,
            "" if new == "N" else new,
            spans[pk].valid_from if pk in spans and new != "N" else None,
            why(old, new, spans.get(pk), pins.get(pk), view.is_whole),
        )
        for pk, old, new in moved.listed
        if pk in accounts
    ]
    return Moves(moved.since, moved.up, moved.down, found)


def _stored(view: Overview, period: str) -> tuple[int, int, list]:
    row = view.moves.get(period, {})
    return row.get("up", 0), row.get("down", 0), row.get("listed", [])[:SHOWN]


def _counted(view: Overview, since: date) -> tuple[int, int, list[tuple[int, str, str]]]:
    """Then and now, account by account: own books, and days whose moves were not kept."""
    ids = [int(pk) for pk in view.book.ids]
    spans = TierSpan.objects.on(since)
    if not view.is_whole:
        spans = spans.filter(account__in=ids)
    then = dict(spans.values_list("account_id", "tier"))
    rank = {letter: level for level, letter in enumerate(pareto.LETTERS)}
    moved = [
        (pk, then.get(pk, "N"), str(tier))
        for pk, tier in zip(ids, view.book.tier, strict=True)
        if then.get(pk, "N") != tier
    ]
    up = sum(rank[new] > rank[old] for _pk, old, new in moved)
    return up, len(moved) - up, moved[:SHOWN]


def _last_spans(ids: list[int], day: date) -> dict[int, TierSpan]:
    """What began last for each account, on or before `day`."""
    spans = TierSpan.objects.filter(account__in=ids, valid_from__lte=day).order_by("valid_from")
    return {span.account_id: span for span in spans}


def pins_of(spans: dict[int, TierSpan]) -> dict[int, Pin]:
    """The newest tier pin of each account whose span began with one."""
    pinned = [pk for pk, span in spans.items() if span.reason == "pin"]
    if not pinned:
        return {}
    kinds = [PinKind.TIER_A, PinKind.TIER_B, PinKind.TIER_C]
    rows = Pin.objects.filter(account__in=pinned, kind__in=kinds).select_related("by")
    return {pin.account_id: pin for pin in rows.order_by("valid_from")}


def why(old: str, new: str, span: TierSpan | None, pin: Pin | None, is_whole: bool) -> str:
    """One sentence; `is_whole` allows the company's figures in it."""
    if new == "N":
        return _("Net revenue of the last twelve months is zero or less.")
    if span is None:
        return ""
    if span.reason == "pin" and pin is not None:
        return _("Pinned by %(name)s until %(day)s: “%(reason)s”.") % {
            "name": pin.by or _("somebody who left"),
            "day": formats.day(pin.valid_to),
            "reason": pin.reason,
        }
    if span.reason == "parent":
        return _("It counts with its parent and has that one’s tier.")
    if not is_whole:
        return _plainly(old, new, _cut(span.data, old, new))
    return _with_figures(old, new, span.data)


def _plainly(old: str, new: str, cut: str) -> str:
    """Without the company's figures, which a reader of an own book must not be able to guess."""
    if old == "N":
        return _("New among the buyers.")
    if new < old:
        return _("Passed the %(cut)s cut.") % {"cut": cut}
    return _("Two month-ends below the %(cut)s cut.") % {"cut": cut}


def _with_figures(old: str, new: str, data: dict) -> str:
    figures = {
        "rank": formats.number(data.get("rank", 0)),
        "of": formats.number(data.get("of", 0)),
        "share": formats.percent(Decimal(data.get("share", "0")), 1),
        "cut": _cut(data, old, new),
    }
    if old == "N":
        return _("New among the buyers: %(share)s of revenue, number %(rank)s of %(of)s.") % figures
    if new < old:
        return (
            _("Passed the %(cut)s cut: %(share)s of revenue, number %(rank)s of %(of)s.") % figures
        )
    return (
        _("Two month-ends below the %(cut)s cut: %(share)s of revenue, number %(rank)s of %(of)s.")
        % figures
    )


def _cut(data: dict, old: str, new: str) -> str:
    """The cut that was crossed: between A and the rest, or between B and C."""
    cuts = data.get("cuts") or ["80", "95"]
    crossed = cuts[0] if "A" in (old, new) else cuts[1]
    return formats.percent(Decimal(crossed) / 100)

"""The company's money of the month."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import AccountDay
from common import formats
from common.dates import month_end, year_before
from kpi.queries.start import places
from kpi.queries.start.parts import CHANGE, Tile, Why, change_of, short_money

TELLING = Decimal("0.05")  # smaller changes are not coloured


def last_whole_day(as_of: dt.date, today: dt.date) -> dt.date:
    """Today's orders are not all in: the month so far ends yesterday, or with an older ledger."""
    return min(as_of, today - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Sums:
    """Net of the month so far, of its days a year earlier, since Monday; None without a line."""

    now: Decimal | None
    then: Decimal | None
    since: Decimal | None


def sums_of(last: dt.date, monday: dt.date) -> Sums:
    """One query over the days of the month and of the same a year earlier."""
    first = last.replace(day=1)
    now = Q(day__gte=first, day__lte=last)
    then = Q(day__gte=year_before(first), day__lte=same_day(last))
    week = Q(day__gte=monday, day__lte=last)
    return Sums(
        **AccountDay.objects.filter(now | then | week).aggregate(
            now=Sum("net", filter=now),
            then=Sum("net", filter=then),
            since=Sum("net", filter=week),
        )
    )


def same_day(last: dt.date) -> dt.date:
    """The same day a year earlier; the end of a month stays the end."""
    earlier = year_before(last)
    return month_end(earlier) if last == month_end(last) else earlier


def month_tile(sums: tuple, last: dt.date, currency: str) -> Tile:
    now, then = sums
    first = last.replace(day=1)
    value, unit = short_money(now, currency)
    change = change_of(now or Decimal(0), then or Decimal(0))
    period = _("%(first)s to %(last)s") % {
        "first": formats.day(first, "short"),
        "last": formats.day(last, "short"),
    }
    return Tile(
        label=capfirst(_("%(month)s so far") % {"month": formats.month_name(first)}),
        value=value,
        unit=unit,
        note=format_html(
            '<span id="landing">{}</span>',
            compared(change, _("{change} against the same days last year"))
            or _("Nothing to compare with a year ago"),
        ),
        meter=_against(now, then),
        why=Why(
            _("Invoices less credit notes by their own day, in the company's currency."),
            [
                (period, formats.money(now, currency)),
                (_("Same days last year"), formats.money(then, currency)),
            ],
            url=places.accounts(view="all", sort="-last_order"),
            link=_("Show the accounts"),
        ),
    )


def _against(now: Decimal | None, then: Decimal | None) -> tuple[float, float, float] | None:
    """The bar of this month's days with a tick where last year's ended."""
    if not now or not then or now < 0 or then < 0:
        return None
    full = float(max(now, then)) * 1.15
    return float(now), full, float(then)


def compared(change: Decimal | None, words: str) -> str:
    """`words` with {change} in the colour of its direction; "" when there is no change to tell."""
    if change is None:
        return ""
    tone = "" if abs(change) < TELLING else "k-pos" if change > 0 else "k-dan"
    figure = format_html(CHANGE, tone, formats.percent(change, 0, signed=True))
    return format_html(words, change=figure)

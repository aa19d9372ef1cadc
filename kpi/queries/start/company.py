"""The company's money of the month."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Subquery, Sum
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import AccountDay
from common import formats
from common.dates import month_end, year_before
from common.money import from_units, to_units
from kpi.choices import PlanMeasure
from kpi.models import PlanLine, PlanVersion
from kpi.queries.start import places
from kpi.queries.start.parts import CHANGE, Tile, Why, change_of, short_money
from kpi.rules.plan import part_of_month, rounded

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

    def kept(self) -> list[int | None]:
        """As JSON takes them."""
        return [None if one is None else to_units(one) for one in (self.now, self.then, self.since)]

    @classmethod
    def told(cls, kept: list[int | None]) -> "Sums":
        return cls(*(None if one is None else from_units(one) for one in kept))


def sums_of(last: dt.date, monday: dt.date) -> Sums:
    """One query over the days of the month and of the same a year earlier."""
    first = last.replace(day=1)
    now = Q(day__gte=first, day__lte=last)
    then = Q(day__gte=year_before(first), day__lte=same_day(last))
    week = Q(day__gte=monday, day__lte=last)
    found = AccountDay.objects.filter(now | then | week).aggregate(
        now=Sum("net", filter=now), then=Sum("net", filter=then), since=Sum("net", filter=week)
    )
    return Sums(**found)


def planned_by(last: dt.date) -> Decimal | None:
    """What the plan in force asks of the month's days so far; None without one. One query."""
    month = next(iter(_month_plan(last)), None)
    if month is None:
        return None
    return from_units(rounded(to_units(month["total"]) * part_of_month(last)))


def _month_plan(day: dt.date) -> QuerySet:
    """What is planned to be sold in the month of a day, by the version in force on it."""
    versions = PlanVersion.objects.adopted().filter(year=day.year, valid_from__lte=day)
    lines = PlanLine.objects.filter(
        version=Subquery(versions.order_by("-valid_from").values("pk")[:1]),
        measure=PlanMeasure.SALES,
        month=day.month,
    )
    return lines.order_by().values("version").annotate(total=Sum("value")).values("total")


def same_day(last: dt.date) -> dt.date:
    """The same day a year earlier; the end of a month stays the end."""
    earlier = year_before(last)
    return month_end(earlier) if last == month_end(last) else earlier


def month_tile(sums: tuple, last: dt.date, currency: str, planned: Decimal | None = None) -> Tile:
    """Against the plan where there is one, else against a year ago."""
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
            compared(change_of(now or Decimal(0), planned), _("{change} against the plan to date"))
            if planned
            else compared(change, _("{change} against the same days last year"))
            or _("Nothing to compare with a year ago"),
        ),
        meter=_against(now, planned or then),
        why=Why(
            _("Invoices less credit notes by their own day, in the company's currency."),
            [
                (period, formats.money(now, currency)),
                (_("Same days last year"), formats.money(then, currency)),
                *([(_("The plan to date"), formats.money(planned, currency))] if planned else []),
            ],
            url=places.accounts(view="all", sort="-last_order"),
            link=_("Show the accounts"),
        ),
    )


def _against(now: Decimal | None, then: Decimal | None) -> tuple[float, float, float] | None:
    """The bar of this month's days with a tick where the plan, or last year's, stands."""
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

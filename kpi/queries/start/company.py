"""The company's five figures of the day, read from the row the night wrote."""

import datetime as dt
from decimal import Decimal

from django.db.models import Count, F, Max, Q, Sum, Window
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import AccountStatus
from accounts.models import Account, AccountDay, AccountScore, LedgerLine
from common import formats
from common.dates import month_end, year_before
from kpi.models import PortfolioDay
from kpi.queries.start import places
from kpi.queries.start.parts import CHANGE, Tile, Why, change_of, short_money
from people.models import User

MONTHS = 13
TELLING = Decimal("0.05")  # smaller changes are not coloured


def book(as_of: dt.date) -> list[PortfolioDay]:
    """The row of the last computed day and those of the month-ends of a year before, ascending."""
    days, end = [as_of], as_of.replace(day=1) - dt.timedelta(days=1)
    for _month in range(MONTHS):
        days.append(end)
        end = end.replace(day=1) - dt.timedelta(days=1)
    rows = PortfolioDay.objects.filter(day__in=days)
    return list(rows.defer("levels", "curve").select_related("policy").order_by("day"))


def tiles(
    rows: list[PortfolioDay],
    last: dt.date,
    *,
    currency: str,
    unowned: int,
    waiting: int,
    compares: bool,
) -> list[Tile]:
    today = rows[-1]
    before = next((row for row in rows if row.day == _year_ago(today.day)), None)
    return [
        month_tile(_sums_of_month(last), last, currency),
        year_tile(rows, revenue_before() if compares else None, currency),
        key_tile(today),
        concentration_tile(rows, before),
        order_tile(unowned, waiting),
    ]


def _year_ago(day: dt.date) -> dt.date:
    """The month-end before the same day a year earlier."""
    return year_before(day).replace(day=1) - dt.timedelta(days=1)


def last_whole_day(as_of: dt.date, today: dt.date) -> dt.date:
    """Today's orders are not all in: the month so far ends yesterday, or with an older ledger."""
    return min(as_of, today - dt.timedelta(days=1))


def _sums_of_month(last: dt.date) -> tuple[Decimal | None, Decimal | None]:
    """Net of the month up to `last` and of the same days a year earlier; None without any line."""
    first = last.replace(day=1)
    now = Q(day__gte=first, day__lte=last)
    then = Q(day__gte=year_before(first), day__lte=same_day(last))
    sums = AccountDay.objects.filter(now | then).aggregate(
        now=Sum("net", filter=now), then=Sum("net", filter=then)
    )
    return sums["now"], sums["then"]


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
        note=compared(change, _("{change} against the same days last year"))
        or _("Nothing to compare with a year ago"),
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


def year_tile(rows: list[PortfolioDay], before: Decimal | None, currency: str) -> Tile:
    today = rows[-1]
    value, unit = short_money(today.net, currency)
    return Tile(
        label=_("Revenue, twelve months"),
        value=value,
        unit=unit,
        note=compared(change_of(today.net, before), _("{change} against the twelve months before"))
        or _("The ledger is too short to compare"),
        spark=[row.net for row in rows] if len(rows) > 2 else None,
        spark_label=_("Revenue of twelve months, month by month for a year"),
        why=Why(
            _("Everything invoiced in the twelve months up to this day, less credit notes."),
            [
                (_("Up to %(day)s") % {"day": formats.day(today.day)}, money(today.net, currency)),
                (_("Twelve months before"), money(before, currency)),
                (_("Accounts that bought"), formats.number(today.accounts)),
            ],
            url=places.portfolio(),
            link=_("Open the portfolio"),
        ),
    )


def revenue_before() -> Decimal:
    """Net of the twelve months before the last twelve."""
    alone = AccountScore.objects.filter(counts_with=None)
    return alone.aggregate(net=Sum("revenue_before"))["net"] or Decimal(0)


def money(value: Decimal | None, currency: str) -> str:
    return formats.money(value, currency, 0)


def key_tile(today: PortfolioDay) -> Tile:
    share = today.key_revenue / today.positive if today.positive else None
    policy = today.policy
    note = _("They bring {share} of revenue")
    return Tile(
        label=_("Key accounts"),
        value=formats.number(today.key_accounts),
        unit=_("of %(count)s") % {"count": formats.number(today.accounts)},
        note=format_html(note, share=format_html("<b>{}</b>", formats.percent(share, 0)))
        if share is not None
        else "",
        meter=(float(share), 1.0, None) if share is not None else None,
        why=Why(
            _("Accounts that the policy in force makes key."),
            [
                (_("Policy"), policy.name if policy else _("the one from the book")),
                (_("At most"), formats.number(policy.cap if policy else None)),
                (_("Revenue they bring"), formats.percent(share, 1)),
            ],
            url=places.accounts(view="key"),
            link=_("Show them"),
        ),
    )


def concentration_tile(rows: list[PortfolioDay], before: PortfolioDay | None) -> Tile:
    today = rows[-1]
    equal = today.concentration.get("effective_accounts")
    then = before.concentration.get("effective_accounts") if before else None
    note = ""
    if then:
        note = _("On %(day)s like %(count)s") % {
            "day": formats.day(before.day),
            "count": formats.number(then, 0),
        }
    return Tile(
        label=_("Concentrated like"),
        value=formats.number(equal, 0) if equal else "",
        unit=ngettext("equal customer", "equal customers", round(equal or 0)),
        note=note,
        spark=[row.concentration.get("effective_accounts") for row in rows]
        if len(rows) > 2
        else None,
        spark_label=_("Number of equal customers, month by month for a year"),
        why=Why(
            _("As many customers of the same size would be just as concentrated."),
            [
                (_("Largest customer"), formats.percent(today.concentration.get("top1_share"), 1)),
                (_("Ten largest"), formats.percent(today.concentration.get("top10_share"), 1)),
            ],
            url=places.portfolio(),
            link=_("Open the portfolio"),
        ),
    )


def unowned(user: User) -> tuple[int, Account | None]:
    """How many buying accounts nobody owns today, and the largest of them."""
    rows = (
        Account.objects.visible_to(user)
        .filter(owner=None, status=AccountStatus.ACTIVE)
        .filter(score__counts_with=None, score__revenue__gt=0)
        .select_related("score")
        .annotate(alike=Window(Count("pk")))
        .order_by("-score__revenue")
    )
    largest = rows.first()
    return (largest.alike if largest else 0), largest


def order_tile(count: int, waiting: int) -> Tile:
    words = ngettext(
        "%(count)s line waits for a rate", "%(count)s lines wait for a rate", waiting
    ) % {"count": formats.number(waiting)}
    return Tile(
        label=_("Without an owner"),
        value=formats.number(count),
        unit=ngettext("account", "accounts", count),
        note=words if waiting else _("Every line is converted"),
        why=Why(
            _("Accounts that bought in twelve months and have no manager today."),
            [(_("Lines without a rate"), formats.number(waiting))],
            url=places.accounts(view="unowned"),
            link=_("Show them"),
        ),
    )


def unconverted() -> dict:
    """Lines whose currency has no rate on their day: how many, in which currency, since when."""
    return (
        LedgerLine.objects.live()
        .unconverted()
        .aggregate(lines=Count("pk"), currency=Max("currency"), last=Max(F("day")))
    )

"""/kpi/plans/: the year, its versions, who is how far, and what a draft waits for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Account
from common import formats
from common.why import Why
from kpi.choices import PlanMeasure
from kpi.models import PlanLine, PlanVersion
from kpi.queries.plans.standing import Attained, Line, Standing, standing
from kpi.rules.plan import VERSION
from people.choices import Role
from people.models import User

MEASURES = (PlanMeasure.SALES, PlanMeasure.ACTIVE, PlanMeasure.NEW, PlanMeasure.WIDTH)


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    unit: str
    note: str
    why: Why
    meter: tuple | None = None


@dataclass(frozen=True)
class Page:
    """`is_ahead`: the year has not begun by the figures' day, so nothing is reached yet. `leading`
    is the line that the tiles tell of: the company's, or the reader's own."""

    year: int
    years: list[int]
    found: Standing
    tiles: list[Tile]
    leading: Line | None
    is_ahead: bool
    versions: list[PlanVersion]
    draft: PlanVersion | None


def page(reader: User, year: int, day: dt.date, today: dt.date, currency: str) -> Page:
    found = standing(reader, day, year=year)
    versions = list(versions_of(reader, year))
    leading = found.company or next((row for row in found.rows if row.user == reader), None)
    is_ahead = year > day.year
    known = PlanVersion.objects.visible_to(reader).values_list("year", flat=True)
    years = sorted({*known.order_by().distinct(), day.year, today.year, year, today.year + 1})
    return Page(
        year=year,
        years=years[-6:],
        found=found,
        tiles=[] if is_ahead or not leading else _tiles(leading, found, currency),
        leading=leading,
        is_ahead=is_ahead,
        versions=[one for one in versions if one.state == "adopted"],
        draft=next((one for one in versions if one.state == "draft"), None),
    )


def versions_of(reader: User, year: int) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.visible_to(reader).filter(year=year)
    return rows.select_related("made_by").order_by("-number")


def _tiles(line: Line, found: Standing, currency: str) -> list[Tile]:
    return [
        _sales_tile(line.sales, found, currency),
        _landing_tile(line, currency),
        *(_count_tile(line.measures[one], found) for one in MEASURES[1:]),
    ]


def _sales_tile(sales: Attained, found: Standing, currency: str) -> Tile:
    asked = formats.money_short(sales.planned, currency)
    sold = formats.money_short(sales.actual, currency)
    note = _("%(sold)s sold; the plan asks for %(asked)s by then") % {"sold": sold, "asked": asked}
    if sales.planned is None:
        note = _("%(sold)s sold; there is no plan") % {"sold": sold}
    return Tile(
        label=_("Plan reached"),
        value="" if sales.share is None else formats.percent(sales.share),
        unit="",
        note=note,
        why=Why(
            sentence=_(
                "Net sales from 1 January to the day of the figures, by the plan of the same days:"
                " months that have ended in full, the running one by its days."
            ),
            inputs=(
                (_("Day of the figures"), formats.day(found.day)),
                (_("Sold"), formats.money(sales.actual, currency)),
                (_("Plan until then"), formats.money(sales.planned, currency)),
                (_("Plan of the year"), formats.money(sales.year, currency)),
            ),
            rule=found.rule,
        ),
        meter=(float(sales.share), 1.25, 1) if sales.share is not None else None,
    )


def _landing_tile(line: Line, currency: str) -> Tile:
    landing = line.landing
    if landing is None:
        why = Why(sentence=_("Two whole years of sales, or a plan, are needed to say this."))
        return Tile(_("Year ends at"), "", "", _("Neither past years nor a plan tell it"), why)
    short = formats.money_short
    note = _("How far this may miss is not known yet")
    if landing.low is not None:
        note = _("Between %(low)s and %(high)s, as past years missed") % {
            "low": short(landing.low, currency), "high": short(landing.high, currency),
        }  # fmt: skip
    plan = formats.money(landing.planned, currency)
    return Tile(
        label=_("Year ends at"),
        value=short(landing.value, currency),
        unit="",
        note=note,
        why=Why(
            sentence=landing.sentence,
            inputs=((_("Plan of the year"), plan),
                    (_("Share of the plan"), formats.percent(landing.share))),
            rule=landing.rule,
        ),
    )  # fmt: skip


def measure_sentence(measure: str) -> str:
    return {
        PlanMeasure.SALES: _("Net sales by the owner on the invoice date."),
        PlanMeasure.ACTIVE: _(
            "Customers with at least one order in a month, on average of the months that have"
            " ended; a customer counts for its owner on the month’s last order."
        ),
        PlanMeasure.NEW: _(
            "Customers whose first order of all fell into this year, for their owner on that day."
        ),
        PlanMeasure.WIDTH: _(
            "Different service lines that a customer bought in a month in which it ordered, on"
            " average of the months that have ended."
        ),
    }[PlanMeasure(measure)]


def _count_tile(one: Attained, found: Standing) -> Tile:
    decimals = places(one.measure, one.actual)
    note = _("No plan of this")
    if one.planned:
        note = _("The plan asks for %(planned)s; %(share)s of it") % {
            "planned": formats.number(one.planned, places(one.measure, one.planned)),
            "share": formats.percent(one.share),
        }
    return Tile(
        label=capfirst(str(PlanMeasure(one.measure).label)),
        value="" if one.actual is None else formats.number(one.actual, decimals),
        unit="",
        note=_("Not recorded in the months that have ended") if one.actual is None else note,
        why=Why(sentence=measure_sentence(one.measure), rule=VERSION),
    )


def places(measure: str, value: Decimal | None) -> int:
    """Decimals that a figure of this measure is told with: means and parts of a month have one."""
    if measure == PlanMeasure.SALES:
        return 0
    return 0 if value is not None and value == value.to_integral_value() else 1


def file_header(currency: str) -> list[str]:
    """The columns of a plan's file, which the import reads again."""
    return [_("Manager"), _("E-mail"), _("Account"), _("Measure"), _("Month"),
            _("Value, %(currency)s or number") % {"currency": currency}]  # fmt: skip


def file_rows(reader: User, version: PlanVersion) -> Iterator[list]:
    """Every line that the reader may see; an account only by the name they may know."""
    rows = PlanLine.objects.visible_to(reader).filter(version=version)
    rows = rows.select_related("user", "account").order_by(
        "user__name", "user", "measure", "account__name", "month"
    )
    known = set(Account.objects.named_to(reader).values_list("pk", flat=True))
    for line in rows:
        month = dt.date(version.year, line.month, 1)
        account = line.account and line.account.name
        if line.account_id and line.account_id not in known:
            account = _("An account of somebody else")
        yield [line.user.name, line.user.email, account, line.measure, f"{month:%Y-%m}", line.value]


def template_rows(year: int) -> Iterator[list]:
    """A year's sales for everybody who sells, left open."""
    sellers = User.objects.active().holding(Role.KAM).order_by("name", "pk")
    for user in sellers:
        yield [user.name, user.email, None, PlanMeasure.SALES.value, str(year), None]

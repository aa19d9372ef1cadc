"""The tile of load, and managers who have had more work than hours two months running."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import ManagerDay
from accounts.queries.load import TREND, over_running
from common import formats
from kpi.queries.start.parts import Action, Matter, Tile, Why

MOST = 3
MONTH = 30
FIELDS = ("user", "day", "hours", "capacity", "key", "regular", "revenue", "rule_version")


class Night(NamedTuple):
    user_id: int
    day: dt.date
    hours: Decimal
    capacity: Decimal
    key: int
    regular: int
    revenue: Decimal
    rule_version: str
    name: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The last night of each manager of the last month, the nights before it, who is over."""

    last: list[Night]
    nights: dict[int, list[tuple]]
    over: set[int]


def carried(day: dt.date) -> Carried:
    """One query for any number of managers."""
    rows = ManagerDay.objects.filter(day__gt=day - dt.timedelta(days=TREND), day__lte=day)
    rows = rows.filter(user__is_active=True).order_by("day").values_list(*FIELDS, "user__name")
    last: dict[int, Night] = {}
    nights: dict[int, list[tuple]] = {}
    for row in map(Night._make, rows):
        last[row.user_id] = row
        nights.setdefault(row.user_id, []).append((row.day, float(row.hours), float(row.capacity)))
    recent = [row for row in last.values() if (day - row.day).days < MONTH]
    nights = {row.user_id: nights[row.user_id] for row in recent}
    return Carried(recent, nights, over_running(nights, day))


def tile(found: Carried) -> Tile:
    """Key accounts a manager of those who own any account; unknown before the first night."""
    owning = [row for row in found.last if row.key or row.regular]
    key = sum(row.key for row in owning)
    return Tile(
        label=_("Load"),
        value=formats.number(key / len(owning), 1) if owning else "",
        unit=_("key accounts each"),
        note=_note(found, owning),
        why=Why(
            _(
                "Key accounts of the managers who own accounts, shared evenly. Over their hours is"
                " who was asked for more than they have in each of the last two months."
            ),
            [
                (_("Key accounts"), formats.number(key)),
                (_("Managers with accounts"), formats.number(len(owning))),
                (_("Hours asked for a month"), _hours(owning, "hours")),
                (_("Hours there are a month"), _hours(owning, "capacity")),
            ],
            rule=owning[0].rule_version if owning else "",
            url=reverse("kpi:capacity_page"),
            link=_("Open the capacity"),
        ),
    )


def _hours(rows: list[ManagerDay], name: str) -> str:
    return formats.number(sum(getattr(row, name) for row in rows), 0)


def _note(found: Carried, owning: list[ManagerDay]) -> str:
    if not owning:
        return _("Known after the next night")
    if not found.over:
        return ngettext(
            "%(count)s manager, within their hours",
            "%(count)s managers, none over their hours two months running",
            len(owning),
        ) % {"count": formats.number(len(owning))}
    words = _("{over} over their hours two months running")
    part = _("%(count)s of %(of)s") % {
        "count": formats.number(len(found.over)),
        "of": formats.number(len(owning)),
    }
    return format_html(words, over=format_html('<b class="k-dan">{}</b>', part))


def overloaded(day: dt.date, currency: str, found: Carried, asked: str = "") -> list[Matter]:
    """The heaviest first. `asked`: the vacancy under way that was asked for because of it."""
    rows = [row for row in found.last if row.user_id in found.over]
    rows.sort(key=lambda row: (-row.hours / max(row.capacity, 1), row.user_id))
    return [_matter(row, found.nights[row.user_id], day, asked, currency) for row in rows[:MOST]]


def _matter(row: Night, nights: list[tuple], day: dt.date, asked: str, currency: str) -> Matter:
    month = [one for one in nights if (day - one[0]).days < MONTH]
    hours, capacity = (sum(one[place] for one in month) / len(month) for place in (1, 2))
    words = _("In the last thirty days %(hours)s hours a month were asked for, of %(capacity)s.")
    evidence = words % {
        "hours": formats.number(hours, 0), "capacity": formats.number(capacity, 0),
    }  # fmt: skip
    if asked:
        title = _("A vacancy is under way: %(title)s.") % {"title": asked}
        evidence = f"{evidence} {title}"
    label = _("See the capacity") if asked else _("Move accounts or ask for a vacancy")
    return Matter(
        _("%(name)s has had more work than hours two months running.") % {"name": row.name},
        evidence,
        Action(label, reverse("kpi:capacity_page")),
        stake=row.revenue,
        stake_words=formats.money_short(row.revenue, currency),
        period=_("in 12 months"),
        is_standing=True,
    )

"""The tile of load, and managers who have had more work than hours two months running."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import ManagerDay
from accounts.queries.load import nights_of, over_running
from common import formats
from hiring.models import Need
from hiring.queries.need import need_under_way
from kpi.queries.start.parts import Action, Matter, Tile, Why
from people.models import User

MOST = 3
MONTH = 30


@dataclass(frozen=True, slots=True)
class Carried:
    """The last night of each manager of the last month, the nights before it, who is over."""

    last: list[ManagerDay]
    nights: dict[int, list[tuple]]
    over: set[int]


def carried(day: dt.date) -> Carried:
    """Two queries for any number of managers."""
    lately = ManagerDay.objects.filter(day__gt=day - dt.timedelta(days=MONTH), day__lte=day)
    last: dict[int, ManagerDay] = {}
    for row in lately.filter(user__is_active=True).select_related("user").order_by("day"):
        last[row.user_id] = row
    nights = nights_of(set(last), day) if last else {}
    return Carried(list(last.values()), nights, over_running(nights, day))


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


def overloaded(
    reader: User, day: dt.date, currency: str, found: Carried | None = None
) -> list[Matter]:
    """The heaviest first; what a vacancy under way has answered is shown with it."""
    found = found or carried(day)
    if not found.over:
        return []
    under_way = need_under_way(reader)
    rows = [row for row in found.last if row.user_id in found.over]
    rows.sort(key=lambda row: (-row.hours / max(row.capacity, 1), row.user_id))
    return [
        _matter(row, found.nights[row.user_id], day, under_way, currency) for row in rows[:MOST]
    ]


def _matter(
    row: ManagerDay, nights: list[tuple], day: dt.date, under_way: Need | None, currency: str
) -> Matter:
    month = [one for one in nights if (day - one[0]).days < MONTH]
    hours, capacity = (sum(one[place] for one in month) / len(month) for place in (1, 2))
    words = _("In the last thirty days %(hours)s hours a month were asked for, of %(capacity)s.")
    evidence = words % {
        "hours": formats.number(hours, 0), "capacity": formats.number(capacity, 0),
    }  # fmt: skip
    if under_way:
        title = _("A vacancy is under way: %(title)s.") % {"title": under_way.vacancy.title}
        evidence = f"{evidence} {title}"
    label = _("See the capacity") if under_way else _("Move accounts or ask for a vacancy")
    return Matter(
        _("%(name)s has had more work than hours two months running.") % {"name": row.user},
        evidence,
        Action(label, reverse("kpi:capacity_page")),
        stake=row.revenue,
        stake_words=formats.money_short(row.revenue, currency),
        period=_("in 12 months"),
        is_standing=True,
    )

"""Managers who have had more work than hours two months running: the director's to answer."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ManagerDay
from accounts.queries.load import nights_of, over_running
from common import formats
from hiring.models import Need
from hiring.queries.need import need_under_way
from kpi.queries.start.parts import Action, Matter
from people.models import User

MOST = 3
MONTH = 30


def overloaded(reader: User, day: dt.date, currency: str) -> list[Matter]:
    """The heaviest first; what a vacancy under way has answered is shown with it."""
    lately = ManagerDay.objects.filter(day__gt=day - dt.timedelta(days=MONTH), day__lte=day)
    ids = set(lately.filter(user__is_active=True).values_list("user", flat=True))
    nights = nights_of(ids, day)
    over = over_running(nights, day)
    if not over:
        return []
    last: dict[int, ManagerDay] = {}
    for row in lately.filter(user__in=over).select_related("user").order_by("day"):
        last[row.user_id] = row
    under_way = need_under_way(reader)
    rows = sorted(last.values(), key=lambda row: (-row.hours / max(row.capacity, 1), row.user_id))
    return [_matter(row, nights[row.user_id], day, under_way, currency) for row in rows[:MOST]]


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

"""The crown on the portfolio page: on whom most money hangs, ours and theirs, and since when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import ContactDay, ManagerDay
from accounts.queries.dependence import VERSION
from common import formats
from common.why import Why
from kpi.queries.simulator.choice import address
from people.models import User

MOST = 5
TREND = dt.timedelta(days=182)
BACK = (28, 91, 182)  # days, for the table beside the lines

Point = tuple[dt.date, Decimal]


@dataclass(frozen=True, slots=True)
class Hangs:
    """One person. `share` of the money something is known of; `trend` is weekly, oldest first;
    `before` what hung on them so many days ago as BACK says, None where no night was."""

    name: str
    note: str
    is_ours: bool
    url: str
    hanging: Decimal
    share: float | None
    unknown: Decimal
    trend: tuple[Point, ...]
    before: tuple[Decimal | None, ...]

    @property
    def values(self) -> list[Decimal]:
        return [value for _day, value in self.trend]

    @property
    def label(self) -> str:
        """The line in words, for those who do not see it."""
        words = {"name": self.name, "day": formats.day(self.trend[0][0])}
        return _("What hangs on %(name)s, week by week since %(day)s") % words


@dataclass(frozen=True)
class Dependence:
    day: dt.date
    managers: tuple[Hangs, ...]
    contacts: tuple[Hangs, ...]
    why: Why

    @property
    def weeks(self) -> tuple[int, ...]:
        """How long ago the columns of `before` are."""
        return tuple(days // 7 for days in BACK)

    @property
    def rows(self) -> tuple[Hangs, ...]:
        return (*self.managers, *self.contacts)


def dependence(reader: User) -> Dependence | None:
    """By the last night, of what the reader may see; None before there was one. Four queries."""
    managers = ManagerDay.objects.visible_to(reader).newest().filter(revenue__gt=0)
    ours = list(managers.select_related("user").order_by("-hanging", "user")[:MOST])
    contacts = ContactDay.objects.visible_to(reader).newest().select_related("contact", "account")
    theirs = list(contacts.order_by("-hanging", "contact", "account")[:MOST])
    if not ours and not theirs:
        return None
    day = (ours or theirs)[0].day
    our_past = ManagerDay.objects.filter(user__in=[row.user_id for row in ours])
    their_past = ContactDay.objects.filter(contact__in=[row.contact_id for row in theirs])
    by_user = _trends(our_past.filter(**_lately(day)).values_list("user", "day", "hanging"))
    by_contact = _trends(
        ((contact, account), on, hanging)
        for contact, account, on, hanging in their_past.filter(**_lately(day)).values_list(
            "contact", "account", "day", "hanging"
        )
    )
    return Dependence(
        day=day,
        managers=tuple(_manager(row, by_user[row.user_id]) for row in ours),
        contacts=tuple(_contact(row, by_contact[row.contact_id, row.account_id]) for row in theirs),
        why=Why(
            sentence=_(
                "Of each account the revenue of twelve months, times the part of all lived ties"
                " that this person holds. An account where nobody has a tie is not counted as"
                " nothing: it is named beside it."
            ),
            rule=VERSION,
        ),
    )


def _lately(day: dt.date) -> dict:
    return {"day__gte": day - TREND, "day__lte": day}


def _trends(rows: Iterable[tuple]) -> dict[object, list[Point]]:
    found: dict[object, list[Point]] = defaultdict(list)
    for key, day, value in sorted(rows, key=lambda row: row[1]):
        found[key].append((day, value))
    return found


def weekly(points: Sequence[Point]) -> tuple[Point, ...]:
    """The last of each week; `points` oldest first."""
    return tuple({day.isocalendar()[:2]: (day, value) for day, value in points}.values())


def _before(points: Sequence[Point], day: dt.date) -> tuple[Decimal | None, ...]:
    """The newest value at least so many days old, if that night was not a week older still."""
    found = []
    for days in BACK:
        then = day - dt.timedelta(days=days)
        old = [value for on, value in points if then - dt.timedelta(days=7) < on <= then]
        found.append(old[-1] if old else None)
    return tuple(found)


def _manager(row: ManagerDay, points: list[Point]) -> Hangs:
    known = row.revenue - row.unknown
    return Hangs(
        name=row.user.name, note="", is_ours=True, url=address([row.user_id], []),
        hanging=row.hanging, share=float(row.hanging / known) if known > 0 else None,
        unknown=row.unknown, trend=weekly(points), before=_before(points, row.day),
    )  # fmt: skip


def _contact(row: ContactDay, points: list[Point]) -> Hangs:
    return Hangs(
        name=row.contact.name, note=row.account.name, is_ours=False,
        url=address([], [row.contact_id]), hanging=row.hanging,
        share=float(row.hanging / row.revenue) if row.revenue > 0 else None,
        unknown=Decimal(), trend=weekly(points), before=_before(points, row.day),
    )  # fmt: skip

"""Who comes of those who held a seat: by notice given, by confirmation, by source."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models import DurationField as Duration
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.choices import SeatState, Source
from hiring.models import Seat
from hiring.models.session import ATTENDED
from hiring.rules.rates import Rate, rate

DAY = dt.timedelta(days=1)
SETTLED = (*ATTENDED, SeatState.NO_SHOW)
NOTICE = {
    "short": _("told less than a day before"),
    "good": _("told one to three days before"),
    "long": _("told more than three days before"),
    "unknown": _("time of booking not known"),
}
ASSENT = {True: _("had confirmed"), False: _("had not confirmed")}


@dataclass(frozen=True, slots=True)
class ShowRow:
    label: str | Promise
    rate: Rate


@dataclass(frozen=True, slots=True)
class Shows:
    """`all` of everybody whose session is over and whose coming was noted."""

    all: Rate
    by_notice: list[ShowRow]
    by_assent: list[ShowRow]
    by_source: list[ShowRow]

    @property
    def groups(self) -> list[list[ShowRow]]:
        return [rows for rows in (self.by_notice, self.by_assent, self.by_source) if rows]


def shows(seats: QuerySet[Seat]) -> Shows:
    """One query over seats that are settled."""
    given = ExpressionWrapper(F("session__starts_at") - F("booked_at"), output_field=Duration())
    notice = Case(
        When(booked_at=None, then=Value("unknown")),
        When(given__lt=DAY, then=Value("short")),
        When(given__lte=3 * DAY, then=Value("good")),
        default=Value("long"),
    )
    rows = (
        seats.filter(state__in=SETTLED)
        .order_by()
        .annotate(given=given, assent=Q(confirmed_at__isnull=False))
        .annotate(notice=notice)
        .values_list("notice", "assent", "candidacy__source", "state")
        .annotate(people=Count("pk"))
    )
    came, all_ = Counter(), Counter()
    for notice_given, assented, source, state, people in rows:
        for key in ("all", ("notice", notice_given), ("assent", assented), ("source", source)):
            all_[key] += people
            came[key] += people if state in ATTENDED else 0
    return Shows(
        all=rate(came["all"], all_["all"]),
        by_notice=_table("notice", NOTICE, came, all_),
        by_assent=_table("assent", ASSENT, came, all_),
        by_source=_table("source", dict(Source.choices), came, all_),
    )


def _table(kind: str, labels: dict, came: Counter, all_: Counter) -> list[ShowRow]:
    return [
        ShowRow(label, rate(came[kind, key], all_[kind, key]))
        for key, label in labels.items()
        if all_[kind, key]
    ]

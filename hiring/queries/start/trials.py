"""Trials that wait for a recruiter's or a director's next step."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from hiring.choices import ProbationState
from hiring.models import Probation
from hiring.queries.probation_plan import newcomers
from hiring.queries.start.line import Line
from people.models import User

SOON = dt.timedelta(days=3)
MOST = 5


@dataclass(frozen=True, slots=True)
class Trial:
    pk: int
    name: str
    state: str
    starts_on: dt.date
    ends_on: dt.date


def trial_lines(user: User, day: dt.date) -> list[Line]:
    """Newcomers without a plan, plans not offered or not answered, and for directors those to be
    decided about. Two queries."""
    names = list(newcomers(user).values_list("name", flat=True))
    rows = to_move(user).order_by("starts_on", "pk")
    trials = rows.values_list("pk", "user__name", "state", "starts_on", "ends_on")
    found = [trial_line(Trial(*row), user, day) for row in trials]
    return [*without_plan(names), *[line for line in found if line][:MOST]]


def to_move(user: User) -> QuerySet[Probation]:
    """Trials under way whose next step may be somebody else's than the newcomer's."""
    rows = Probation.objects.visible_to(user).open().exclude(user=user)
    return rows.exclude(state=ProbationState.OFFERED, accepted_at__isnull=False)


def without_plan(names: list[str]) -> list[Line]:
    if not names:
        return []
    return [
        Line(
            figure=formats.number(len(names)), sentence=_("On probation, without a plan"),
            url=reverse("hiring:probation_new"), label=_("Plan"),
            evidence=", ".join(names[:MOST]),
        )
    ]  # fmt: skip


def trial_line(row: Trial, user: User, day: dt.date) -> Line | None:
    first = _("%(name)s, first day %(day)s") % {
        "name": row.name, "day": formats.day(row.starts_on),
    }  # fmt: skip
    late = "cau" if row.starts_on <= day + SOON else ""
    if row.state == ProbationState.DRAFT:
        url = reverse("hiring:probation_plan", args=[row.pk])
        return Line("", _("A probation plan is not offered yet"), url, _("Go on"), first, late)
    url = reverse("hiring:probation_page", args=[row.pk])
    if row.state == ProbationState.OFFERED:
        words = _("A probation plan waits for the newcomer's word")
        return Line("", words, url, _("Look"), first, late)
    if row.state == ProbationState.RUNNING and user.is_director and row.ends_on <= day + SOON:
        last = _("%(name)s, last day %(day)s") % {
            "name": row.name, "day": formats.day(row.ends_on),
        }  # fmt: skip
        return Line("", _("A probation ends: decide about it"), url, _("Decide"), last, "cau")
    return None

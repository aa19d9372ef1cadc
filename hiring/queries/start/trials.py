"""Trials that wait for a recruiter's or a director's next step."""

import datetime as dt

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


def trial_lines(user: User, day: dt.date) -> list[Line]:
    """Newcomers without a plan, plans not offered or not answered, and for directors those to be
    decided about. Two queries."""
    return [*_without_plan(user), *_to_move(user, day)]


def _without_plan(user: User) -> list[Line]:
    names = list(newcomers(user).values_list("name", flat=True))
    if not names:
        return []
    return [
        Line(
            figure=formats.number(len(names)), sentence=_("On probation, without a plan"),
            url=reverse("hiring:probation_new"), label=_("Plan"),
            evidence=", ".join(names[:MOST]),
        )
    ]  # fmt: skip


def _to_move(user: User, day: dt.date) -> list[Line]:
    rows = Probation.objects.visible_to(user).open().exclude(user=user).select_related("user")
    found = [_line(row, user, day) for row in rows.order_by("starts_on", "pk")]
    return [line for line in found if line][:MOST]


def _line(row: Probation, user: User, day: dt.date) -> Line | None:
    first = _("%(name)s, first day %(day)s") % {
        "name": row.user, "day": formats.day(row.starts_on),
    }  # fmt: skip
    late = "cau" if row.starts_on <= day + SOON else ""
    if row.state == ProbationState.DRAFT:
        url = reverse("hiring:probation_plan", args=[row.pk])
        return Line("", _("A probation plan is not offered yet"), url, _("Go on"), first, late)
    url = reverse("hiring:probation_page", args=[row.pk])
    if row.state == ProbationState.OFFERED and row.accepted_at is None:
        words = _("A probation plan waits for the newcomer's word")
        return Line("", words, url, _("Look"), first, late)
    if row.state == ProbationState.RUNNING and user.is_director and row.ends_on <= day + SOON:
        last = _("%(name)s, last day %(day)s") % {
            "name": row.user, "day": formats.day(row.ends_on),
        }  # fmt: skip
        return Line("", _("A probation ends: decide about it"), url, _("Decide"), last, "cau")
    return None

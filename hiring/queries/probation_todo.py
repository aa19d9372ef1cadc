"""What a trial asks of one person this week: an own yes, own words, a talk, a decision."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from hiring.choices import CheckInState, ProbationState
from hiring.models import CheckIn, Probation
from hiring.rules import check_in as rules
from people.models import User

AHEAD = dt.timedelta(days=1)
DECIDE = dt.timedelta(days=3)


@dataclass(frozen=True)
class Todo:
    """`late_days` is 0 up to the day it is due."""

    probation: Probation
    sentence: str
    reason: str
    url: str
    late_days: int


def trials_to_do(user: User, today: dt.date) -> list[Todo]:
    """The own yes first, then decisions, then talks by their day; two queries."""
    mine = Probation.objects.visible_to(user).filter(Q(user=user) | Q(mentor=user) | Q(lead=user))
    rows = mine.filter(state__in=(ProbationState.OFFERED, ProbationState.RUNNING))
    found = [_of_trial(row, user, today) for row in rows.select_related("user")]
    weeks = CheckIn.objects.filter(
        probation__in=mine.filter(state=ProbationState.RUNNING).values("pk"),
        state=CheckInState.PLANNED, due_on__lte=today + AHEAD,
    )  # fmt: skip
    weeks = weeks.select_related("probation__user").order_by("due_on", "pk")
    return [todo for todo in (*found, *(_of_week(row, user, today) for row in weeks)) if todo]


def _of_trial(row: Probation, user: User, today: dt.date) -> Todo | None:
    is_own = row.user_id == user.pk
    if is_own and row.state == ProbationState.OFFERED and row.accepted_at is None:
        return Todo(
            row, _("Your probation plan waits for your word"),
            _("first day %(day)s") % {"day": formats.day(row.starts_on, "short")},
            reverse("hiring:probation_page", args=[row.pk]), max((today - row.starts_on).days, 0),
        )  # fmt: skip
    if row.lead_id == user.pk and row.state == ProbationState.RUNNING:
        return _decision(row, today)
    return None


def _decision(row: Probation, today: dt.date) -> Todo | None:
    if row.ends_on > today + DECIDE:
        return None
    return Todo(
        row, _("The probation of %(name)s ends: decide about it") % {"name": row.user},
        _("last day %(day)s") % {"day": formats.day(row.ends_on, "short")},
        reverse("hiring:probation_decide", args=[row.pk]), max((today - row.ends_on).days, 0),
    )  # fmt: skip


def _of_week(row: CheckIn, user: User, today: dt.date) -> Todo | None:
    one = row.probation
    seats = rules.seats_of(user.pk, newcomer=one.user_id, mentor=one.mentor_id, lead=one.lead_id)
    words = {"name": one.user, "week": formats.number(row.week)}
    if rules.NEWCOMER in seats:
        if row.newcomer_words:
            return None
        sentence = _("Write your words for the talk of week %(week)s") % words
    else:
        sentence = _("Talk of week %(week)s with %(name)s") % words
    url = reverse("hiring:probation_page", args=[one.pk])
    return Todo(
        one, sentence, _("due on %(day)s") % {"day": formats.day(row.due_on, "short")},
        f"{url}#week-{row.week}", max((today - row.due_on).days, 0),
    )  # fmt: skip

"""The weekly rhythm of personal control: a feedback call, a reminder, a warning before its end."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.commands import control as commands
from accounts.commands.task import create_task
from accounts.models import Control, Task
from accounts.queries import care_notices as notices
from accounts.rules import control as rules
from people.commands import tell
from people.models import Company, User


def watch_controls(*, day: dt.date) -> int:
    """Each day: how many feedback calls were put on the list. Safe to run twice.

    Nothing happens to the account when the planned end passes: the director goes on answering and
    is reminded every week until they say how it goes on.
    """
    commands.close_controls(day=day)
    running = Control.objects.filter(ended_at=None, director__is_active=True)
    made, held = 0, Counter()
    for control in running.select_related("account", "director").order_by("pk"):
        with transaction.atomic():
            made += _call(control, day)
            _warn(control, day)
        held[control.director] += 1
    for director, number in held.items():
        _remind(director, number, day)
    return made


def _call(control: Control, day: dt.date) -> bool:
    """One feedback call a week, due on its last day; a late one is not doubled by the next."""
    cause = f"control:{control.pk}"
    tasks = Task.objects.filter(account=control.account_id, cause=cause)
    week = rules.week_of(control.valid_from, day)
    due = rules.week_ends(control.valid_from, week)
    if tasks.open().exists() or tasks.filter(due__gte=due).exists():
        return False
    language = control.director.language or Company.current().language
    with translation.override(language):
        title = _("Ask %(account)s how it goes: week %(week)s of personal control")
        create_task(
            actor=control.director, account_id=control.account_id, due=due, cause=cause,
            title=title % {"account": control.account.name, "week": week}, minutes=15,
        )  # fmt: skip
    return True


def _warn(control: Control, day: dt.date) -> None:
    if rules.is_warned(end=control.valid_to, today=day):
        cause = f"control:{control.pk}:ends:{control.valid_to}"
        tell(user=control.director, kind=notices.CONTROL_ENDS, target=control, cause=cause)


def _remind(director: User, number: int, day: dt.date) -> None:
    year, week, _day = day.isocalendar()
    cause = f"control:{year}-{week}"
    tell(user=director, kind=notices.CONTROL_WEEK, target=director, cause=cause, n=number)

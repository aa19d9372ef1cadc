"""The clock everybody in the room sees: started, paused and ended by who leads."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from hiring.choices import SessionState
from hiring.commands.checkin import locked_session
from hiring.models import Exercise
from hiring.rules.clock import is_running, spent
from people.models import User

FIELDS = ["started_at", "paused_at", "spent_seconds", "ended_at"]


def locked_exercise(exercise_id: int, *, actor: User) -> Exercise:
    """Exercise.DoesNotExist for who does not lead the session."""
    session = Exercise.objects.filter(pk=exercise_id).values_list("session", flat=True).first()
    if session is None:
        raise Exercise.DoesNotExist
    session = locked_session(session, actor=actor, leads=True)
    if session.state == SessionState.CANCELLED:
        raise RuleBroken(_("This session was cancelled."))
    exercise = Exercise.objects.select_for_update().get(pk=exercise_id)
    exercise.session = session
    return exercise


def used(exercise: Exercise, now: dt.datetime) -> int:
    return spent(
        now=now,
        started_at=exercise.started_at,
        paused_at=exercise.paused_at,
        ended_at=exercise.ended_at,
        spent_seconds=exercise.spent_seconds,
    )


def runs(exercise: Exercise) -> bool:
    return is_running(exercise.started_at, exercise.paused_at, exercise.ended_at)


@transaction.atomic
def start_exercise(*, actor: User, exercise_id: int) -> Exercise:
    """Begin it or go on after a pause; another one that runs is paused: there is one clock."""
    exercise = locked_exercise(exercise_id, actor=actor)
    if runs(exercise):
        return exercise
    for other in exercise.session.exercises.exclude(pk=exercise.pk):
        if runs(other):
            _stop(other, ended=False)
    exercise.started_at, exercise.paused_at, exercise.ended_at = timezone.now(), None, None
    exercise.save(update_fields=FIELDS)
    if exercise.session.state == SessionState.PLANNED:
        exercise.session.state = SessionState.RUNNING
        exercise.session.save(update_fields=["state"])
    return exercise


@transaction.atomic
def pause_exercise(*, actor: User, exercise_id: int) -> Exercise:
    exercise = locked_exercise(exercise_id, actor=actor)
    if runs(exercise):
        _stop(exercise, ended=False)
    return exercise


@transaction.atomic
def end_exercise(*, actor: User, exercise_id: int) -> Exercise:
    exercise = locked_exercise(exercise_id, actor=actor)
    if exercise.ended_at is None:
        _stop(exercise, ended=True)
    return exercise


def _stop(exercise: Exercise, *, ended: bool) -> None:
    now = timezone.now()
    exercise.spent_seconds = used(exercise, now)
    if ended:
        exercise.ended_at = now
    else:
        exercise.paused_at = now
    exercise.save(update_fields=FIELDS)

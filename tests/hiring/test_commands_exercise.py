import datetime as dt

import pytest
from django.utils import timezone

from hiring.commands.exercise import end_exercise, pause_exercise, runs, start_exercise, used
from hiring.models import Exercise, Session
from tests.hiring.rounds import make_room
from tests.recruiting import make_exercise


@pytest.fixture
def exercise(cast):
    return make_exercise(make_room(cast.ivan, cast.kim, people=1).session, minutes=10)


def test_the_clock_is_the_servers_and_a_pause_keeps_what_is_spent(cast, exercise):
    start_exercise(actor=cast.ivan, exercise_id=exercise.pk)
    earlier = timezone.now() - dt.timedelta(minutes=3)
    Exercise.objects.update(started_at=earlier)
    paused = pause_exercise(actor=cast.ivan, exercise_id=exercise.pk)
    assert 180 <= paused.spent_seconds < 190
    resumed = start_exercise(actor=cast.rita, exercise_id=exercise.pk)
    assert runs(resumed)
    assert used(resumed, timezone.now() + dt.timedelta(minutes=1)) >= 240


def test_starting_twice_does_not_set_it_back(cast, exercise):
    start_exercise(actor=cast.ivan, exercise_id=exercise.pk)
    earlier = timezone.now() - dt.timedelta(minutes=3)
    Exercise.objects.update(started_at=earlier)
    assert start_exercise(actor=cast.ivan, exercise_id=exercise.pk).started_at == earlier


def test_there_is_one_clock(cast, exercise):
    other = make_exercise(exercise.session)
    start_exercise(actor=cast.ivan, exercise_id=exercise.pk)
    start_exercise(actor=cast.ivan, exercise_id=other.pk)
    exercise.refresh_from_db()
    assert not runs(exercise)
    assert Session.objects.get().state == "running"


def test_ended_it_can_be_begun_again(cast, exercise):
    start_exercise(actor=cast.ivan, exercise_id=exercise.pk)
    assert end_exercise(actor=cast.ivan, exercise_id=exercise.pk).ended_at
    assert start_exercise(actor=cast.ivan, exercise_id=exercise.pk).ended_at is None


def test_only_who_leads_touches_the_clock(cast, exercise):
    for actor in (cast.kim, cast.dora, cast.sam):
        with pytest.raises(Session.DoesNotExist):
            start_exercise(actor=actor, exercise_id=exercise.pk)
    with pytest.raises(Exercise.DoesNotExist):
        start_exercise(actor=cast.ivan, exercise_id=10**8)
    exercise.refresh_from_db()
    assert exercise.started_at is None

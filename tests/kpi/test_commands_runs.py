import datetime as dt

import pytest

from common.choices import JobState
from common.errors import RuleBroken
from common.models import Job
from kpi.commands import runs as commands
from people.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


def test_computing_the_newest_day_names_no_day(cast):
    """A night may come before the job does; it must not be taken back by it."""
    job = commands.compute_day(actor=cast.dora, day=DAY, newest=DAY)
    assert (job.name, job.kwargs) == ("kpi.jobs.recompute", {})
    assert Event.objects.about(job).get().verb == "job.started"


def test_an_earlier_day_is_named(cast):
    job = commands.compute_day(actor=cast.dora, day=DAY - dt.timedelta(days=9), newest=DAY)
    assert job.kwargs == {"as_of": "2026-03-22"}


def test_asked_twice_it_is_one_piece_of_work(cast):
    first = commands.compute_day(actor=cast.dora, day=DAY, newest=DAY)
    assert commands.compute_day(actor=cast.dora, day=DAY, newest=DAY) == first
    assert Job.objects.count() == 1


def test_only_the_director_starts_it(cast):
    for actor in (cast.karl, cast.adam, cast.sam):
        with pytest.raises(RuleBroken):
            commands.compute_day(actor=actor, day=DAY, newest=DAY)
    assert not Job.objects.exists()


def test_starters_directors_and_administrators_stop_work(cast):
    for actor in (cast.karl, cast.dora, cast.adam):
        job = Job.objects.create(name="x", state=JobState.RUNNING, created_by=cast.karl)
        commands.stop_job(actor=actor, job=job)
        job.refresh_from_db()
        assert job.cancel_asked
    with pytest.raises(RuleBroken):
        commands.stop_job(actor=cast.kim, job=job)


def test_what_has_ended_cannot_be_stopped(cast):
    job = Job.objects.create(name="x", state=JobState.DONE)
    with pytest.raises(RuleBroken):
        commands.stop_job(actor=cast.dora, job=job)
    assert not Event.objects.exists()

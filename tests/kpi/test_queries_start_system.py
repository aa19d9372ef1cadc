"""An administrator's state of the system and the first steps of a company."""

from django.utils import timezone

from common.choices import JobState
from common.models import Job
from kpi.queries.start import steps, system
from tests.cast import make_cast


def test_first_steps_know_what_is_done(db):
    cast = make_cast()
    assert [step.is_done for step in steps.first_steps(cast.dora)] == [False, True, False]


def test_a_failed_job_shows_in_the_state_of_the_system(db):
    cast = make_cast()
    Job.objects.create(name="x", state=JobState.FAILED, finished_at=timezone.now())
    work = next(state for state in system.system(cast.adam) if state.label == "Work")
    assert work.tone == "dan"
    assert work.sentence == "1 of 1 job of the last day failed."

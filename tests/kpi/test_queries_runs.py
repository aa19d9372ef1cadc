"""Work in words: every job has a name, every end a sentence."""

import datetime as dt
import importlib

import pytest
from django.utils import timezone

from common.choices import JobState
from common.jobs import JOBS
from common.models import Job
from kpi.queries import runs

pytestmark = pytest.mark.django_db


def make_job(**fields) -> Job:
    return Job.objects.create(**{"name": runs.NIGHT, **fields})


def test_every_registered_job_has_a_name_for_people():
    for module in ("kpi.jobs", "accounts.jobs", "people.jobs"):
        importlib.import_module(module)
    ours = {name for name in JOBS if name.split(".")[0] in ("kpi", "accounts", "people")}
    assert ours <= set(runs.WORDS)


def test_every_named_job_exists():
    for name in runs.WORDS:
        module, _, function = name.rpartition(".")
        assert getattr(importlib.import_module(module), function).is_job


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"state": JobState.RUNNING, "done": 3, "total": 4}, "running"),
        ({"state": JobState.QUEUED}, "running"),
        ({"state": JobState.FAILED}, "failed"),
        ({"state": JobState.CANCELLED}, "failed"),
        ({"state": JobState.DONE}, "well"),
        ({"state": JobState.DONE, "finished_at": timezone.now() - dt.timedelta(days=3)}, "late"),
    ],
)
def test_the_last_night_is_one_sentence(cast, fields, state):
    if fields["state"] not in (JobState.RUNNING, JobState.QUEUED):
        fields = {"finished_at": timezone.now(), **fields}
    make_job(**fields)
    night = runs.last_night(cast.dora)
    assert night.state == state
    assert night.sentence.endswith(".")


def test_no_night_yet(cast):
    assert runs.last_night(cast.dora).state == "never"


def test_interruptions_and_waiting_are_told():
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    assert "goes on by itself" in runs.trouble(make_job(state=JobState.RUNNING, attempts=2))
    assert "waiting" in runs.trouble(make_job(state=JobState.QUEUED, created_at=long_ago))
    assert runs.trouble(make_job(state=JobState.QUEUED)) == ""


def test_counts_are_plural_and_unknown_ones_left_out():
    words = runs.counts({"accounts": 1, "changed": 1200, "secret": 5, "lines": "x"})
    assert words == ["1 account", "1,200 rows changed"]


def states(**fields) -> list[str]:
    fields = {"started_at": timezone.now(), **fields}
    return [part.state for part in runs.parts(make_job(**fields))]


def test_a_night_tells_which_parts_are_at_work():
    so_far = {"parts": {"scores": 1.5}, "at": ["health", "measures"]}
    found = states(state=JobState.RUNNING, result=so_far)
    assert found == ["done", "running", "waiting", "waiting", "waiting", "running", "waiting"]


def test_a_night_that_has_told_nothing_yet_is_at_its_first_part():
    assert states(state=JobState.RUNNING)[:2] == ["running", "waiting"]


@pytest.mark.parametrize(
    ("state", "word"), [(JobState.FAILED, "failed"), (JobState.CANCELLED, "stopped")]
)
def test_it_tells_where_it_ended_early(state, word):
    so_far = {"parts": {"scores": 1.5}, "at": ["health"]}
    assert states(state=state, result=so_far)[:3] == ["done", word, "waiting"]
    job = make_job(state=state, result=so_far)
    assert ("Health" in runs.trouble(job)) == (state == JobState.FAILED)


def test_a_night_that_ended_tells_what_took_how_long_and_what_it_was_spared():
    result = {"parts": {"scores": 1.5, "health": 61}}
    found = runs.parts(make_job(state=JobState.DONE, started_at=timezone.now(), result=result))
    assert [part.state for part in found] == ["done"] * 2 + ["spared"] * 5
    assert found[0].took == dt.timedelta(seconds=1.5)


def test_other_work_and_a_night_that_has_not_begun_have_no_parts():
    assert states(state=JobState.QUEUED, started_at=None) == []
    assert states(state=JobState.RUNNING, name=runs.BACKTEST) == []
    assert states(state=JobState.DONE, result={"accounts": 3}) == []

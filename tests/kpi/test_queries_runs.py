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

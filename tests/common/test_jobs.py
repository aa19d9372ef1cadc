import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from common import jobs
from common.choices import JobState
from common.models import Job

pytestmark = pytest.mark.django_db
calls = []


@jobs.job
def count_up(progress, *, to=3, fail=False):
    calls.append(to)
    for step in range(to):
        progress(step, to, force=True)
    if fail:
        raise ValueError("the file is gone")
    return {"counted": to}


NAME = f"{__name__}.count_up"


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    calls.clear()
    woken = []
    monkeypatch.setattr(jobs, "wake", woken.append)
    return woken


def test_a_worker_is_woken_only_after_commit(quiet, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        row = jobs.enqueue(NAME, to=2)
        assert quiet == []
    assert quiet == [row.pk]


def test_model_instances_are_refused_at_once():
    with pytest.raises(TypeError):
        jobs.enqueue(NAME, to=object())
    assert not Job.objects.exists()


def test_it_runs_and_keeps_what_the_job_answered():
    row = jobs.run_now(jobs.enqueue(NAME, to=2).pk)
    assert (row.state, row.result, row.percent) == (JobState.DONE, {"counted": 2}, 100)


def test_an_error_is_kept_in_words():
    row = jobs.run_now(jobs.enqueue(NAME, fail=True).pk)
    assert row.state == JobState.FAILED
    assert row.error == "ValueError: the file is gone"


def test_only_one_worker_gets_a_job():
    row = jobs.enqueue(NAME)
    assert jobs.claim(row.pk) is not None
    assert jobs.claim(row.pk) is None


def test_a_dead_workers_job_is_taken_over_and_the_dead_one_may_not_write():
    row = jobs.enqueue(NAME)
    dead = jobs.claim(row.pk)
    Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert jobs.run_now(row.pk).state == JobState.DONE
    with pytest.raises(jobs.LeaseLost):
        jobs.Progress(dead.pk, dead.fence)(1, 2, force=True)


def test_a_job_that_kills_its_worker_is_given_up():
    row = jobs.enqueue(NAME)
    for _attempt in range(jobs.MAX_ATTEMPTS):
        jobs.claim(row.pk)
        Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert jobs.run_now(row.pk).state == JobState.FAILED
    assert calls == []


def test_it_stops_where_it_was_asked_to():
    row = jobs.enqueue(NAME)
    held = jobs.claim(row.pk)
    jobs.cancel(row.pk)
    with pytest.raises(jobs.JobCancelled):
        jobs.Progress(held.pk, held.fence)(1, 2, force=True)


def test_one_that_has_not_begun_is_cancelled_at_once():
    row = jobs.enqueue(NAME)
    jobs.cancel(row.pk)
    assert jobs.run_now(row.pk).state == JobState.CANCELLED
    assert calls == []


def test_a_key_makes_it_unique_while_it_waits():
    assert jobs.enqueue(NAME, key="night").pk == jobs.enqueue(NAME, key="night").pk


def test_a_finished_key_is_started_again():
    row = jobs.run_now(jobs.enqueue(NAME, key="night", to=1).pk)
    again = jobs.enqueue(NAME, key="night", to=2)
    assert again.pk == row.pk
    assert jobs.run_now(again.pk).result == {"counted": 2}


def test_a_running_key_runs_once_more_when_it_ends(quiet):
    row = jobs.enqueue(NAME, key="night")
    held = jobs.claim(row.pk)
    jobs.enqueue(NAME, key="night")
    assert jobs._run(held).state == JobState.QUEUED
    assert quiet == [row.pk]
    assert jobs.run_now(row.pk).state == JobState.DONE
    assert len(calls) == 2


def test_the_sweeper_wakes_what_was_forgotten_or_abandoned(quiet):
    lost, dead, fresh = (jobs.enqueue(NAME) for _row in range(3))
    Job.objects.filter(pk=lost.pk).update(wake_at=timezone.now() - dt.timedelta(minutes=5))
    jobs.claim(dead.pk)
    Job.objects.filter(pk=dead.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    quiet.clear()
    assert jobs.sweep() == 2
    assert quiet == [lost.pk, dead.pk]
    assert fresh.pk not in quiet


def test_a_broker_that_is_down_never_fails_the_change(monkeypatch):
    monkeypatch.undo()

    def refuse(*_args):
        raise ConnectionError

    monkeypatch.setattr(jobs.run_job, "delay", refuse)
    jobs.wake(jobs.enqueue(NAME).pk)

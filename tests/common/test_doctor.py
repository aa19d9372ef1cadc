import datetime as dt
import json
import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from common import doctor
from common.choices import JobState
from common.jobs import SCHEDULER_BEAT
from common.models import Job

pytestmark = pytest.mark.django_db


def finding(name: str) -> doctor.Finding:
    return next(found for found in doctor.examine() if found.name == name)


def ago(**delta) -> dt.datetime:
    return timezone.now() - dt.timedelta(**delta)


def make_job(name="x.y", state=JobState.DONE, **fields) -> Job:
    return Job.objects.create(name=name, state=state, **fields)


@pytest.fixture
def scheduler_works():
    cache.set(SCHEDULER_BEAT, timezone.now().timestamp(), None)


@pytest.fixture(autouse=True)
def room_on_disk(monkeypatch):
    usage = SimpleNamespace(total=100, used=50, free=50)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    return usage


def test_a_fresh_place_with_a_scheduler_is_well(scheduler_works):
    assert [found for found in doctor.examine() if not found.well] == []
    assert all(doctor.readiness().values())


def test_the_command_prints_a_line_each_and_ends_with_1_on_trouble(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(doctor.CHECKS) + len(settings.EXAMINATIONS)
    assert any(line.startswith("TROUBLE scheduler") for line in printed)


def test_a_scheduler_that_fell_silent_is_found():
    assert not finding("scheduler").well
    cache.set(SCHEDULER_BEAT, ago(minutes=2).timestamp(), None)
    assert "silent for 120 s" in finding("scheduler").words


def test_work_that_waits_too_long_is_found():
    make_job(state=JobState.QUEUED, created_at=ago(minutes=9))
    assert finding("queue").well
    make_job(state=JobState.QUEUED, created_at=ago(minutes=11))
    assert "oldest job waits for 11 min" in finding("queue").words
    assert doctor.readiness()["queue"] is False


def test_too_many_failures_of_a_day_are_found():
    for number in range(20):
        state = JobState.FAILED if number == 0 else JobState.DONE
        make_job(state=state, finished_at=ago(hours=1))
    assert finding("queue").well
    make_job(state=JobState.FAILED, finished_at=ago(hours=1))
    assert finding("queue").words.startswith("2 of 21 jobs")


def test_a_night_that_did_not_come_is_found():
    assert finding("night").well
    make_job(name=doctor.NIGHT, finished_at=ago(hours=25))
    assert finding("night").well
    Job.objects.update(finished_at=ago(hours=27))
    assert not finding("night").well
    assert doctor.readiness()["night"] is False


def test_a_first_night_that_never_ended_is_found():
    make_job(name=doctor.NIGHT, state=JobState.RUNNING, created_at=ago(hours=30))
    assert not finding("night").well


def test_a_full_disk_is_found(room_on_disk):
    room_on_disk.free = 9
    assert "9% free" in finding("disk").words
    assert doctor.readiness()["disk"] is False


def test_a_late_backup_is_found_where_backups_are_made(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert finding("backup").well
    stamp = {"at": ago(hours=27).isoformat(), "digest": ""}
    doctor.backup_stamp().write_text(json.dumps(stamp))
    assert "late" in finding("backup").words
    assert doctor.readiness()["backup"] is False


def test_debugging_in_the_open_is_trouble(settings):
    settings.DEBUG = True
    assert "DEBUG" in finding("configuration").words


def test_a_check_that_cannot_run_is_trouble_and_no_crash(monkeypatch):
    def broken(path):
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", broken)
    assert finding("disk") == doctor.Finding("disk", False, "cannot be checked: OSError")


def test_a_broker_that_is_away_is_trouble(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert "does not answer" in finding("broker").words

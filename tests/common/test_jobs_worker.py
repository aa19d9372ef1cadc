"""Accepted work is done once, whatever dies: real processes, a real Redis of our own."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from common import jobs
from common.choices import JobState
from common.models import Job
from tests import services
from tests.common.test_processes import Up, until

pytestmark = pytest.mark.django_db(transaction=True)
NOTE, SLOWLY = "tests.common.effects.note", "tests.common.effects.note_slowly"


def database_url() -> str:
    """The test database, for processes that know nothing of tests."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return services.with_database(
        os.environ["KAMHUB_TEST_DATABASE_URL"], connection.settings_dict["NAME"]
    )


class Running(Up):
    def __init__(self, folder: Path, broker: str):
        self.broker = broker
        super().__init__(folder)

    def start(self):
        self.env["DATABASE_URL"] = database_url()
        if self.broker:
            self.env["CELERY_BROKER_URL"] = self.broker
        return super().start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


@pytest.fixture
def note(tmp_path):
    return tmp_path / "effects"


def lines(path: Path) -> list[str]:
    return path.read_text().split("\n")[:-1] if path.exists() else []


def enqueue(path: Path, count: int, name: str = NOTE, **kwargs) -> None:
    with transaction.atomic():
        for number in range(count):
            jobs.enqueue(name, path=str(path), line=str(number), **kwargs)


def unfinished() -> int:
    return Job.objects.unfinished().count()


@pytest.fixture
def redis_port():
    return services.free_port()


@pytest.fixture
def broker(redis_port, settings, monkeypatch):
    """Publish to a Redis of our own, as a configured web process would."""
    from kamhub.celery import app  # noqa: PLC0415

    url = f"redis://127.0.0.1:{redis_port}/0"
    monkeypatch.setattr(app.conf, "broker_url", url)
    monkeypatch.setattr(app.conf, "broker_read_url", url)
    monkeypatch.setattr(app.conf, "broker_write_url", url)
    return url


def seconds_to_enqueue(path: Path) -> float:
    begun = time.monotonic()
    enqueue(path, 1)
    return time.monotonic() - begun


def test_a_save_does_not_wait_for_a_broker_that_hangs(broker, note, monkeypatch):
    with socket.socket() as silent:  # takes the connection, never answers
        silent.bind(("127.0.0.1", int(broker.rsplit(":", 1)[1].split("/")[0])))
        silent.listen()
        assert min(seconds_to_enqueue(note) for _ in range(3)) < 5  # a hang would last for minutes
    assert unfinished() == 3


def test_a_save_succeeds_at_once_while_the_broker_is_down(broker, note):
    assert min(seconds_to_enqueue(note) for _ in range(3)) < 5
    assert unfinished() == 3


@pytest.mark.heavy
@pytest.mark.parametrize("embedded", [True, False])
def test_work_is_done_by_the_processes_of_make_run(tmp_path, note, redis_port, embedded):
    with services.own_redis(redis_port) as redis:
        enqueue(note, 20)  # before anything runs, and with no broker to tell
        up = Running(tmp_path / "data", "" if embedded else redis.url).ready()
        try:
            assert until(lambda: unfinished() == 0, 60), up.log.read_text()
        finally:
            up.stop()
    assert sorted(lines(note), key=int) == [str(number) for number in range(20)]


@pytest.mark.heavy
def test_nothing_is_lost_when_redis_is_flushed_and_killed(tmp_path, note, broker, redis_port):
    count = 300
    with services.own_redis(redis_port) as redis:
        up = Running(tmp_path / "data", broker).ready()
        enqueue(note, count)
        services.redis_client.from_url(redis.url).flushall()
        redis.process.kill()
        redis.process.wait()
    try:
        enqueue(note, 5, SLOWLY, seconds=0.1)  # accepted while Redis is away
        with services.own_redis(redis_port):
            assert until(lambda: unfinished() == 0, 300), up.log.read_text()
    finally:
        up.stop()
    done = [line for line in lines(note) if not line.startswith("begun")]
    assert len(done) == count + 5
    assert Job.objects.filter(state=JobState.DONE).count() == count + 5


@pytest.mark.heavy
def test_a_killed_workers_job_is_finished_by_the_next_one(tmp_path, note):
    up = Running(tmp_path / "data", "").ready()
    try:
        enqueue(note, 1, SLOWLY, seconds=20)
        assert until(lambda: lines(note) == ["begun 0"], 60)
        os.killpg(up.child(" worker "), signal.SIGKILL)
        assert until(lambda: unfinished() == 0, 180), up.log.read_text()
    finally:
        up.stop()
    assert lines(note) == ["begun 0", "begun 0", "0"]
    assert Job.objects.get().attempts == 2

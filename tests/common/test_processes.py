"""All processes or none: real children, real signals."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from tests import services

pytestmark = pytest.mark.own_engine
STARTUP = 240  # an empty database is migrated first


def alive(pid: int) -> bool:
    with suppress(OSError):
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return status != "Z"
    return False


def children_of(pid: int) -> dict[int, str]:
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
    return found


def family(pid: int) -> dict[int, str]:
    found = children_of(pid)
    for child in list(found):
        found |= family(child)
    return found


def until(condition, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


class Up:
    """`manage.py up` on a folder and port of its own."""

    def __init__(self, folder: Path):
        self.port = services.free_port()
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.endswith("_URL")},
            "DJANGO_SETTINGS_MODULE": "kamhub.settings",
            "KAMHUB_DATA": str(folder),
            "PORT": str(self.port),
        }
        self.folder = folder
        self.log = folder / "up.log"
        folder.mkdir(exist_ok=True)
        self.process = self.start()

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=settings.BASE_DIR,
            env=self.env,
            stdout=self.log.open("a"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def answers(self) -> bool:
        with suppress(OSError):
            url = f"http://127.0.0.1:{self.port}/health"
            return urllib.request.urlopen(url, timeout=1).status == 200
        return False

    def ready(self) -> "Up":
        assert until(self.answers, STARTUP), self.log.read_text()
        assert until(lambda: len(children_of(self.process.pid)) == 3, 5)
        return self

    def child(self, word: str) -> int:
        return next(pid for pid, line in children_of(self.process.pid).items() if word in line)


@pytest.fixture
def up(tmp_path):
    started = Up(tmp_path / "data")
    yield started
    for pid in [*family(started.process.pid), started.process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    started.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_ends_all_of_it(up, number):
    pids = [*family(up.ready().process.pid), up.process.pid]
    assert len(pids) >= 5
    up.process.send_signal(number)
    assert up.process.wait(timeout=20) == 0, up.log.read_text()
    assert not [pid for pid in pids if alive(pid)]


@pytest.mark.heavy
def test_the_children_end_when_the_parent_is_killed(up):
    pids = list(family(up.ready().process.pid))
    up.process.kill()
    assert until(lambda: not [pid for pid in pids if alive(pid)], 12)


@pytest.mark.heavy
@pytest.mark.parametrize("word", ["gunicorn", " worker ", " beat "])
def test_a_child_that_dies_is_started_again(up, word):
    first = up.ready().child(word)
    os.killpg(first, signal.SIGKILL)
    assert until(
        lambda: any(
            word in line for pid, line in children_of(up.process.pid).items() if pid != first
        ),
        15,
    )
    assert until(up.answers, STARTUP)


@pytest.mark.heavy
def test_a_second_start_in_the_same_place_is_refused_in_words(up):
    up.ready()
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=settings.BASE_DIR,
        env=up.env,
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert "already running" in second.stderr


@pytest.mark.heavy
def test_a_second_start_prepares_nothing_anew(up):
    up.ready().process.terminate()
    up.process.wait(timeout=20)
    collected = up.folder / "static" / ".collected"
    before = collected.stat().st_mtime_ns
    up.process = up.start()
    assert until(up.answers, STARTUP), up.log.read_text()
    assert up.log.read_text().count("Preparing the database") == 1
    assert collected.stat().st_mtime_ns == before


def test_a_taken_port_is_said_with_a_way_out(tmp_path):
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {**os.environ, "KAMHUB_DATA": str(tmp_path), "PORT": str(port)}
        env["DJANGO_SETTINGS_MODULE"] = "kamhub.settings"
        done = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"PORT={port + 1} make run" in done.stderr

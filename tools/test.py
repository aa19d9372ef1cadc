"""The test runs behind make: which servers they get, in which order, and one verdict."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psycopg2  # noqa: E402
import redis  # noqa: E402

from tests import services  # noqa: E402

PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=20", "--durations-min=2"]
WORKERS = ["-n", "2", "--dist", "worksteal"]  # the long ones begin: tests/conftest.py


def run(title: str, command: list[str], env: dict[str, str] | None = None) -> bool:
    print(f"\n== {title}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}).returncode
    print(f"-- {title}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - begun:.0f} s")
    return code == 0


@contextlib.contextmanager
def production_like():
    """PostgreSQL and Redis, as environment for tests/settings.py; what we made there is removed."""
    with services.postgres() as database, services.redis() as broker:
        with psycopg2.connect(database.url) as connection:
            print(
                f"\nPostgreSQL {connection.server_version // 10000} ({database.origin}),", end=" "
            )
        print(f"Redis {redis.from_url(broker.url).info()['redis_version']} ({broker.origin})")
        try:
            yield {
                "KAMHUB_TEST_DATABASE_URL": database.url,
                "KAMHUB_TEST_CELERY_BROKER_URL": broker.url,
                "KAMHUB_TEST_CACHE_URL": broker.url,
                "KAMHUB_TEST_RUN": services.NAME,
            }
        finally:
            services.forget_databases(database, services.NAME)
            services.forget_keys(broker, services.NAME)


def test(*chosen: str) -> bool:
    results = [run("checks", [sys.executable, "tools/check.py"])]
    results.append(run("tests on SQLite", [*PYTEST, *WORKERS, *chosen]))
    with production_like() as env:
        results.append(run("tests on PostgreSQL and Redis", [*PYTEST, *WORKERS, *chosen], env))
    browser = {"CHROMIUM": services.chromium()}
    results.append(run("tests in Chromium", [*PYTEST, *WORKERS, "-m", "browser"], browser))
    return all(results)


def heavy(*chosen: str) -> bool:
    """The tests marked heavy, and every property test with many more examples."""
    profile = {"HYPOTHESIS_PROFILE": "heavy"}
    results = [
        run(
            "heavy tests on SQLite",
            [*PYTEST, *WORKERS, "-m", "heavy or hypothesis", *chosen],
            profile,
        )
    ]
    with production_like() as env:
        command = [*PYTEST, *WORKERS, "-m", "heavy or hypothesis", *chosen]
        results.append(run("heavy tests on PostgreSQL and Redis", command, {**env, **profile}))
    return all(results)


def postgres(*chosen: str) -> bool:
    with production_like() as env:
        return run("tests on PostgreSQL and Redis", [*PYTEST, *chosen], env)


def acceptance(*chosen: str) -> bool:
    ledger = (ROOT / os.environ.get("LEDGER", "")).resolve()  # the Makefile knows where to look
    if not ledger.is_file():
        print(f"ACCEPTANCE NOT RUN: there is no ledger at {ledger}")
        return True
    command = [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "acceptance", *chosen]
    return run(f"acceptance with {ledger.name}", command, {"LEDGER": str(ledger)})


def bench(*chosen: str) -> bool:
    with services.own_postgres(services.DURABLE) as database:
        return run(
            "benchmarks on PostgreSQL",
            [sys.executable, "-m", "tests.bench.run", *chosen],
            {"KAMHUB_TEST_DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )


def screenshots(*chosen: str) -> bool:
    return run("screenshots", [sys.executable, "-m", "tests.browser.screenshots", *chosen])


if __name__ == "__main__":
    kind, *rest = sys.argv[1:] or ["test"]
    kinds = {f.__name__: f for f in (test, heavy, postgres, acceptance, bench, screenshots)}
    try:
        sys.exit(0 if kinds[kind](*rest) else 1)
    except services.Unavailable as problem:
        sys.exit(f"FAILED: {problem}")

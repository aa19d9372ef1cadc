"""What every test may ask for, and the rules no test may break: no skips in CI, no network."""

import contextlib
import datetime as dt
import ipaddress
import os
import socket
from contextlib import contextmanager

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation

from common.choices import JobState
from common.jobs import run_now
from common.models import Job
from people.models.company import company_known
from tests.cast import make_account, make_cast, signed_in
from tests.prepared import prepared_sqlite

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs a loop here
hypothesis.settings.register_profile("default", deadline=None, max_examples=40)
ON_POSTGRES = "KAMHUB_TEST_DATABASE_URL" in os.environ
# Each run draws anew: what one misses, a later one finds.
MANY = 200 if ON_POSTGRES else 500
hypothesis.settings.register_profile("heavy", deadline=None, max_examples=MANY)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

IN_CI = os.environ.get("CI") == "true"
really_connect = socket.socket.connect


def connect_here_only(self, address):
    """Nothing we run talks to the world by itself."""
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = address[0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test tried to reach {host}")
    return really_connect(self, address)


socket.socket.connect = connect_here_only


really_flush = type(connection.ops).sql_flush


def flush_what_is_only_added_to(self, style, tables, **kwargs):
    """SQLite has no TRUNCATE: its triggers step aside while a test's rows are thrown away."""
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    aside = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
    return aside + really_flush(self, style, tables, **kwargs) + [sql for _name, sql in triggers]


if connection.vendor == "sqlite":
    type(connection.ops).sql_flush = flush_what_is_only_added_to


def pytest_configure(config):
    config.stash[SKIPPED] = []


SKIPPED = pytest.StashKey[list]()
LONGEST = ("test_access_matrix.py", "test_leaks.py", "test_hiring_story.py")


def is_pure_property(item) -> bool:
    """A property of code that asks no database: many examples on one engine say it all."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        item.fixturenames
    )
    return "hypothesis" in item.keywords and item.cls is None and not asks


def is_said_by_sqlite(item) -> bool:
    """What SQLite's run has said for both engines is not said again on PostgreSQL."""
    is_heavy = hypothesis.settings.get_current_profile_name() == "heavy"
    return bool(item.get_closest_marker("own_engine")) or (is_heavy and is_pure_property(item))


def pytest_collection_modifyitems(config, items):
    """The longest begin, so that no worker ends with one while the other has nothing left."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if ON_POSTGRES:
        config.hook.pytest_deselected(items=[item for item in items if is_said_by_sqlite(item)])
        items[:] = [item for item in items if not is_said_by_sqlite(item)]


BEGUN = dt.datetime.now(dt.UTC).date()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Tests know today from when they were read: a run that passes midnight stays on its day."""
    if dt.datetime.now(dt.UTC).date() == BEGUN:
        return (yield)
    with time_machine.travel(dt.datetime.combine(BEGUN, dt.time(12), dt.UTC)):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    """In CI a skipped test is a failure: it would hide a missing server or browser."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if IN_CI and skipped:
        reporter.write_line(f"\n{len(skipped)} skipped: not allowed in CI", red=True)
        session.exitstatus = 1


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """In place of pytest-django's: on SQLite from a file migrated before (tests/prepared.py)."""
    database = settings.DATABASES["default"]
    is_file = database["ENGINE"].endswith("sqlite3")  # in a folder that goes with the process
    prepared = prepared_sqlite(database["TEST"]["NAME"]) if is_file else contextlib.nullcontext()
    with django_db_blocker.unblock(), prepared:
        made = setup_databases(0, interactive=False, keepdb=is_file, serialized_aliases=())
    yield
    # A thread of some test may hold the database a moment longer; tools/test.py drops what is left.
    with django_db_blocker.unblock(), contextlib.suppress(OperationalError):
        teardown_databases(made, 0, keepdb=is_file)


@pytest.fixture(autouse=True)
def fresh_cache():
    """No test inherits another's counters or pages."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_locale():
    """A request leaves its reader's zone and language in the thread; the next test starts plain."""
    timezone.deactivate()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def run_jobs(db):
    """Call it to run what is queued, and what that queues, in this process; returns the rows.

    A failed job fails the test unless `failures=True`.
    """

    def run(*, failures: bool = False) -> list[Job]:
        done = []
        while row := Job.objects.filter(state=JobState.QUEUED).order_by("id").first():
            done.append(run_now(row.pk))
            if done[-1].state == JobState.FAILED and not failures:
                raise AssertionError(f"{row.name}: {done[-1].error}")
        return done

    return run


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    return _as_in_a_request(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    return _as_in_a_request(django_assert_max_num_queries)


def _as_in_a_request(count):
    """What a page reads is counted as the page counts it: it has read its company already."""

    @contextmanager
    def counting(*args, **kwargs):
        with company_known(), count(*args, **kwargs) as captured:
            yield captured

    return counting


@pytest.fixture
def cast(db):
    """One person of each role, in two teams (tests/cast.py)."""
    return make_cast()


@pytest.fixture
def account(cast):
    return make_account("Hansa", owner=cast.karl)


@pytest.fixture
def reader():
    """Call it with a user: a client signed in as them."""
    return signed_in

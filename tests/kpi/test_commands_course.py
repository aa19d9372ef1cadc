"""What the nights keep of the course of health."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection

from common import dbops
from kpi.commands.course import LOCK, falls, forget_course
from kpi.commands.health import refresh_accounts
from kpi.models import KeptCourse
from tests.kpi.health import DAY, day_before
from tests.kpi.test_queries_health_course import fell, move

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)


@pytest.fixture
def fallen(account):
    move(account, day_before(40), 900)
    move(account, DAY, 700)
    return account


def test_the_next_night_goes_on_from_what_was_kept(fallen):
    assert falls(day=DAY) == fell(DAY)
    move(fallen, DAY + ONE, 890)
    assert falls(day=DAY + ONE) == fell(DAY + ONE) == {}
    assert KeptCourse.objects.get().day == DAY + ONE


@pytest.mark.parametrize("other", [{"version": "health-0"}, {"day": DAY + ONE}])
def test_another_version_or_a_later_day_is_read_anew(fallen, other):
    falls(day=DAY)
    KeptCourse.objects.update(packed=b"", **other)
    assert falls(day=DAY) == fell(DAY)
    assert (KeptCourse.objects.get().day, bool(KeptCourse.objects.get().packed)) == (DAY, True)


@contextmanager
def held_by_another(name: str) -> Iterator[None]:
    """In a thread, because a session may take its own lock twice."""
    taken, done = Event(), Event()

    def hold() -> None:
        with dbops.exclusive(name):
            taken.set()
            done.wait(10)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert taken.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_nothing_is_kept_while_somebody_writes_the_history(fallen):
    with held_by_another(LOCK):
        assert falls(day=DAY) == fell(DAY)
    assert not KeptCourse.objects.exists()


def test_a_history_that_is_written_before_the_kept_day_forgets_it(fallen):
    falls(day=DAY)
    forget_course(after=DAY)
    assert KeptCourse.objects.exists()
    refresh_accounts([fallen.pk], day=DAY - ONE)
    assert not KeptCourse.objects.exists()

"""Days that go by: at every stop all that the schedule would start is run, jobs too."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.utils.module_loading import import_string

ZONE = ZoneInfo("Europe/Berlin")  # two of its days a year have 23 or 25 hours
NIGHT = (dt.time(0, 1), dt.time(5, 5))  # a date begins; the night is over and news are told
MORNING, NOON = dt.time(9, 0), dt.time(12, 0)


@contextmanager
def at(day: dt.date, time: dt.time) -> Iterator[None]:
    with time_machine.travel(dt.datetime.combine(day, time, ZONE), tick=False):
        yield


def tick(run_jobs: Callable) -> None:
    """Everything of the schedule once, then what is queued by it."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        import_string(entry["task"])()
    run_jobs()


def sleep(day: dt.date, run_jobs: Callable) -> None:
    """From midnight to the morning of `day`."""
    for time in NIGHT:
        with at(day, time):
            tick(run_jobs)

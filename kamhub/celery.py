"""Celery only wakes workers: what must not be lost is a row of common.Job first."""

import ctypes
import gc
import os
from contextlib import suppress

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamhub.settings")

app = Celery("kamhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")

M_MMAP_THRESHOLD, LARGE = -3, 4 << 20  # of glibc's malloc.h; bytes


@worker_process_init.connect
def keep_still(**_signal) -> None:
    """What was imported stays as long as the worker: a long job need not search it for waste again
    and again, which cost a night a fifth of its own time. Large columns go back to the system at
    once when a part of the night has done with them; glibc would keep their place for others."""
    gc.collect()
    gc.freeze()
    with suppress(AttributeError):  # another C library has its own ways
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)

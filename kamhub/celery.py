"""Celery only wakes workers: what must not be lost is a row of common.Job first."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamhub.settings")

app = Celery("kamhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@worker_process_init.connect
def keep_still(**_signal) -> None:
    """What was imported stays as long as the worker: a long job need not search it for waste again
    and again, which cost a night a fifth of its own time."""
    gc.collect()
    gc.freeze()

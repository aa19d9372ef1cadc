"""Celery only wakes workers: what must not be lost is a row of common.Job first."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamhub.settings")

app = Celery("kamhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")

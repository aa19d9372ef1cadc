"""What a worker does before its first job."""

import gc

import pytest
from celery.signals import worker_process_init

from kamhub.celery import app


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_a_worker_does_not_search_what_it_imported_for_waste():
    worker_process_init.send(sender=app)
    assert gc.get_freeze_count() > 0

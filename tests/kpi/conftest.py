"""The demo company, written once for all tests of a module that only read it or undo themselves."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone


@pytest.fixture(scope="module")
def severpack_rows(django_db_setup, django_db_blocker):
    """Inside a transaction that is rolled back; each test's own lies within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command(
            "seed_demo", accounts=40, months=30, as_of=timezone.localdate(), stdout=StringIO()
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def severpack(severpack_rows, db):
    """Severpack with 40 customers and 30 months."""

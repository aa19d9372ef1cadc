"""Books of customers that several modules read: the demo company, written once, and a small one."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import ExternalId, Source
from tests.cast import make_account, make_cast
from tests.kpi.facts import DAY, make_day


@pytest.fixture(scope="module")
def severpack_rows(django_db_setup, django_db_blocker):
    """Inside a transaction that is rolled back; each test's own lies within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command(
            "seed_demo", accounts=44, months=36, as_of=timezone.localdate(), stdout=StringIO()
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def severpack(severpack_rows, db):
    """Severpack with 44 customers and 36 months."""


@pytest.fixture
def numbered_book(db):
    """Numbers 10 to 14 with 60, 25, 10, 5 and -3 in the year; the ledger began long before."""
    cast = make_cast()
    source = Source.objects.create(name="erp")
    accounts = []
    for number, net in enumerate((60, 25, 10, 5, -3), 10):
        account = make_account(owner=cast.karl if number % 2 else cast.kim)
        ExternalId.objects.create(account=account, source=source, value=str(number))
        make_day(account, DAY - dt.timedelta(days=number), Decimal(net))
        accounts.append(account)
    make_day(accounts[0], DAY - dt.timedelta(days=900), Decimal(1))
    return accounts

"""The real ledger as every check of figures needs it: imported once for a module."""

import os

import pytest
from django.core.management import call_command

from tests.acceptance.ledger import MAP
from tests.cast import make_company


@pytest.fixture(scope="module")
def ledger(django_db_setup, django_db_blocker):
    """The imported ledger, for all tests of a module; what they write into it stays for them."""
    with django_db_blocker.unblock():
        make_company(currency="GBP")
        call_command("import_ledger", os.environ["LEDGER"], map=list(MAP), verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)

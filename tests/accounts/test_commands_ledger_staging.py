import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.ledger_staging import rate_table
from accounts.models import Account, LedgerLine, Rate
from tests.accounts.books import bring
from tests.cast import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    return make_company()


def test_rates_are_exact_whole_numbers():
    Rate.objects.create(currency="USD", day=dt.date(2024, 1, 1), rate=Decimal("0.9231000001"))
    assert rate_table().rate("USD", dt.date(2024, 6, 1)) == 9_231_000_001


def test_text_survives_the_way_into_the_database():
    bring(r'C\1,2024-01-31,5,"I\t1 ""x"" Ω"', header="customer id,date,amount,document")
    assert LedgerLine.objects.get().document == r'I\t1 "x" Ω'
    assert Account.objects.get().name == "C\\1"

import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.ledger_staging import rate_table
from accounts.models import Account, LedgerLine, Product, Rate, ServiceLine
from tests.accounts.books import bring
from tests.cast import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    return make_company()


def test_rates_are_exact_whole_numbers():
    Rate.objects.create(currency="USD", day=dt.date(2024, 1, 1), rate=Decimal("0.9231000001"))
    assert rate_table().rate("USD", dt.date(2024, 6, 1)) == 9_231_000_001


def test_a_known_product_gives_its_service_line_to_a_line_without_one():
    boxes = ServiceLine.objects.create(code="boxes", names={"en": "Boxes"})
    Product.objects.create(code="P1", service_line=boxes)
    bring("C1,2024-01-31,5,P1", header="customer id,date,amount,product")
    assert LedgerLine.objects.get().service_line == boxes


def test_a_service_line_is_known_by_any_of_its_names():
    boxes = ServiceLine.objects.create(code="bx", names={"en": "Boxes", "ru": "Коробки"})
    bring(
        "C1,2024-01-31,5,КОРОБКИ",
        "C1,2024-01-31,6,boxes",
        header="customer id,date,amount,category",
    )
    assert set(LedgerLine.objects.values_list("service_line", flat=True)) == {boxes.pk}


def test_new_accounts_can_be_found_by_name_and_number():
    bring("К-17,2024-01-31,5,Молочный двор", header="customer id,date,amount,customer name")
    account = Account.objects.get()
    assert account.name == "Молочный двор"
    assert "molochnyi" in account.search_text and "к-17" in account.search_text


def test_text_survives_the_way_into_the_database():
    bring(r'C\1,2024-01-31,5,"I\t1 ""x"" Ω"', header="customer id,date,amount,document")
    assert LedgerLine.objects.get().document == r'I\t1 "x" Ω'
    assert Account.objects.get().name == "C\\1"

import pytest

from accounts.models import Account, LedgerLine, Product, ServiceLine
from tests.accounts.books import bring
from tests.cast import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    return make_company()


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

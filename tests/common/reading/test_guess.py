import pytest

from common.reading.guess import FIELDS, field_of, folded, guess_mapping


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("CustomerID", "customer"),
        ("Customer No.", "customer"),
        ("Код клиента", "customer"),
        ("ИНН", "customer"),
        ("Codice cliente", "customer"),
        ("Razón social", "customer_name"),
        ("Контрагент", "customer_name"),
        ("InvoiceDate", "date"),
        ("Дата документа", "date"),
        ("Fecha de factura", "date"),
        ("Data fattura", "date"),
        ("Сумма", "amount"),
        ("Importe", "amount"),
        ("Deal - Value", "amount"),
        ("Quantità", "quantity"),
        ("Кол-во", "quantity"),
        ("UNIT_PRICE", "unit_price"),
        ("Себестоимость", "cost"),
        ("InvoiceNo", "document"),
        ("Номер счёта", "document"),
        ("Позиция", "line"),
        ("StockCode", "product"),
        ("Артикул*", "product"),
        ("Description", "product_name"),
        ("Категория", "service_line"),
        ("Валюта", "currency"),
        ("Country/Region", "country"),
        ("Shoe size", ""),
    ],
)
def test_headers_in_four_languages(name, field):
    assert field_of(name) == field


def test_case_accents_and_marks_do_not_matter():
    assert folded("Invoice_No.") == folded("invoiceNo") == folded(" INVOICE  NO ".title())
    assert folded("Отчёт") == folded("отчет")


def test_an_amount_is_made_of_quantity_and_price():
    columns = ("InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID")
    assert guess_mapping(columns)["amount"] == "Quantity*UnitPrice"


def test_a_name_stands_in_for_a_missing_number():
    mapping = guess_mapping(("Клиент", "Товар", "Сумма", "Дата"))
    assert (mapping["customer"], mapping["product"]) == ("Клиент", "Товар")
    assert set(mapping) <= set(FIELDS)

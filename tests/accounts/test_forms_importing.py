import datetime as dt
from decimal import Decimal

import pytest

from accounts.forms.importing import LayoutForm, MapForm, RateFileForm, RateForm, map_initial
from common.reading.layout import Layout

LAYOUT = Layout(columns=("id", "day", "qty", "price", "sum"), delimiter="\t")
BASE = {
    "source": "erp",
    "default_currency": "eur",
    "customer": "id",
    "date": "day",
    "amount": "sum",
}


def test_a_layout_goes_through_the_form_unchanged():
    start = LayoutForm(layout=LAYOUT).initial
    form = LayoutForm(start, layout=LAYOUT)
    assert form.is_valid(), form.errors
    assert form.said() == {"header": True, "decimal": ".", "encoding": "utf-8", "delimiter": "\t"}


def test_a_workbook_asks_for_the_sheet_instead():
    layout = Layout(container="workbook", typed=True, sheet="B", sheets=("A", "B"))
    form = LayoutForm(layout=layout)
    assert form.initial["sheet"] == "B" and "encoding" not in form.fields


def test_a_mapping_leaves_out_nothing_said():
    form = MapForm(BASE | {"where": "id!=5\n\n sum=3 "}, layout=LAYOUT)
    assert form.is_valid(), form.errors
    assert {k: v for k, v in form.mapping().items() if v} == {
        "customer": "id", "date": "day", "amount": "sum",
    }  # fmt: skip
    assert form.options() == {
        "currency": "EUR", "date_format": "", "where": ["id!=5", "sum=3"],
        "replace_documents": False,
    }  # fmt: skip


def test_a_product_of_two_columns_needs_both():
    form = MapForm(BASE | {"amount": "*", "quantity": "qty"}, layout=LAYOUT)
    assert not form.is_valid() and "amount" in form.errors
    form = MapForm(BASE | {"amount": "*", "quantity": "qty", "unit_price": "price"}, layout=LAYOUT)
    assert form.is_valid() and form.mapping()["amount"] == "qty*price"


def test_the_form_starts_with_what_was_guessed():
    start = map_initial({"amount": "qty*price"}, {"where": ["a=1"]}, "erp", "EUR", LAYOUT.columns)
    assert (start["amount"], start["quantity"], start["unit_price"]) == ("*", "qty", "price")
    assert (start["where"], start["default_currency"]) == ("a=1", "EUR")


@pytest.mark.parametrize("field", ["customer", "date", "amount"])
def test_the_three_that_are_needed(field):
    assert field in MapForm(BASE | {field: ""}, layout=LAYOUT).errors


def test_rates_are_read_exactly():
    form = RateFileForm({"text": "usd;2024-01-31;0,9231"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == [("USD", dt.date(2024, 1, 31), Decimal("0.9231"))]
    form = RateForm({"currency": "xqx", "day": "2024-01-31", "rate": "1"})
    assert "currency" in form.errors

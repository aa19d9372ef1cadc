"""One row of a plan's file."""

from decimal import Decimal

import pytest

from common.reading.errors import Rejected
from kpi.rules.plan_rows import FIELDS, RowReader, columns_of, period_of

MEASURES = {"sales": "sales", "active": "active", "new customers": "new", "width": "width"}
READER = RowReader({name: at for at, name in enumerate(FIELDS)}, measures=MEASURES, decimal=".")
GOOD = ["Karl", "karl@example.org", "", "sales", "2027-03", "1,250.50"]


def with_cell(place, text):
    return [text if at == place else cell for at, cell in enumerate(GOOD)]


def test_a_row_is_read():
    row = READER.read(7, GOOD)
    assert (row.row, row.manager, row.measure) == (7, "Karl", "sales")
    assert (row.year, row.month, row.value) == (2027, 3, Decimal("1250.50"))


def test_without_a_measure_sales_are_meant():
    assert READER.read(1, with_cell(3, "")).measure == "sales"


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        (3, "profit", "unknown_measure"),
        (4, "", "missing"),
        (4, "soon", "not_a_period"),
        (5, "", "missing"),
        (5, "abc", "not_a_number"),
        (5, "-1", "value_negative"),
        (5, "1.23456", "value_decimals"),
        (5, "=1+1", "formula"),
        (5, "#REF!", "error_cell"),
    ],
)
def test_what_cannot_be_taken_is_named(place, text, code):
    with pytest.raises(Rejected) as caught:
        READER.read(1, with_cell(place, text))
    assert (caught.value.code, caught.value.field) == (code, FIELDS[place])


def test_a_row_without_a_manager_is_set_aside():
    with pytest.raises(Rejected, match="missing"):
        READER.read(1, ["", "", "", "sales", "2027", "1"])


def test_only_sales_have_accounts():
    with pytest.raises(Rejected, match="account_measure"):
        READER.read(1, ["Karl", "", "A-1", "active", "2027", "1"])


def test_customers_are_whole():
    with pytest.raises(Rejected, match="value_decimals"):
        READER.read(1, ["Karl", "", "", "active", "2027", "1.5"])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2027", (2027, None)),
        ("2027.0", (2027, None)),
        ("2027-03", (2027, 3)),
        ("2027/3", (2027, 3)),
        ("03.2027", (2027, 3)),
        ("3/2027", (2027, 3)),
        ("01.03.2027", (2027, 3)),
        ("2027-03-01", (2027, 3)),
        ("2027-03-01 00:00:00", (2027, 3)),
        ("2027-03-01T00:00:00", (2027, 3)),
    ],
)
def test_periods_as_people_write_them(text, period):
    assert period_of(text) == period


@pytest.mark.parametrize("text", ["27", "2027-13", "2027-00", "13.2027", "1999", "2027-03-15", "x"])
def test_what_is_no_period(text):
    with pytest.raises(Rejected, match="not_a_period"):
        period_of(text)


def test_columns_are_found_by_what_people_call_them():
    names = ("Менеджер", "E-mail", "Показатель", "Месяц", "Value, EUR or number")
    assert columns_of(names) == {"manager": 0, "email": 1, "measure": 2, "period": 3, "value": 4}
    assert columns_of(("Manager", "Account", "Year", "Plan"))["account"] == 1

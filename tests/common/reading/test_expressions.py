import pytest

from common.reading.errors import FileUnusable
from common.reading.expressions import (
    Condition,
    Source,
    parse_condition,
    parse_mapping,
    parse_source,
)

COLUMNS = ("InvoiceNo", "Quantity", "UnitPrice", "a*b", "x=y", "Сумма руб.")
FIELDS = ("amount", "customer")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Quantity", Source(1)),
        ("quantity", Source(1)),
        ("unit price", Source(2)),
        ("Quantity*UnitPrice", Source(1, 2)),
        ("Quantity × UnitPrice", Source(1, 2)),
        ("a*b", Source(3)),
        ("a*b*Quantity", Source(3, 1)),
        ("сумма руб", Source(5)),
    ],
)
def test_a_column_or_a_product_of_two(text, source):
    assert parse_source(text, COLUMNS) == source


@pytest.mark.parametrize(
    "text", ["Nothing", "Quantity*Nothing", "*", "Quantity*UnitPrice*InvoiceNo"]
)
def test_an_unknown_column_is_named(text):
    with pytest.raises(FileUnusable) as refused:
        parse_source(text, COLUMNS)
    assert "InvoiceNo" in str(refused.value)


def test_pairs_become_a_mapping():
    pairs = ["customer=InvoiceNo", "amount=Quantity*UnitPrice"]
    assert parse_mapping(pairs, COLUMNS, FIELDS) == {"customer": Source(0), "amount": Source(1, 2)}


@pytest.mark.parametrize(
    ("pair", "code"),
    [("amount", "bad_pair"), ("amount=", "bad_pair"), ("colour=Quantity", "unknown_field")],
)
def test_a_wrong_pair_is_named(pair, code):
    with pytest.raises(FileUnusable) as refused:
        parse_mapping([pair], COLUMNS, FIELDS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Quantity=5", Condition(1, "5", False)),
        ("Quantity!=5", Condition(1, "5", True)),
        ("x=y=z", Condition(4, "z", False)),
        ("x=y!=z", Condition(4, "z", True)),
        ("InvoiceNo=", Condition(0, "", False)),
        ("InvoiceNo!=", Condition(0, "", True)),
    ],
)
def test_conditions(text, condition):
    assert parse_condition(text, COLUMNS) == condition


@pytest.mark.parametrize(("text", "code"), [("what", "bad_condition"), ("no=5", "unknown_column")])
def test_a_wrong_condition_is_named(text, code):
    with pytest.raises(FileUnusable) as refused:
        parse_condition(text, COLUMNS)
    assert refused.value.code == code


def test_a_condition_holds_for_the_trimmed_cell():
    assert Condition(0, "5", False).holds(" 5 ") and not Condition(0, "5", True).holds("5")

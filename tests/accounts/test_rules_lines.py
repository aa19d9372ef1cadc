import datetime as dt
import time

import pytest

from accounts.rules.lines import Line, LineReader, Terms, status_of
from common.reading.errors import Reject
from common.reading.expressions import Condition, Source

COLUMNS = ("customer", "date", "amount", "document", "line", "product", "quantity", "price", "cost",
           "currency", "status")  # fmt: skip
ROW = ["C1", "2024-01-31", "5.005", "I1", "7", "P1", "3", "1.005", "2", "", ""]


def reader(**more):
    fields = more.pop("fields", ("customer", "date", "amount", "document", "line", "product"))
    values = {
        "mapping": {name: Source(COLUMNS.index(name)) for name in fields},
        "decimal": ".", "orders": {1: "ymd"}, "whole": frozenset(), "where": (),
        "currency": "EUR", "currencies": frozenset({"EUR", "JPY", "KWD"}),
        "exponents": {"EUR": 2, "JPY": 0, "KWD": 3}.__getitem__, "latest": dt.date(2030, 1, 1),
    }  # fmt: skip
    return LineReader(Terms(**values | more))


def read(*rows, **more):
    return list(reader(**more).lines(enumerate(rows, 2)))


def row(**cells):
    return [cells.get(name, value) for name, value in zip(COLUMNS, ROW, strict=True)]


def test_a_row_becomes_a_line():
    (line,) = read(ROW)
    assert isinstance(line, Line)
    assert line[:6] == ("I1", "7", dt.date(2024, 1, 31), "C1", "P1", "")
    assert (line.amount, line.currency, line.status) == (50_100, "EUR", "invoiced")


def test_an_amount_may_be_a_product_and_is_rounded_once():
    (line,) = read(ROW, mapping={
        "customer": Source(0), "date": Source(1), "amount": Source(6, 7), "quantity": Source(6),
    })  # fmt: skip
    assert (line.amount, line.quantity) == (30_200, "3")
    (line,) = read(ROW, fields=("customer", "date", "quantity"), mapping={
        "customer": Source(0), "date": Source(1), "quantity": Source(6), "unit_price": Source(7),
    })  # fmt: skip
    assert line.amount == 30_200


@pytest.mark.parametrize(("currency", "amount"), [("JPY", 50_000), ("KWD", 50_050), ("", 50_100)])
def test_each_currency_has_its_own_smallest_coin(currency, amount):
    (line,) = read(row(currency=currency), fields=(*COLUMNS[:6], "currency"))
    assert line.amount == amount


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"customer": " "}, "customer", "missing"),
        ({"customer": "7,7E+09"}, "customer", "scientific_id"),
        ({"date": ""}, "date", "missing"),
        ({"date": "31.02.2024"}, "date", "ambiguous_date"),
        ({"date": "2031-01-01"}, "date", "date_out_of_range"),
        ({"amount": "NaN"}, "amount", "not_finite"),
        ({"amount": ""}, "amount", "missing"),
        ({"document": "x" * 81}, "document", "too_long"),
        ({"customer": "Итого:", "date": ""}, "date", "total_row"),
        ({"quantity": "x"}, "quantity", "not_a_number"),
        ({"cost": "1e400"}, "cost", "scientific"),
        ({"currency": "XXQ"}, "currency", "unknown_currency"),
    ],
)
def test_a_row_that_cannot_be_taken_names_field_reason_and_value(cells, field, code):
    (reject,) = read(row(**cells), fields=(*COLUMNS[:7], "cost", "currency"))
    assert isinstance(reject, Reject)
    assert (reject.row, reject.field, reject.code) == (2, field, code)
    assert reject.value == cells[field][:200]


def test_a_short_row_is_told_from_an_empty_cell():
    (reject,) = read(ROW[:2])
    assert (reject.field, reject.code) == ("amount", "short_row")
    (line,) = read(ROW[:5])
    assert line.product == ""


def test_a_line_that_comes_twice_is_set_aside():
    first, second = read(ROW, row(amount="6"))
    assert isinstance(first, Line) and second.code == "duplicate_line"


def test_positions_count_every_row_of_the_document():
    mapping = {"customer": Source(0), "date": Source(1), "amount": Source(2), "document": Source(3)}
    where = (Condition(0, "C2", True),)
    found = read(ROW, row(customer="C2"), row(customer=""), row(document="I2"), ROW,
                 mapping=mapping, where=where)  # fmt: skip
    assert [(one.document, one.line) for one in found if isinstance(one, Line)] == [
        ("I1", "1"), ("I2", "1"), ("I1", "4"),
    ]  # fmt: skip


def test_an_empty_document_falls_back_to_the_row_number():
    (line,) = read(row(document=""))
    assert (line.document, line.line) == ("2", "1")


def test_the_digest_tells_content_and_nothing_else():
    same, other = read(ROW)[0].digest, read(row(amount="5.01"))[0].digest
    assert same == read(row(status="paid"))[0].digest == other
    assert same != read(row(amount="5.02"))[0].digest
    assert same != read(row(customer="C2"))[0].digest


@pytest.mark.parametrize(
    ("text", "amount", "status"),
    [
        ("", 5, "invoiced"), ("", -5, "credit"), ("Paid", 5, "invoiced"), ("VOID", 5, "cancelled"),
        ("отменён", 5, "cancelled"), ("Draft", 5, "open"), ("credit note", 5, "credit"),
        ("annullata", 5, "cancelled"),
    ],
)  # fmt: skip
def test_statuses_in_four_languages(text, amount, status):
    assert status_of(text, amount) == status


def test_a_hundred_thousand_rows_are_read_in_a_blink():
    """A generous bound: a million lines must stay well under fifteen seconds of one core."""
    rows = [
        row(document=f"I{n // 5}", line=str(n % 5), amount=f"{n % 700}.25") for n in range(100_000)
    ]
    begun = time.process_time()
    assert len(read(*rows)) == 100_000
    assert time.process_time() - begun < 3

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.reading.errors import REASONS, Rejected
from common.reading.values import (
    LARGEST,
    Currencies,
    Ids,
    Names,
    Numbers,
    as_decimal,
    in_units,
    is_whole_number,
    times,
)

AMOUNTS = [
    (".", "5", "5"),
    (".", "-12.80", "-12.80"),
    (".", "+3.5", "3.5"),
    (".", "1,234.56", "1234.56"),
    (".", "1 234.56", "1234.56"),
    (".", "1'234'567.80", "1234567.80"),
    (".", "(5)", "-5"),
    (".", "(1,234.50)", "-1234.50"),
    (".", "5-", "-5"),
    (".", "\u22125", "-5"),
    (".", "- 5", "-5"),
    (".", "-", "0"),
    (".", " – ", "0"),
    (".", "\x1fn-7.25", "-7.25"),
    (",", "1 234,56", "1234.56"),
    (",", "1\u00a0234,56", "1234.56"),
    (",", "1.234,56", "1234.56"),
    (",", "1.234", "1234"),
    (",", "-0,5", "-0.5"),
    (",", "\x1fn1234.5", "1234.5"),
    (",", "000123,40", "123.40"),
    (".", "€ 12.50", "12.50"),
    (".", "12.50 EUR", "12.50"),
    (".", "-€12.50", "-12.50"),
]


@pytest.mark.parametrize(("decimal", "text", "value"), AMOUNTS)
def test_amounts_are_read_exactly(decimal, text, value):
    assert as_decimal(Numbers(decimal, "EUR")[text]) == Decimal(value)


@pytest.mark.parametrize(
    ("decimal", "text", "code"),
    [
        (".", "", "missing"),
        (".", " \u00a0 ", "missing"),
        (".", "NaN", "not_finite"),
        (".", "-Infinity", "not_finite"),
        (".", "inf", "not_finite"),
        (".", "1e400", "scientific"),
        (".", "1E5", "scientific"),
        (",", "7,70708E+09", "scientific"),
        (".", "٣٤", "foreign_digits"),
        (".", "１２", "foreign_digits"),
        (".", "½", "foreign_digits"),
        (".", "#DIV/0!", "error_cell"),
        (".", "#ЗНАЧ!", "error_cell"),
        (".", "=A1*2", "formula"),
        (".", "45 тыс.", "not_a_number"),
        (".", "abc", "not_a_number"),
        (".", "--5", "not_a_number"),
        (".", "\x1fd2024-01-31", "not_a_number"),
        (".", "\x1fb1", "not_a_number"),
        (".", "1,5", "bad_grouping"),
        (".", "1.234,56", "bad_grouping"),
        (",", "1.5", "bad_grouping"),
        (",", "1,234,567", "bad_grouping"),
        (".", "1\u00a0234'567.8", "bad_grouping"),
        (".", "1.2.3", "bad_grouping"),
        (".", "$12.50", "currency_sign"),
        (".", "GBP 12", "currency_sign"),
        (".", "1000000000001", "too_large"),
        (".", "9" * 40, "too_large"),
    ],
)
def test_what_is_no_exact_amount_is_named(decimal, text, code):
    with pytest.raises(Rejected) as rejected:
        Numbers(decimal, "EUR")[text]
    assert rejected.value.code == code
    assert str(REASONS[code])


@given(st.text(max_size=40), st.sampled_from(".,"))
@example("(", ".")
@example(")-(", ".")
@example("€", ".")
@example("\x1f", ".")
@example("\x1fn", ".")
def test_any_text_gives_a_bounded_number_or_a_reason(text, decimal):
    try:
        number = Numbers(decimal, "EUR")[text]
    except Rejected as rejected:
        assert rejected.code in REASONS
    else:
        assert abs(as_decimal(number)) <= LARGEST


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from([(".", ","), (",", ".")]))
def test_what_is_written_with_marks_is_read_back(value, marks):
    decimal, group = marks
    text = f"{value:,.4f}".replace(",", "g").replace(".", decimal).replace("g", group)
    assert as_decimal(Numbers(decimal)[text]) == value


@given(st.integers(-(10**15), 10**15), st.integers(0, 8), st.integers(0, 4))
def test_rounding_is_half_away_from_zero(digits, scale, exponent):
    units = in_units((digits, scale), exponent)
    exact = Decimal(digits).scaleb(-scale)
    expected = exact.quantize(Decimal(1).scaleb(-exponent), rounding="ROUND_HALF_UP")
    assert Decimal(units) / 10_000 == expected


def test_a_product_of_two_columns_is_exact():
    assert in_units(times((3, 0), (1005, 3)), 2) == 30_200  # 3.015 is 3.02
    assert in_units(times((-3, 0), (1005, 3)), 2) == -30_200


@pytest.mark.parametrize(
    ("whole", "text", "value"),
    [
        (True, "17850.0", "17850"),
        (False, "17850.0", "17850.0"),
        (True, "\x1fn17850", "17850"),
        (False, "  85123A ", "85123A"),
        (False, "00123", "00123"),
        (False, "a\u00a0b\x00c", "a b c"),
        (False, "", ""),
        (False, "1E5", "1E5"),
    ],
)
def test_ids_stay_as_they_are_but_for_a_zero_of_a_whole_column(whole, text, value):
    assert Ids(whole=whole)[text] == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("7,70708E+09", "scientific_id"), ("7.7E+11", "scientific_id"), ("#REF!", "error_cell"),
     ("x" * 101, "too_long")],
)  # fmt: skip
def test_an_id_that_lost_its_digits_is_refused(text, code):
    with pytest.raises(Rejected) as rejected:
        Ids()[text]
    assert rejected.value.code == code


def test_whole_numbers_are_recognised():
    assert is_whole_number("17850.0") and is_whole_number("\x1fn5") and is_whole_number("00123")
    assert not is_whole_number("17850.5") and not is_whole_number("A1") and not is_whole_number("")


def test_names_are_cut_and_cleaned():
    assert Names(5)["abcdefgh"] == "abcd…"
    assert Names()["  two\n\tlines\x00 "] == "two lines"
    assert Names()["é"] == "é"


def test_a_currency_must_be_known():
    currencies = Currencies({"EUR", "USD"}, "EUR")
    assert currencies["usd "] == "USD"
    assert currencies[""] == "EUR"
    with pytest.raises(Rejected):
        currencies["XXQ"]


def test_a_full_memory_begins_anew(monkeypatch):
    monkeypatch.setattr("common.reading.values.KEEP", 3)
    numbers = Numbers()
    assert [numbers[str(n)][0] for n in range(10)] == list(range(10))
    assert len(numbers) <= 3

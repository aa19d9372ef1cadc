from decimal import Decimal

import pytest

from common.reading.errors import Rejected
from hiring.rules.candidate_rows import RowReader

COLUMNS = ("name", "phone", "email", "country", "source", "pay_wish", "years_in_sales", "profile")


def reader(**columns) -> RowReader:
    return RowReader(
        columns or {name: place for place, name in enumerate(COLUMNS)}, decimal=",", region="DE",
        currency="EUR", countries={"italy": "IT", "it": "IT"}, sources={"linkedin": "linkedin"},
    )  # fmt: skip


def row(**cells) -> list[str]:
    return [cells.get(name, "") for name in COLUMNS]


def test_a_row_becomes_a_person():
    made = reader().read(
        7, row(name=" Jo  Berg ", phone="040 300330; 040 300331", country="Italy",
               source="LinkedIn", pay_wish="3.500,50", years_in_sales="4"),
    )  # fmt: skip
    assert made.row == 7 and made.fields["name"] == "Jo Berg"
    assert (made.fields["country"], made.fields["source"]) == ("IT", "linkedin")
    assert (made.fields["pay_wish"], made.fields["pay_currency"]) == (Decimal("3500.50"), "EUR")
    assert made.fields["years_in_sales"] == 4 and len(made.reaches) == 2


def test_blanks_say_nothing_and_missing_columns_too():
    made = reader(name=0).read(1, ["Jo"])
    assert made.fields["pay_wish"] is None and made.fields["pay_currency"] == ""
    assert made.fields["source"] == "database" and made.reaches == {}


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({}, "name", "missing"), ({"name": "x" * 161}, "name", "text_too_long"),
        ({"name": "#REF!"}, "name", "error_cell"), ({"phone": "ab"}, "phone", "not_a_phone"),
        ({"email": "ab"}, "email", "not_an_email"), ({"country": "Atlantis"}, "country",
        "unknown_value"), ({"source": "pigeon"}, "source", "unknown_value"),
        ({"pay_wish": "-5"}, "pay_wish", "not_a_number"),
        ({"years_in_sales": "99"}, "years_in_sales", "not_a_number"),
        ({"profile": "javascript:x"}, "profile", "unknown_value"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_as_written_is_set_aside_with_its_field(cells, field, code):
    given = row(**({"name": "Jo"} | cells)) if cells else row()
    with pytest.raises(Rejected) as rejected:
        reader().read(1, given)
    assert (str(rejected.value.field), rejected.value.code) == (field, code)


@pytest.mark.parametrize(
    ("written", "pay", "currency"),
    [
        ("3.500,50 €", Decimal("3500.50"), "EUR"), ("180 000,00 ₽", Decimal(180_000), "RUB"),
        ("от 100 000 руб.", Decimal(100_000), "RUB"), ("200к", Decimal(200_000), "EUR"),
        ("180,000.00", Decimal(180_000), "EUR"),
        ("150 тыс. руб.", Decimal(150_000), "RUB"), ("from $4k", Decimal(4_000), "USD"),
        ("\x1fn150000.5", Decimal("150000.5"), "EUR"),
        ("договорная", None, ""), ("—", None, ""), ("нет", None, ""),
    ],
)  # fmt: skip
def test_pay_is_read_as_people_write_it(written, pay, currency):
    fields = reader().read(1, row(name="Jo", pay_wish=written)).fields
    assert (fields["pay_wish"], fields["pay_currency"]) == (pay, currency)


@pytest.mark.parametrize(
    ("written", "years"),
    [("3 года", 3), ("7 лет", 7), ("10+", 10), ("2,5", 2), ("5 лет 3 месяца", 5), ("до 1 года", 0),
     ("1 year", 1),
     ("\x1fn12.0", 12), ("-", None)],
)  # fmt: skip
def test_years_are_read_as_people_write_them(written, years):
    made = reader().read(1, row(name="Jo", years_in_sales=written))
    assert made.fields["years_in_sales"] == years


@pytest.mark.parametrize("written", ["5-7", "с 2019", "много"])
def test_years_that_could_mean_several_are_set_aside(written):
    with pytest.raises(Rejected):
        reader().read(1, row(name="Jo", years_in_sales=written))


def test_a_word_for_nothing_is_nothing():
    made = reader().read(1, row(name="Jo", email="нет", phone="-", source="n/a", country="—"))
    assert made.reaches == {} and made.fields["source"] == "database"
    assert made.fields["country"] == ""

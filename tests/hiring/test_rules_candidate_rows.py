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

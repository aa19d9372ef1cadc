import pytest

from common.reading.cells import Cells
from common.reading.errors import Rejected
from common.reading.values import TYPED

CELLS = Cells({"name": 0, "city": 1}, {"name": 5, "city": 5})


def test_a_cell_is_seen_without_its_type_and_a_column_that_is_missing_is_blank():
    assert CELLS.value("name", [f"{TYPED}n12"]) == "12"
    assert CELLS.value("city", ["Jo"]) == CELLS.value("other", ["Jo"]) == ""


def test_a_text_stands_on_one_line():
    assert CELLS.text("name", [" J\n o "]) == "J o"


@pytest.mark.parametrize(("text", "code"), [("x" * 6, "text_too_long"), ("#REF!", "error_cell")])
def test_a_text_that_cannot_be_taken_names_its_field(text, code):
    with pytest.raises(Rejected) as rejected:
        CELLS.text("name", [text])
    assert (rejected.value.code, rejected.value.field) == (code, "name")


def test_what_a_reader_refuses_gets_the_field_too():
    def refuse(text: str) -> None:
        raise Rejected("not_a_number")

    with pytest.raises(Rejected) as rejected:
        CELLS.read_by(refuse, "city", ["Jo", "x"])
    assert rejected.value.field == "city"

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.contact_rows import RowReader, may_be_one, reaches_of
from common.reading.errors import Rejected

FIELDS = ("account", "name", "phone", "email", "languages", "reports_to", "from_date", "address")


def reader(order: str = "dmy", *, whole: bool = False) -> RowReader:
    columns = {name: place for place, name in enumerate(FIELDS)}
    return RowReader(columns, order=order, latest=dt.date(2027, 1, 1), whole=whole)


def read(*cells: str, **how):
    return reader(**how).read(2, list(cells))


def test_cells_are_read_as_they_are_meant():
    row = read(
        " Hansa ", "Anna  Berg", "040 1; 040 2", "a@b.de, c@d.de", "de, en, de", "Boris",
        "01.02.2024", "Hafen 1, 20457 Hamburg",
    )  # fmt: skip
    assert (row.account, row.name, row.reports_to) == ("Hansa", "Anna Berg", "Boris")
    assert row.since == dt.date(2024, 2, 1)
    assert row.languages == ("de", "en")
    assert row.reaches["phone"] == ("040 1", "040 2")
    assert row.reaches["email"] == ("a@b.de", "c@d.de")
    assert row.reaches["address"] == ("Hafen 1, 20457 Hamburg",)


def test_a_row_may_end_early_and_a_workbook_may_tell_the_type():
    row = read("\x1fn17850.0", "Anna", whole=True)
    assert (row.account, row.since, row.languages) == ("17850", None, ())


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        (("", "Anna"), "account", "missing"),
        (("Hansa", " "), "name", "missing"),
        (("Hansa", "x" * 161), "name", "text_too_long"),
        (("Hansa", "#NAME?"), "name", "error_cell"),
        (("1.2E+10", "Anna"), "account", "scientific_id"),
        (("Hansa", "Anna", "", "", "", "", "31.02.2024"), "from_date", "no_such_day"),
        (("Hansa", "Anna", "1" * 301), "phone", "text_too_long"),
    ],
)
def test_what_cannot_be_taken_names_its_field(cells, field, code):
    with pytest.raises(Rejected) as rejected:
        read(*cells)
    assert (rejected.value.field, rejected.value.code) == (field, code)


def test_numbers_are_compared_by_the_country_of_the_account():
    row = read("Hansa", "Anna", "040 300330; +49 40 300330", "A@B.de")
    assert reaches_of(row, "DE") == [
        ("phone", "+49 40 300330", "4940300330"), ("email", "A@B.de", "a@b.de"),
    ]  # fmt: skip
    with pytest.raises(Rejected) as rejected:
        reaches_of(read("Hansa", "Anna", "", "nobody"), "DE")
    assert (rejected.value.field, rejected.value.code) == ("email", "not_an_email")


def test_names_that_share_no_word_are_two_people():
    assert may_be_one("anna berg", "berg") and may_be_one("", "berg")
    assert not may_be_one("anna berg", "otto kern")


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_row_is_a_person_or_rejected(cells):
    try:
        assert read(*cells).name
    except Rejected as rejected:
        assert rejected.field in FIELDS

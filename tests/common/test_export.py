import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.export import FORMULA, csv_lines, plain, safe_text, write_xlsx

BLANKS = st.text(alphabet="\t\r\n \u00a0\u200b\ufeff\x01", max_size=3)


@given(BLANKS, st.sampled_from("=+-@|%＝＋－＠"), st.text(max_size=12))
def test_no_text_starts_a_formula_however_it_is_hidden(blank, sign, rest):
    cell = safe_text(blank + sign + rest)
    is_number = not FORMULA.match("'" + cell)
    assert cell.startswith("'") or is_number


@pytest.mark.parametrize("text", ["+7 (921) 123 45 67", "-12", "Vega", "", "3 %"])
def test_telephone_numbers_and_plain_words_stay(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("text", ["=1+1", " @SUM(A1)", "-2+3+cmd|' /C calc'!A0", "＝1", "+a"])
def test_formulas_get_a_quote(text):
    assert safe_text(text) == f"'{text}"


def test_values_are_written_for_machines():
    assert plain(Decimal("1234.50")) == "1234.50"
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(dt.date(2026, 3, 1)) == "2026-03-01"
    assert plain(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)) == "2026-03-01T09:00:00+00:00"
    assert (plain(None), plain(True), plain(0.5)) == ("", "1", "0.5")


PRINTABLE = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.lists(PRINTABLE, min_size=2, max_size=2), max_size=6))
def test_what_was_written_is_read_back(rows):
    text = "".join(csv_lines(["a", "b"], rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[1:] == [[safe_text(cell) for cell in row] for row in rows]


def test_a_workbook_has_numbers_dates_and_text_but_no_formula():
    file = io.BytesIO()
    rows = [["=1+1", Decimal("12.5"), dt.date(2026, 3, 1), None, True]]
    write_xlsx(file, ["A", "B", "C", "D", "E"], rows)
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "12.5" in sheet and "=1+1" in sheet

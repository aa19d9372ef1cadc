import csv
import gzip
import io
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.reading import detect, encodings
from common.reading.errors import FileUnusable
from common.reading.layout import Layout, column_letter, column_names
from common.reading.rows import open_rows

gzipped = partial(gzip.compress, mtime=0)  # equal bytes in every test process
RUSSIAN = "Клиент;Дата;Сумма\nООО «Ромашка»;31.01.2024;1 234,56\nЗАО Лютик;01.02.2024;15,00\n"
FRENCH = "client;date;montant\nCafé crème;31.01.2024;1.234,56\nGarçon & fils £;01.02.2024;15,00\n"


@pytest.fixture
def write(tmp_path):
    def write(data, encoding="utf-8", name="file"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
        return path

    return write


def rows_of(path, **said):
    layout = detect.detect(path, **said)
    with open_rows(detect.readable(path, layout), layout) as rows:
        return layout, [cells for _number, cells in rows]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "utf-8-sig", "utf-8-sig"),
        (RUSSIAN, "utf-16", "utf-16"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"').replace('"', ""), "cp866", "cp866"),
        (RUSSIAN.upper(), "cp1251", "cp1251"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH * 50, "utf-16-le", "utf-16-le"),
        (FRENCH * 50, "utf-16-be", "utf-16-be"),
        ("id,name\n1,POLKADOT £5 BAG\n2,x\n", "cp1252", "cp1252"),
    ],
)
def test_encodings_are_recognised(write, text, encoding, found):
    layout, rows = rows_of(write(text, encoding))
    assert layout.encoding == found
    assert rows[0] == next(csv.reader([text.splitlines()[1]], delimiter=layout.delimiter))


def test_one_odd_sign_in_the_last_row_decides_the_encoding(write):
    data = ("id,name\n" + "1,plain\n" * 200_000).encode() + "2,50 £\n".encode("cp1252")
    layout, rows = rows_of(write(data))
    assert layout.encoding == "cp1252"
    assert rows[-1] == ["2", "50 £"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(write, delimiter, ending):
    rows = [["name", "date", "note"], ["A, B; C", "2024-01-31", 'say "yes"'], ["D", "x", "1|2\t3"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(rows)
    layout, found = rows_of(write(text.getvalue()), header=True)
    assert layout.delimiter == delimiter
    assert found == rows[1:]


def test_a_sep_line_is_believed(write):
    layout, rows = rows_of(write("sep=|\r\ncustomer|amount\r\nA|5\r\n"))
    assert (layout.delimiter, layout.skip, layout.header) == ("|", 1, True)
    assert rows == [["A", "5"]]


def test_line_breaks_inside_quotes_belong_to_the_cell(write):
    _layout, rows = rows_of(write('customer,note\nA,"two\nlines"\nB,"a ""quoted"" word"\n'))
    assert rows == [["A", "two\nlines"], ["B", 'a "quoted" word']]


def test_a_preamble_is_passed_over(write):
    layout, rows = rows_of(
        write("Отчёт за январь;;\n\nКлиент;Дата;Сумма\nА;31.01.2024;5,00\nБ;01.02.2024;7,50\n")
    )
    assert (layout.skip, layout.columns) == (2, ("Клиент", "Дата", "Сумма"))
    assert len(rows) == 2
    assert layout.first_row == 4


def test_a_file_without_a_header_names_columns_by_letters(write):
    layout, rows = rows_of(write("A1,2024-01-31,5.00\nA2,2024-02-29,7.50\n"))
    assert (layout.header, layout.columns, len(rows)) == (False, ("A", "B", "C"), 2)


def test_repeated_and_empty_names_keep_their_place():
    assert column_names(["Тип", "", "Тип"]) == ("Тип", "B", "Тип (2)")
    assert [column_letter(n) for n in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


@pytest.mark.parametrize(
    ("cells", "decimal", "sure"),
    [
        (["1,50", "2,75"], ",", True),
        (["1.50", "2.75"], ".", True),
        (["1.234,56", "5"], ",", True),
        (["1,234.56", "5"], ".", True),
        (["1 234,5", "10,00"], ",", True),
        (["1.234", "5.678"], ".", False),
        (["1", "2"], ".", True),
    ],
)
def test_the_decimal_mark_is_decided_or_left_open(write, cells, decimal, sure):
    text = "customer;amount\n" + "".join(f"A;{cell}\n" for cell in cells)
    layout, _rows = rows_of(write(text))
    assert (layout.decimal, layout.sure_decimal) == (decimal, sure)


def test_date_orders_belong_to_columns(write):
    layout, _rows = rows_of(
        write("a;ordered;paid\nx;13.01.2024;01/13/2024\ny;01.02.2024;02/02/2024\n")
    )
    assert layout.orders == {1: "dmy", 2: "mdy"}


def test_the_survey_decides_over_all_rows(write):
    text = "customer,date\n" + "17850.0,01/02/2024\n" * 1500 + "17851.0,28/02/2024\n"
    path = write(text)
    layout = detect.detect(path)
    assert layout.orders == {1: ""}
    survey = detect.survey(path, layout, dates={1}, ids={0, 1})
    assert survey.orders == {1: "dmy"}
    assert (survey.rows, survey.whole, survey.ambiguous) == (1501, {0}, frozenset())


def test_gzip_is_recognised_by_its_bytes(write):
    layout, rows = rows_of(write(gzipped(b"customer,amount\nA,5\n"), name="list.txt"))
    assert (layout.container, rows) == ("gzip", [["A", "5"]])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 100, "empty"),
        (b"customer,date,amount\n", "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_workbook"),
        (b"%PDF-1.7", "pdf"),
        (b"Rar!\x1a", "archive"),
        (b"<html><table><tr><td>1</td></tr></table>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "html"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\x1f\x8b\x08 not really", "damaged"),
        (gzipped(b"a,b\n1,2\n" * 999)[:-20], "damaged"),
        (gzipped(gzipped(b"a,b\n1,2\n")), "nested"),
        (gzipped(b"%PDF-1.7"), "pdf"),
        (b'a,b\n1,"never closed\n' + b"x,y\n" * 50_000, "bad_quotes"),
        (b'a,b\n1,"never closed\n' + b"x,y\n" * 300, "bad_quotes"),
        (b'a,b\n1,"never closed\n' + b"x,y\n" * 3, "bad_quotes"),
        (b"a" * (3 << 20), "no_lines"),
        (gzipped(b"a" * (3 << 20)), "no_lines"),
        (b",".join([b"x"] * 600) + b"\n" + b",".join([b"1"] * 600) + b"\n", "too_wide"),
    ],
)
def test_files_that_are_no_tables_are_refused_in_a_sentence(write, data, code):
    with pytest.raises(FileUnusable) as refused:
        rows_of(write(data))
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_too_much_text_is_refused_while_unpacking(write, monkeypatch):
    monkeypatch.setattr(encodings, "MAX_TEXT", 1 << 20)
    with pytest.raises(FileUnusable) as refused:
        rows_of(write(gzipped(b"a,b\n" * (1 << 19))))
    assert refused.value.code == "too_large"


def test_too_many_rows_are_refused(write, monkeypatch):
    monkeypatch.setattr("common.reading.rows.MAX_ROWS", 10)
    with pytest.raises(FileUnusable) as refused:
        rows_of(write("customer,amount\n" + "A,5\n" * 11))
    assert refused.value.code == "too_many_rows"


def test_a_wrong_encoding_said_by_a_person_names_the_row(write):
    with pytest.raises(FileUnusable) as refused:
        rows_of(write("customer,amount\nA,5\n" * 9000 + "ж,5\n", "cp1251"), encoding="utf-8")
    assert refused.value.code == "bad_encoding"
    with pytest.raises(FileUnusable) as refused:
        rows_of(write("customer,amount\nA,5\n"), encoding="klingon")
    assert refused.value.code == "unknown_encoding"


def test_a_layout_survives_being_kept_as_json():
    layout = Layout(columns=("a", "b"), orders={1: "dmy"}, skip=3, decimal=",")
    assert Layout.from_dict(layout.as_dict()) == layout


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x1f\ufeff", exclude_categories=["Cs"]),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=15),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_writer_wrote_is_read_back(tmp_path_factory, rows, delimiter, encoding):
    path = tmp_path_factory.mktemp("rows") / "file"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows([["customer", "date", "amount"], *rows])
    layout = Layout(
        encoding=encoding, delimiter=delimiter, columns=("customer", "date", "amount"), header=True
    )
    with open_rows(path, layout) as found:
        try:
            assert [cells for _number, cells in found] == rows
        except FileUnusable:
            assert rows[-1][-1].endswith(("\n", "\r"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_layout_or_a_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "file"
    path.write_bytes(data)
    try:
        rows_of(path)
    except FileUnusable as refused:
        assert str(refused)

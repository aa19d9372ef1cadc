"""Each hostile workbook is built here, and refused quickly and cheaply."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from common import archives
from common.reading import detect
from common.reading.dates import Days
from common.reading.errors import FileUnusable, Rejected
from common.reading.rows import open_rows
from common.reading.values import Ids, Numbers, as_decimal

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'  # noqa: E501
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet(rows: str, dimension: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>'


def parts(body: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": body,
    }


def packed(path, members: dict) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def rows_of(path, **said):
    layout = detect.detect(path, **said)
    with open_rows(detect.readable(path, layout), layout) as rows:
        return layout, list(rows)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"

    def make(*rows, options=None, **formats):
        writer = xlsxwriter.Workbook(path, options or {})
        day = writer.add_format({"num_format": "dd.mm.yyyy"})
        page = writer.add_worksheet("Sales")
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(y, x, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    page.write_formula(y, x, value, None, formats.get("cached", 0))
                elif isinstance(value, str):
                    page.write_string(y, x, value)
                elif value is not None:
                    page.write(y, x, value)
        if hidden := formats.get("hidden"):
            page.set_row(hidden, None, None, {"hidden": True})
        writer.add_worksheet("Other")
        writer.close()
        return path

    return make


def test_typed_cells_keep_their_type(book):
    path = book(
        ["customer", "date", "amount"],
        [17850, dt.datetime(2024, 2, 29, 23, 59), 0.1 + 0.2],
        ["17850", "29.02.2024", "1 234,56"],
        [770708123456, dt.datetime(2024, 12, 31), "=1+1"],
        hidden=2,
        cached=2,
    )
    layout, rows = rows_of(path)
    assert (layout.container, layout.sheets, layout.columns) == (
        "workbook", ("Sales", "Other"), ("customer", "date", "amount"),
    )  # fmt: skip
    assert [number for number, _cells in rows] == [2, 3, 4]
    ids, days, numbers = Ids(whole=True), Days("dmy"), Numbers(layout.decimal)
    assert [ids[cells[0]] for _n, cells in rows] == ["17850", "17850", "770708123456"]
    assert [days[cells[1]].isoformat() for _n, cells in rows] == [
        "2024-02-29", "2024-02-29", "2024-12-31",
    ]  # fmt: skip
    assert [str(as_decimal(numbers[cells[2]])) for _n, cells in rows] == ["0.3", "1234.56", "2"]


def test_the_days_of_1904_are_read_right(book):
    path = book(["customer", "date"], ["A", dt.datetime(2024, 2, 29)], options={"date_1904": True})
    _layout, rows = rows_of(path)
    assert Days()[rows[0][1][1]] == dt.date(2024, 2, 29)


def test_an_error_or_truth_value_is_no_amount(book):
    path = book(["customer", "amount"], ["A", True], ["B", "=1/0"], ["C", 5], cached="#DIV/0!")
    _layout, rows = rows_of(path)
    reasons = []
    for _number, cells in rows[:2]:
        with pytest.raises(Rejected) as rejected:
            Numbers()[cells[1]]
        reasons.append(rejected.value.code)
    assert reasons == ["not_a_number", "missing"]


def test_another_sheet_can_be_chosen_and_an_empty_one_is_told(book):
    path = book(["customer", "amount"], ["A", 5])
    with pytest.raises(FileUnusable) as refused:
        rows_of(path, sheet="Other")
    assert refused.value.code == "empty"
    with pytest.raises(FileUnusable) as refused:
        rows_of(path, sheet="Nowhere")
    assert refused.value.code == "no_sheet"


def test_phantom_rows_end_after_a_thousand_empty_ones(tmp_path):
    path = tmp_path / "phantom.xlsx"
    cells = (
        '<row r="1"><c r="A1" t="str"><v>customer</v></c><c r="B1" t="str"><v>amount</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="90000"><c r="A90000" t="str"><v>ghost</v></c></row>'
    )
    packed(path, parts(sheet(cells)))
    assert len(rows_of(path)[1]) == 1


def test_a_lying_dimension_is_not_believed(tmp_path):
    path = tmp_path / "lying.xlsx"
    cells = (
        '<row r="1"><c r="A1" t="str"><v>customer</v></c><c r="B1" t="str"><v>amount</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2"><v>5</v></c></row>'
    )
    packed(path, parts(sheet(cells, '<dimension ref="A1:XFD1048576"/>')))
    assert len(rows_of(path)[1]) == 1


def far_cell():
    return parts(
        sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
    )


def doctype(text: str):
    return parts('<?xml version="1.0"?>' + text + sheet(""))


HOSTILE = {
    "zip_bomb_rows": (lambda: parts(sheet("<row><c><v>1</v></c></row>" * 5_000_000)), "too_large"),
    "too_dense": (lambda: parts(sheet("<row/>" * 2_000_000)), "too_dense"),
    "big_shared_string": (
        lambda: parts(sheet("")) | {"xl/sharedStrings.xml": "a" * (120 << 20)},
        "too_large",
    ),
    "many_entries": (
        lambda: parts(sheet("")) | {f"xl/x{n}.xml": "" for n in range(2_100)},
        "too_many_entries",
    ),
    "nested_archive": (lambda: parts(sheet("")) | {"xl/embeddings/a.xlsx": b"PK"}, "nested"),
    "no_workbook": (lambda: {"readme.txt": "hello"}, "archive"),
    "far_cell": (far_cell, ("too_large", "too_wide")),
    "billion_laughs": (
        lambda: doctype(
            '<!DOCTYPE lolz [<!ENTITY a "lol">'
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
            + "]>"
        ),
        "doctype",
    ),
    "quadratic": (lambda: doctype(f'<!DOCTYPE b [<!ENTITY a "{"x" * 50_000}">]>'), "doctype"),
    "external_entity": (
        lambda: doctype('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "doctype",
    ),
    "external_dtd": (lambda: doctype('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'), "doctype"),
    "parameter_entity": (
        lambda: doctype('<!doctype r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>'),
        "doctype",
    ),
    "utf16_doctype": (
        lambda: parts('<?xml version="1.0"?><!DOCTYPE r []>'.encode("utf-16").decode("latin-1")),
        "doctype",
    ),
    "empty_sheet": (lambda: parts(sheet("")), "empty"),
    "broken_xml": (lambda: parts("<worksheet><sheetData><row>"), ("empty", "damaged")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_refused(tmp_path, name):
    make, codes = HOSTILE[name]
    path = tmp_path / "hostile.xlsx"
    packed(path, make())
    with pytest.raises(FileUnusable) as refused:
        rows_of(path)
    assert refused.value.code in (codes if isinstance(codes, tuple) else (codes,))
    assert str(refused.value).endswith(".")


def test_sizes_in_the_directory_are_not_believed(tmp_path, monkeypatch):
    path = tmp_path / "liar.xlsx"
    packed(path, parts(sheet("<row/>" * 1000)))
    monkeypatch.setattr(archives, "MOST_UNPACKED", 4_000)
    data = path.read_bytes()
    true_size = len(sheet("<row/>" * 1000)).to_bytes(4, "little")
    path.write_bytes(data.replace(true_size, (10).to_bytes(4, "little")))
    with pytest.raises(FileUnusable) as refused:
        rows_of(path)
    assert refused.value.code in ("too_large", "damaged")


def test_a_sheet_beyond_the_limits_is_refused(tmp_path):
    wide = tmp_path / "wide.xlsx"
    writer = xlsxwriter.Workbook(wide)
    writer.add_worksheet().write_row(0, 0, ["x"] * 201)
    writer.close()
    with pytest.raises(FileUnusable) as refused:
        rows_of(wide)
    assert refused.value.code == "too_wide"


def test_every_truncation_ends_in_a_sentence(book, tmp_path):
    whole = book(["customer", "amount"], ["A", 5]).read_bytes()
    for cut in range(0, len(whole), max(1, len(whole) // 12)):
        path = tmp_path / f"cut{cut}.xlsx"
        path.write_bytes(whole[:cut])
        with pytest.raises(FileUnusable):
            rows_of(path)


def test_parameters_of_a_zip_with_a_password_are_refused(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts(sheet("")).items():
            archive.writestr(name, content)
    flagged = data.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )
    path = tmp_path / "locked.xlsx"
    path.write_bytes(flagged)
    with pytest.raises(FileUnusable) as refused:
        rows_of(path)
    assert refused.value.code == "damaged"

"""Tables as CSV and XLSX in which no text can start a formula and every figure stays a figure."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

# What a spreadsheet may take for a formula, whatever blank or invisible sign stands before it.
FORMULA = re.compile(r"^[\s\x00-\x20\u00a0\u200b-\u200f\u2060\ufeff]*[=+\-@|%\t\r＝＋－＠]")
PLAIN_NUMBER = re.compile(r"^[+-]?[\d\s().]*$")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_text(text: str) -> str:
    """The text with a quote before it where a spreadsheet would read a formula.

    Telephone numbers and signed numbers stay as they are.
    """
    if FORMULA.match(text) and not PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def plain(value) -> str:
    """A cell of a CSV: points for decimals, ISO dates, whatever the reader's language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int | float):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return safe_text(str(value))


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
    """CSV by RFC 4180 with a byte order mark, line by line."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([plain(str(name)) for name in header])
    for row in rows:
        yield writer.writerow([plain(value) for value in row])


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence]) -> HttpResponse:
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def write_xlsx(file: io.IOBase, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """One sheet, a row in memory at a time; text only ever by write_string."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, title in enumerate(header):
        sheet.write_string(0, column, str(title), bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, day)
    sheet.freeze_panes(1, 0)
    book.close()


def _write_cell(sheet, row: int, column: int, value, day) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, Decimal | int | float):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence]) -> HttpResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write_xlsx(file, header, rows)
    file.seek(0)
    response = FileResponse(file, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response

"""The rows of a file, one at a time, in bounded memory."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from common.reading.encodings import open_bytes
from common.reading.errors import FileUnusable
from common.reading.layout import Layout

MAX_ROWS = 2_000_000
MAX_LINES = 200  # of one cell; more means that a quotation mark never closes


@contextmanager
def open_rows(path: Path, layout: Layout):
    """Gives an iterator of `(row number, cells)` of the data rows; empty rows are passed over.

    Rows are counted from 1 as a spreadsheet shows them, header and preamble included.
    Raises FileUnusable at a row that cannot be read or beyond two million rows.
    """
    with (
        open_bytes(path, packed=layout.packed) as raw,
        io.TextIOWrapper(raw, encoding=layout.encoding, newline="") as text,
    ):
        yield _data_rows(text, layout)


def _data_rows(text: io.TextIOWrapper, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    number, line, cells = 0, 0, []
    first, last = layout.first_row, layout.first_row + MAX_ROWS
    try:
        reader = csv.reader(text, delimiter=layout.delimiter, quotechar=layout.quote)
        for number, cells in enumerate(reader, 1):
            begun, line = line, reader.line_num
            if line - begun > MAX_LINES:
                raise _open_quote(number)
            if number < first or not cells:
                continue
            if number >= last:
                raise FileUnusable(
                    "too_many_rows",
                    _("The file has more than 2,000,000 rows. Split it by year."),
                )
            yield number, cells
        if cells and cells[-1].endswith(("\n", "\r")):
            raise _open_quote(number)
    except csv.Error as error:
        raise _open_quote(number + 1) from error
    except UnicodeError as error:
        raise FileUnusable(
            "bad_encoding",
            _("Row %(row)d holds signs that are not %(encoding)s. Choose another encoding.")
            % {"row": number + 1, "encoding": layout.encoding},
        ) from error


def _open_quote(row: int) -> FileUnusable:
    return FileUnusable(
        "bad_quotes",
        _("Row %(row)d cannot be read: a quotation mark opens there and never closes.")
        % {"row": row},
    )

"""A process of its own that reads one workbook under limits and dies alone. Run by workbook.py.

Answers one JSON object. Cells are written as text; those whose type the workbook knows begin
with the sign 0x1F and a letter: n number, d date, b truth value.
"""

import csv
import importlib
import json
import os
import resource
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal

MEMORY, CPU_SECONDS = 1 << 30, 50
MAX_ROWS, MAX_COLUMNS, EMPTY_ROWS = 200_000, 200, 1_000


def cell_text(value) -> str:
    """A typed cell as text; floats as the fifteen digits a spreadsheet keeps."""
    if isinstance(value, str):
        return value.lstrip("\x1f")
    if isinstance(value, bool):
        return "\x1fb1" if value else "\x1fb0"
    if isinstance(value, int | float):
        exact = Decimal(f"{value:.15g}")
        if not exact.is_finite():
            return str(value)
        text = format(exact, "f")
        return "\x1fn" + (text.rstrip("0").rstrip(".") if "." in text else text)
    if isinstance(value, datetime | date):
        return "\x1fd" + value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return ""


def write_rows(sheet, target: str) -> dict:
    """Empty rows inside are kept as such so that row numbers stay those a person sees."""
    if sheet.end and sheet.end[1] >= MAX_COLUMNS:
        return {"error": "too_wide"}
    empty = written = 0
    with open(target + ".part", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        offset = sheet.start[0] if sheet.start else 0
        stream.write("\n" * offset)
        for row in sheet.iter_rows():
            cells = [cell_text(value) for value in row]
            if not any(cells):
                empty += 1
                if empty > EMPTY_ROWS:
                    break
                continue
            stream.write("\n" * empty)
            writer.writerow(cells)
            written, empty = written + empty + 1, 0
            if written > MAX_ROWS:
                return {"error": "too_many_rows"}
    if not written:
        return {"error": "empty"}
    os.replace(target + ".part", target)
    return {"rows": written}


def main(path: str, verb: str, *words: str) -> dict:
    sys.path.append(os.environ["SITE"])
    calamine = importlib.import_module("python_calamine")
    book = calamine.CalamineWorkbook.from_path(path)
    if verb == "sheets":
        order = sorted(
            book.sheets_metadata,
            key=lambda sheet: sheet.visible != calamine.SheetVisibleEnum.Visible,
        )
        return {"sheets": [sheet.name for sheet in order]} if order else {"error": "empty"}
    sheet, target = words
    return write_rows(book.get_sheet_by_name(sheet), target)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(main(*sys.argv[1:]), sys.stdout)

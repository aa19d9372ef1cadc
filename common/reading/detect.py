"""What a file is and how it is written, found from its bytes and never from its name."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from common.reading import guess, workbook
from common.reading.dates import OrderEvidence
from common.reading.encodings import open_bytes, scan
from common.reading.errors import FileUnusable
from common.reading.layout import DELIMITERS, Layout, column_names
from common.reading.rows import open_rows
from common.reading.values import TYPED, is_whole_number

HEADER_WITHIN = 15
SAMPLE_ROWS = 1_000
SHEETS_TRIED = 10
MAX_COLUMNS = 500
_NUMERIC = re.compile(r"[-+(]?[$€£¥₽ ]?[0-9][0-9 .,'’\u00a0\u202f]*[)\-%]?")
_DECIDES_COMMA = re.compile(
    r"[-+(]?(?:[0-9]+,[0-9]{1,2}|[0-9]+,[0-9]{4,}|0,[0-9]+"
    r"|[0-9]{1,3}(?:[. ’'\u00a0\u202f][0-9]{3})+,[0-9]+)[)-]?"
)
_DECIDES_POINT = re.compile(
    r"[-+(]?(?:[0-9]+\.[0-9]{1,2}|[0-9]+\.[0-9]{4,}|0\.[0-9]+"
    r"|[0-9]{1,3}(?:[, ’'\u00a0\u202f][0-9]{3})+\.[0-9]+)[)-]?"
)
_OPEN = re.compile(r"[-+(]?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+[)-]?")

_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "old_workbook",
        _("This is an old or a locked Excel file. Save it as .xlsx without a password, or CSV."),
    ),
    (b"%PDF", "pdf", _("This is a PDF. Export the table itself, as CSV or .xlsx.")),
    (b"7z\xbc\xaf", "archive", _("This is an archive. Unpack it and bring the file inside.")),
    (b"Rar!", "archive", _("This is an archive. Unpack it and bring the file inside.")),
    (b"BZh", "archive", _("This is an archive. Unpack it and bring the file inside.")),
    (b"\xfd7zXZ", "archive", _("This is an archive. Unpack it and bring the file inside.")),
)


def container_of(path: Path) -> str:
    """text, gzip or workbook, by the first bytes; FileUnusable for what we do not read."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise FileUnusable("empty", _("The file is empty. Export it again with its rows."))
    if head.startswith(b"\x1f\x8b"):
        _refuse_foreign(_first_unpacked(path))
        return "gzip"
    if head.startswith(b"PK"):
        return "workbook"
    _refuse_foreign(head)
    return "text"


def _first_unpacked(path: Path) -> bytes:
    try:
        with open_bytes(path, packed=True) as stream:
            head = stream.read(4096)
    except (EOFError, OSError) as error:
        raise FileUnusable(
            "damaged", _("The file is damaged or was not uploaded whole. Export it again.")
        ) from error
    if head.startswith((b"\x1f\x8b", b"PK")):
        raise FileUnusable("nested", _("A packed file inside a packed file. Unpack it once."))
    return head


def _refuse_foreign(head: bytes) -> None:
    for magic, code, sentence in _REFUSED:
        if head.startswith(magic):
            raise FileUnusable(code, sentence)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ")[:200].replace(b"\x00", b"").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<style", b"<meta")):
        raise FileUnusable(
            "html",
            _("This is a web page named like a table. Open it in a spreadsheet and save as CSV."),
        )


def readable(path: Path, layout: Layout) -> Path:
    """The file whose rows can be streamed: itself, or the text a workbook was turned into."""
    return workbook.as_text(path, layout.sheet) if layout.typed else path


def detect(path: Path, **said) -> Layout:
    """The layout of a file. `said`: encoding, delimiter, quote, header, decimal, sheet as decided
    by a person; the rest is found out."""
    container = container_of(path)
    if container == "workbook":
        return _detect_workbook(path, said)
    seen = scan(path, packed=container == "gzip", encoding=said.get("encoding", ""))
    sample = _sample_text(seen.head, seen.encoding, whole=seen.size == len(seen.head))
    delimiter, quote = _dialect(sample, said)
    layout = Layout(container=container, encoding=seen.encoding, delimiter=delimiter, quote=quote)
    return _described(path, layout, said)


def _detect_workbook(path: Path, said: dict) -> Layout:
    """The sheet a person chose, else the first that holds a table; cover pages are passed over."""
    sheets = workbook.sheets(path)
    chosen = said.get("sheet")
    if chosen and chosen not in sheets:
        raise FileUnusable("no_sheet", _("The workbook has no sheet of this name."))
    refusal = None
    for sheet in [chosen] if chosen else sheets[:SHEETS_TRIED]:
        layout = Layout(container="workbook", sheet=sheet, sheets=tuple(sheets), typed=True)
        try:
            return _described(workbook.as_text(path, sheet), layout, said)
        except FileUnusable as error:
            refusal = refusal or error
    raise refusal


def _sample_text(head: bytes, encoding: str, *, whole: bool) -> str:
    try:
        text = head.decode(encoding, "ignore")
    except LookupError as error:
        raise FileUnusable("unknown_encoding", _("There is no encoding of this name.")) from error
    if not whole:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return text[: 1 << 18] if len(text) > 1 << 18 else text


def _dialect(sample: str, said: dict) -> tuple[str, str]:
    quote = said.get("quote") or _quote(sample)
    if said.get("delimiter"):
        return said["delimiter"], quote
    if found := re.match(r"\ufeff?sep=(.)\r?\n", sample):
        return found[1], quote
    marks = {mark: _consistency(sample, mark, quote) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: marks[mark])
    return (best if marks[best] > (0.0, 0) else ","), quote


def _quote(sample: str) -> str:
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n])", sample, re.M))
    double = sample.count('"')
    return "'" if single > 10 and not double else '"'


def _consistency(sample: str, delimiter: str, quote: str) -> tuple[float, int]:
    """Share of rows that have the commonest width, and that width; (0, 0) where it is one."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
    try:
        widths = Counter(len(row) for _number, row in zip(range(500), rows, strict=False) if row)
    except csv.Error:
        return (0.0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width = max(wide, key=lambda w: (wide[w], w))
    return (round(wide[width] / widths.total(), 2), width)


def _described(text: Path, layout: Layout, said: dict) -> Layout:
    """Header, names, decimal mark and date orders from the first rows."""
    bare = replace(layout, header=False, skip=0)
    with open_rows(text, bare) as rows:
        sample = [
            (number, row) for _count, (number, row) in zip(range(SAMPLE_ROWS), rows, strict=False)
        ]
    filled = [(number, row) for number, row in sample if any(cell.strip() for cell in row)]
    if not filled:
        raise FileUnusable("empty", _("The file is empty. Export it again with its rows."))
    if max(len(row) for _number, row in filled) > MAX_COLUMNS:
        raise FileUnusable("too_wide", _("The table has more than 500 columns. Leave some out."))
    skip, header, names = _header(filled, said.get("header"))
    data = [row for number, row in filled if number > skip + header]
    if not data:
        raise FileUnusable("no_rows", _("The file has a header and no rows beneath it."))
    columns = [[row[i] for row in data if i < len(row) and row[i]] for i in range(len(names))]
    decimal, sure = _decimal(columns)
    layout = replace(
        layout,
        skip=skip,
        header=header,
        columns=names,
        orders=_orders(columns, names),
        decimal=said.get("decimal") or decimal,
        sure_decimal=sure or bool(said.get("decimal")),
    )
    return layout


def _header(
    rows: list[tuple[int, list[str]]], said: bool | None
) -> tuple[int, bool, tuple[str, ...]]:
    """Rows before the header, whether there is one, and the names of the columns."""
    width = Counter(len(_trimmed(row)) for _number, row in rows).most_common(1)[0][0]
    width = max(width, 1)
    candidates = [
        (number, row) for number, row in rows[:HEADER_WITHIN] if len(_trimmed(row)) >= 0.7 * width
    ]
    number, row = max(candidates or rows[:1], key=lambda one: (_headerness(one[1]), -one[0]))
    is_header = _headerness(row) > 0 if said is None else said
    if not is_header:
        number, row = (candidates or rows)[0]
    full = max(len(row), width)
    cells = [cell.removeprefix(TYPED + "n") for cell in row] + [""] * (full - len(row))
    if not is_header:
        cells = [""] * full
    return number - 1, is_header, column_names([guess.tidy(cell) for cell in cells])


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _headerness(row: list[str]) -> float:
    """Above zero where every cell is a word; more with each name we know."""
    cells = [cell.strip() for cell in _trimmed(row)]
    words = [cell for cell in cells if cell]
    if not words or any(_is_value(cell) for cell in words):
        return 0.0
    known = sum(bool(guess.field_of(cell)) for cell in words)
    distinct = len({word.casefold() for word in words}) / len(words)
    return distinct * len(words) / max(len(cells), 1) + known


def _is_value(cell: str) -> bool:
    if cell.startswith(TYPED) or _NUMERIC.fullmatch(cell):
        return True
    evidence = OrderEvidence()
    evidence.add(cell)
    return evidence.looks_like_dates or evidence.is_ambiguous


def _orders(columns: list[list[str]], names: tuple[str, ...]) -> dict[int, str]:
    orders = {}
    for number, texts in enumerate(columns):
        evidence = _evidence(texts)
        is_named = guess.field_of(names[number]) == "date"
        if evidence.looks_like_dates or (is_named and evidence.serial > evidence.bad):
            orders[number] = evidence.order
    return orders


def _evidence(texts: list[str]) -> OrderEvidence:
    evidence = OrderEvidence()
    for text in texts:
        evidence.add(text)
    return evidence


def _decimal(columns: list[list[str]]) -> tuple[str, bool]:
    comma = point = unsure = 0
    for texts in columns:
        plain = [text.strip() for text in texts if not text.startswith(TYPED)]
        numeric = [text for text in plain if _NUMERIC.fullmatch(text)]
        if len(numeric) < 0.6 * len(plain) or _evidence(numeric[:200]).looks_like_dates:
            continue
        comma += sum(bool(_DECIDES_COMMA.fullmatch(text)) for text in numeric)
        point += sum(bool(_DECIDES_POINT.fullmatch(text)) for text in numeric)
        unsure += sum(bool(_OPEN.fullmatch(text)) for text in numeric)
    return ("," if comma > point else "."), bool(comma or point or not unsure)


@dataclass(frozen=True)
class Survey:
    """What only all rows tell: their number, date orders, and which id columns are whole."""

    rows: int
    orders: dict[int, str]
    ambiguous: frozenset[int]
    whole: frozenset[int]


def survey(text: Path, layout: Layout, *, dates: set[int], ids: set[int]) -> Survey:
    """One pass over all rows for the columns named by their numbers."""
    evidence = {column: OrderEvidence() for column in dates}
    whole, seen = set(ids), {column: set() for column in ids}
    count = 0
    with open_rows(text, layout) as rows:
        for _number, cells in rows:
            count += 1
            for column, order in evidence.items():
                if column < len(cells):
                    order.add(cells[column])
            for column in tuple(whole):
                cell = cells[column] if column < len(cells) else ""
                if cell and cell not in seen[column]:
                    if not is_whole_number(cell):
                        whole.discard(column)
                    elif len(seen[column]) < 200_000:
                        seen[column].add(cell)
    return Survey(
        rows=count,
        orders={column: order.order for column, order in evidence.items()},
        ambiguous=frozenset(c for c, order in evidence.items() if order.is_ambiguous),
        whole=frozenset(whole),
    )

"""Workbooks (.xlsx): checked as an archive first, then read by a child process with limits.

The child turns one sheet into typed text beside the file, so that everything after it reads
rows of text only. A hostile workbook can harm nothing but the child.
"""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from common.reading.errors import FileUnusable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
SECONDS = 60
_NESTED = re.compile(r"\.(zip|xlsx|xlsm|docx|gz|7z|rar|jar)$", re.I)
_TOO_LARGE = _("The workbook unpacks to more than 100 MB. Save the sheet as CSV and bring that.")
_NO_WORKBOOK = _(
    "This is an archive without a workbook in it. Unpack it and bring the file inside."
)
_DAMAGED = _("The workbook is damaged. Open it in a spreadsheet, save it again and retry.")


def check(path: Path) -> None:
    """Refuse what no honest workbook is before it is parsed. Sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(archive, path.stat().st_size)
            unpacked = 0
            for entry in archive.infolist():
                unpacked += _check_entry(archive, entry, MAX_UNPACKED - unpacked)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise FileUnusable("damaged", _DAMAGED) from error


def _check_directory(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise FileUnusable("too_many_entries", _("The workbook has more than 2,000 parts inside."))
    if not any(name.startswith("xl/workbook") for name in names):
        raise FileUnusable("archive", _NO_WORKBOOK)
    if any(_NESTED.search(name) for name in names):
        raise FileUnusable(
            "nested", _("The workbook holds another archive. Remove what is embedded.")
        )
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise FileUnusable("too_large", _TOO_LARGE)
    if total > 1 << 20 and total > MAX_RATIO * packed:
        raise FileUnusable("too_dense", _("The workbook unpacks to more than 100 times its size."))


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Inflate one part, count its bytes and look for a document type; returns its true size."""
    size, tail = 0, b""
    is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(entry) as stream:
        while chunk := stream.read(1 << 18):
            size += len(chunk)
            if size > left:
                raise FileUnusable("too_large", _TOO_LARGE)
            flat = (tail + chunk).replace(b"\x00", b"").upper()
            if is_markup and (b"<!DOCTYPE" in flat or b"<!ENTITY" in flat):
                raise FileUnusable(
                    "doctype",
                    _("The workbook declares a document type, which no spreadsheet does."),
                )
            tail = chunk[-20:]
    return size


def sheets(path: Path) -> list[str]:
    """The names of the sheets, visible ones first."""
    check(path)
    return _run_child(path, "sheets")["sheets"]


def as_text(path: Path, sheet: str) -> Path:
    """The sheet as typed comma-separated text beside the file; made once."""
    mark = hashlib.blake2b(sheet.encode(), digest_size=6).hexdigest()
    target = path.with_name(f"{path.name}.{mark}.rows")
    if not target.exists():
        check(path)
        _run_child(path, "rows", sheet, str(target))
    return target


_CHILD_SAYS = {
    "too_many_rows": _("The sheet has more than 200,000 rows. Save it as CSV and bring that."),
    "too_wide": _("The sheet has more than 200 columns. Leave some out."),
    "empty": _("The sheet is empty. Choose another one."),
}


def _run_child(path: Path, *words: str) -> dict:
    command = [
        sys.executable,
        "-I",
        "-S",
        str(Path(__file__).with_name("workbook_child.py")),
        str(path.resolve()),
        *words,
    ]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"SITE": _site()},
        )
    except subprocess.TimeoutExpired as error:
        raise FileUnusable("too_slow", _TOO_LARGE) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        if done.returncode < 0 or b"MemoryError" in done.stderr:
            raise FileUnusable("too_large", _TOO_LARGE) from error
        raise FileUnusable("damaged", _DAMAGED) from error
    if code := answer.get("error"):
        raise FileUnusable(code, _CHILD_SAYS.get(code, _DAMAGED))
    return answer


def _site() -> str:
    import python_calamine  # noqa: PLC0415  only its place is wanted, and only here

    return str(Path(python_calamine.__file__).parents[1])

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
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from common.archives import check_archive
from common.reading.errors import FileUnusable

SECONDS = 60
_NESTED = re.compile(r"\.(zip|xlsx|xlsm|docx|gz|7z|rar|jar)$", re.I)
_TOO_LARGE = _("The workbook unpacks to more than 100 MB. Save the sheet as CSV and bring that.")
_NO_WORKBOOK = _(
    "This is an archive without a workbook in it. Unpack it and bring the file inside."
)
_DAMAGED = _("The workbook is damaged. Open it in a spreadsheet, save it again and retry.")
REFUSALS = {
    "damaged": _DAMAGED,
    "too_many_entries": _("The workbook has more than 2,000 parts inside."),
    "too_large": _TOO_LARGE,
    "too_dense": _("The workbook unpacks to more than 100 times its size."),
    "doctype": _("The workbook declares a document type, which no spreadsheet does."),
}


def check(path: Path) -> None:
    """Refuse what no honest workbook is before it is parsed."""
    size = path.stat().st_size
    check_archive(path, size, REFUSALS, error=FileUnusable, check_names=_check_names)


def _check_names(_archive: zipfile.ZipFile, names: list[str]) -> None:
    if not any(name.lower().startswith("xl/workbook") for name in names):
        raise FileUnusable("archive", _NO_WORKBOOK)
    if any(_NESTED.search(name) for name in names):
        raise FileUnusable(
            "nested", _("The workbook holds another archive. Remove what is embedded.")
        )


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

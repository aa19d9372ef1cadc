"""Office files are archives: opened far enough to know what they are, never parsed.

Sizes are counted while inflating, not believed; an archive that unfolds into a flood, declares a
document type or carries a program is refused before anybody's program opens it.
"""

import re
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from common.errors import RuleBroken

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
CHUNK = 1 << 18
# A chart brings its own small workbook; every other archive inside has no honest purpose.
NESTED = re.compile(r"\.(zip|jar|gz|7z|rar|tar|iso|xlsm|docm|pptm)$", re.I)
EMBEDDED = re.compile(r"/embeddings/[^/]+\.(xlsx|docx|pptx)$", re.I)
PROGRAMS = re.compile(
    r"(vbaproject|vbadata|/activex/|oleobject)|(^|/)basic/|\.(exe|dll|js|vbs|bat|cmd|scr|ps1|hta|lnk)$",
    re.I,
)
MARKUP = (".xml", ".rels", ".vml", ".rdf")
OPEN_XML = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
           ValueError, KeyError)  # fmt: skip


def check_office(file: BinaryIO, kind: str, size: int) -> None:
    """RuleBroken unless `file` is an honest document of that kind (docx, xlsx, pptx, odt, ods)."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive, kind, size)
            left = MOST_UNPACKED
            for entry in archive.infolist():
                left -= _check_entry(archive, entry, left)
    except DAMAGED as error:
        raise RuleBroken(
            _("The file is damaged or protected by a password. Save it again and retry.")
        ) from error


def _check_directory(archive: zipfile.ZipFile, kind: str, size: int) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        raise RuleBroken(_("The file has more than 2,000 parts inside."))
    if not _is_of_kind(archive, names, kind):
        raise RuleBroken(_("What is inside the file is not what its name says."))
    if any(NESTED.search(name) for name in names) or any(
        name.lower().endswith((".xlsx", ".docx", ".pptx")) and not EMBEDDED.search(f"/{name}")
        for name in names
    ):
        raise RuleBroken(_("The file holds another archive. Remove what is embedded."))
    if any(PROGRAMS.search(name) for name in names):
        raise RuleBroken(_("The file holds a macro or a program. Save it without."))
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED or (total > 1 << 20 and total > MOST_RATIO * size):
        raise RuleBroken(_("The file unpacks to far more than its size."))


def _is_of_kind(archive: zipfile.ZipFile, names: list[str], kind: str) -> bool:
    if kind in OPEN_XML:
        inside = any(name.startswith(OPEN_XML[kind]) for name in names)
        return inside and "[Content_Types].xml" in names
    if "mimetype" not in names or "content.xml" not in names:
        return False
    with archive.open("mimetype") as stream:
        return stream.read(200).strip() == OPEN_DOCUMENT[kind]


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Inflate one part, count its bytes and look for a document type; its true size."""
    size, tail = 0, b""
    is_markup = entry.filename.lower().endswith(MARKUP)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise RuleBroken(_("The file unpacks to far more than its size."))
            flat = (tail + chunk).replace(b"\x00", b"").upper()
            if is_markup and (b"<!DOCTYPE" in flat or b"<!ENTITY" in flat):
                raise RuleBroken(
                    _("The file declares a document type, which no honest document does.")
                )
            tail = chunk[-20:]
    return size

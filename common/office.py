"""Office documents as what they claim to be: of their kind, without programs or other archives."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from common.archives import check_archive
from common.errors import RuleBroken

# A chart brings its own small workbook; every other archive inside has no honest purpose.
NESTED = re.compile(r"\.(zip|jar|gz|7z|rar|tar|iso|xlsm|docm|pptm)$", re.I)
EMBEDDED = re.compile(r"/embeddings/[^/]+\.(xlsx|docx|pptx)$", re.I)
PROGRAMS = re.compile(
    r"(vbaproject|vbadata|/activex/|oleobject)|(^|/)basic/|\.(exe|dll|js|vbs|bat|cmd|scr|ps1|hta|lnk)$",
    re.I,
)
OPEN_XML = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_FLOOD = _("The file unpacks to far more than its size.")
REFUSALS = {
    "damaged": _("The file is damaged or protected by a password. Save it again and retry."),
    "too_many_entries": _("The file has more than 2,000 parts inside."),
    "too_large": _FLOOD,
    "too_dense": _FLOOD,
    "doctype": _("The file declares a document type, which no honest document does."),
}


def check_office(file: BinaryIO, kind: str, size: int) -> None:
    """RuleBroken unless `file` is an honest document of that kind (docx, xlsx, pptx, odt, ods)."""

    def check_names(archive: zipfile.ZipFile, names: list[str]) -> None:
        if not _is_of_kind(archive, names, kind):
            raise RuleBroken(_("What is inside the file is not what its name says."))
        if any(NESTED.search(name) for name in names) or any(
            name.lower().endswith((".xlsx", ".docx", ".pptx")) and not EMBEDDED.search(f"/{name}")
            for name in names
        ):
            raise RuleBroken(_("The file holds another archive. Remove what is embedded."))
        if any(PROGRAMS.search(name) for name in names):
            raise RuleBroken(_("The file holds a macro or a program. Save it without."))

    check_archive(
        file,
        size,
        REFUSALS,
        error=lambda _code, words: RuleBroken(words),
        check_names=check_names,
    )


def _is_of_kind(archive: zipfile.ZipFile, names: list[str], kind: str) -> bool:
    if kind in OPEN_XML:
        inside = any(name.startswith(OPEN_XML[kind]) for name in names)
        return inside and "[Content_Types].xml" in names
    if "mimetype" not in names or "content.xml" not in names:
        return False
    with archive.open("mimetype") as stream:
        return stream.read(200).strip() == OPEN_DOCUMENT[kind]

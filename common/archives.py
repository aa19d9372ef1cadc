"""Archives that claim to be documents: opened far enough to know what they are, never parsed.

Sizes are counted while inflating, not believed; one that unfolds into a flood or declares a
document type is refused before anybody's program opens it.
"""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
CHUNK = 1 << 18
MARKUP = (".xml", ".rels", ".vml", ".rdf")
# zipfile says RuntimeError to a password and to a compression it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, KeyError)

Refusal = Callable[[str], Exception]


def check_archive(
    file: Path | BinaryIO,
    size: int,
    refusals: Mapping[str, object],
    *,
    error: Callable[[str, object], Exception],
    check_names: Callable[[zipfile.ZipFile, list[str]], None],
) -> None:
    """Raise `error(code, words)` for what no honest document is.

    `refusals` has the caller's words for damaged, too_many_entries, too_large, too_dense and
    doctype; `check_names` raises the caller's own refusals of what lies inside.
    """

    def refuse(code: str) -> Exception:
        return error(code, refusals[code])

    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise refuse("too_many_entries")
            check_names(archive, [entry.filename for entry in entries])
            _check_declared(sum(entry.file_size for entry in entries), size, refuse)
            left = MOST_UNPACKED
            for entry in entries:
                left -= _true_size(archive, entry, left, refuse)
    except DAMAGED as reason:
        raise refuse("damaged") from reason


def _check_declared(total: int, size: int, refuse: Refusal) -> None:
    if total > MOST_UNPACKED:
        raise refuse("too_large")
    if total > 1 << 20 and total > MOST_RATIO * size:
        raise refuse("too_dense")


def _true_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, refuse: Refusal) -> int:
    """Inflate one part, count its bytes and look for a document type."""
    size, tail = 0, b""
    is_markup = entry.filename.lower().endswith(MARKUP)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise refuse("too_large")
            flat = (tail + chunk).replace(b"\x00", b"").upper()
            if is_markup and (b"<!DOCTYPE" in flat or b"<!ENTITY" in flat):
                raise refuse("doctype")
            tail = chunk[-20:]
    return size

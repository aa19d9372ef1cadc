"""Which letters the bytes are: a mark at the start, strict UTF-8 over the whole file, else a guess.

The whole file is looked at once, in bounded memory, so that one odd sign in the last row is
known before the first row is read.
"""

import codecs
import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from common.reading.errors import FileUnusable

MAX_TEXT = 500 * 1024 * 1024  # bytes of unpacked text
CHUNK = 1 << 20
ENOUGH = 1 << 16  # bytes that decide between the eight-bit encodings
LEGACY = ("cp1251", "cp866", "cp1252")
OFFERED = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1251",
    "cp1252",
    "cp866",
    "koi8-r",
    "mac-roman",
    "iso-8859-1",
    "iso-8859-2",
    "cp1250",
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Scan:
    """What one look at all bytes tells: the encoding guessed, their number, the first of them."""

    encoding: str
    size: int
    head: bytes


def open_bytes(path: Path, *, packed: bool) -> BinaryIO:
    return gzip.open(path, "rb") if packed else path.open("rb")


def scan(path: Path, *, packed: bool, encoding: str = "") -> Scan:
    """Read all bytes once; raises FileUnusable for a file too large, damaged or without lines."""
    watch = _Watch()
    try:
        with open_bytes(path, packed=packed) as stream:
            while chunk := stream.read(CHUNK):
                watch.add(chunk)
    except (EOFError, OSError, zlib.error) as error:
        raise FileUnusable(
            "damaged", _("The file is damaged or was not uploaded whole. Export it again.")
        ) from error
    if not watch.size or not watch.head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise FileUnusable("empty", _("The file is empty. Export it again with its rows."))
    return Scan(encoding or watch.encoding(), watch.size, watch.head)


class _Watch:
    def __init__(self):
        self.size = self.nuls_even = self.nuls_odd = 0
        self.head = b""
        self.legacy = bytearray()
        self.is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def add(self, chunk: bytes) -> None:
        if self.size == 0:
            self.head = chunk
            self.nuls_even, self.nuls_odd = chunk[:4096:2].count(0), chunk[1:4096:2].count(0)
        self.size += len(chunk)
        if self.size > MAX_TEXT:
            raise FileUnusable(
                "too_large", _("The file unpacks to more than 500 MB. Split it by year.")
            )
        if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise FileUnusable(
                "no_lines", _("The file has no line breaks for a million signs: it is no table.")
            )
        if self.is_utf8:
            self._check_utf8(chunk)
        if len(self.legacy) < ENOUGH and not chunk.isascii():
            odd = (line for line in chunk.splitlines() if not line.isascii())
            self.legacy += b"\n".join(odd)[:ENOUGH]

    def _check_utf8(self, chunk: bytes) -> None:
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError:
            self.is_utf8 = False

    def encoding(self) -> str:
        if self.head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        half = min(len(self.head), 4096) // 2
        if self.nuls_odd > half * 0.6:
            return "utf-16-le"
        if self.nuls_even > half * 0.6:
            return "utf-16-be"
        return "utf-8" if self.is_utf8 else guess_legacy(bytes(self.legacy))


def guess_legacy(sample: bytes) -> str:
    """The eight-bit encoding in which the words of the sample look most like words."""
    marks = {name: _likeness(sample.decode(name, "replace")) for name in LEGACY}
    return max(LEGACY, key=lambda name: (marks[name], name == "cp1252"))


def _likeness(text: str) -> float:
    score = sum(_word_likeness(word) for word in _WORD.findall(text) if not word.isascii())
    odd = sum(_oddness(sign) for sign in text if not sign.isascii() and not sign.isalpha())
    return score - odd


def _oddness(sign: str) -> float:
    if sign in "№«»–—…“”„’€£°½¼®§\u00a0":
        return 0.1
    return 2.0


def _word_likeness(word: str) -> float:
    cyrillic = sum("Ѐ" <= sign <= "ӿ" for sign in word)
    if cyrillic and cyrillic < len(word):
        return -2.0 * len(word)
    if not (word.islower() or word.isupper() or word.istitle()):
        return -1.0 * len(word)
    if cyrillic:
        rare = sum(not ("А" <= sign <= "я" or sign in "Ёё") for sign in word)
        return (len(word) if len(word) > 1 else -0.5) - 3 * rare
    high = sum(not sign.isascii() for sign in word)
    return high if 2 * high <= len(word) else -high

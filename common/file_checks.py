"""What may be attached: decided by the name *and* by what the bytes are (docs/security.md).

Nothing is shown in our pages and nothing is run: a file is kept as it came and handed out as a
download. Pictures alone are drawn anew, so that neither a place nor a second file hides in them.
"""

import codecs
import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.base import File as DjangoFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from common.errors import RuleBroken
from common.images import MOST_PIXELS  # knows HEIF too
from common.office import check_office

LONGEST_NAME = 180
PICTURE_SIDE = 4096
PICTURES = {
    "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF", "heif": "HEIF",
}  # fmt: skip
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/jpeg",
    "heif": "image/jpeg",
}
ACCEPT = ",".join(f".{kind}" for kind in TYPES)
# Begins like a program, a page or another kind of file: then it is no text.
FOREIGN_HEADS = (
    b"%pdf", b"{\\rtf", b"mz", b"#!", b"gif8", b"<", b"pk\x03\x04", b"pk\x05\x06", b"%!ps",
    b"x5o!p%",
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class FileTooLarge(RuleBroken):
    """Answered with 413 where the form is shown again."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Fit to be kept: its name as mere text, its bytes from the beginning, what they are."""

    name: str
    content: DjangoFile
    content_type: str
    size: int
    sha256: str


def checked(upload: DjangoFile) -> CheckedFile:
    """RuleBroken, in words for the sender, for anything that is not plainly what it says."""
    name = clean_name(upload.name or "")
    kind = name.rpartition(".")[2].lower()
    if kind not in TYPES or "." not in name:
        raise RuleBroken(
            _("“%(name)s” cannot be attached. PDF, office documents, text and pictures can.")
            % {"name": name}
        )
    if upload.size > settings.FILE_MAX_BYTES:
        most = settings.FILE_MAX_BYTES // (1024 * 1024)
        words = _("“%(name)s” is larger than %(most)s MB.")
        raise FileTooLarge(words % {"name": name, "most": most})
    if not upload.size:
        raise RuleBroken(_("“%(name)s” is empty.") % {"name": name})
    upload.seek(0)
    content = _picture(upload, kind) if kind in PICTURES else upload
    if kind not in PICTURES:
        CHECKS[kind](upload, kind)
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    if PICTURES.get(kind) == "HEIF":
        name = f"{name.rpartition('.')[0]}.jpg"
    return CheckedFile(name, content, TYPES[kind], content.size, digest)


def clean_name(name: str) -> str:
    """The last part of a path, without signs that hide or turn round what is read."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in HIDDEN)
    plain = " ".join(plain.split()).strip(". ")
    stem, dot, kind = plain.rpartition(".")
    if len(plain) > LONGEST_NAME and dot:
        plain = stem[: LONGEST_NAME - len(kind) - 1] + dot + kind
    return plain[-LONGEST_NAME:]


def _mismatch() -> RuleBroken:
    return RuleBroken(_("What is inside the file is not what its name says."))


def _pdf(file: BinaryIO, kind: str) -> None:
    head = file.read(8)
    file.seek(-min(file.size, 2048), io.SEEK_END)
    tail = file.read()
    file.seek(0)
    if not head.startswith(b"%PDF-") or b"%%EOF" not in tail or zipfile.is_zipfile(file):
        raise _mismatch()


def _office(file: BinaryIO, kind: str) -> None:
    if file.read(4) != b"PK\x03\x04":
        raise _mismatch()
    file.seek(0)
    check_office(file, kind, file.size)


def _rtf(file: BinaryIO, kind: str) -> None:
    raw = file.read()
    if not raw.startswith(b"{\\rtf1") or b"\x00" in raw or zipfile.is_zipfile(io.BytesIO(raw)):
        raise _mismatch()
    flat = raw.lower()
    if b"\\objdata" in flat or b"\\objemb" in flat or b"\\objupdate" in flat:
        raise RuleBroken(_("The file holds a macro or a program. Save it without."))


def _text(file: BinaryIO, kind: str) -> None:
    raw = file.read()
    text = _decoded(raw)
    head = raw.lstrip(b"\xef\xbb\xbf\r\n\t ")[:16].lower()
    begins = text.lstrip("\ufeff\r\n\t ")[:1]
    if head.startswith(FOREIGN_HEADS) or begins == "<" or CONTROL.search(text):
        raise _mismatch()


def _decoded(raw: bytes) -> str:
    """Text in Unicode, or in one byte a sign, which any bytes are."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _mismatch() from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


CHECKS: dict[str, Callable[[BinaryIO, str], None]] = {
    "pdf": _pdf,
    "rtf": _rtf,
    "txt": _text,
    "csv": _text,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), _office),
}


def _picture(file: DjangoFile, kind: str) -> ContentFile:
    """Drawn anew, upright, at most 4,096 pixels wide, without metadata: in its own format, an
    iPhone's as JPEG, which everybody can open."""
    came = PICTURES[kind]
    form = "JPEG" if came == "HEIF" else came
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=(came,))
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            picture = ImageOps.exif_transpose(picture)
            picture = picture.convert("RGB" if form == "JPEG" else "RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RuleBroken(_("The picture has more than 25 million pixels.")) from error
    except Exception as error:  # bytes from outside make decoders raise anything
        raise _mismatch() from error
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    buffer = io.BytesIO()
    fresh.save(buffer, form, quality=88)
    return ContentFile(buffer.getvalue())

"""Files as people send them, honest and not, by kind."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image

OFFICE_PARTS = {
    "docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml",
}  # fmt: skip
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def packed(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office_parts(kind: str) -> dict[str, bytes | str]:
    if kind in ODF:
        return {"mimetype": ODF[kind], "content.xml": "<office/>"}
    return {"[Content_Types].xml": "<Types/>", OFFICE_PARTS[kind]: "<document/>"}


def picture(form: str, size: tuple[int, int] = (8, 8), **extra) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, form, **extra)
    return buffer.getvalue()


def flood_png(side: int = 50_000) -> bytes:
    """A header of many pixels and almost no bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

# 64 x 32 pixels that stand upright when turned, a camera and a place in its words.
IPHONE = (Path(__file__).parent / "upright.heic").read_bytes()

HONEST: dict[str, bytes] = {
    "pdf": PDF,
    "rtf": b"{\\rtf1\\ansi Agreed.}",
    "txt": "Договорились о пробе, très bien\n".encode(),
    "csv": b"name;amount\nVega;12\n",
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "heic": IPHONE,
    "heif": IPHONE,
    **{kind: packed(office_parts(kind)) for kind in ("docx", "xlsx", "pptx", "odt", "ods")},
}
# The same bytes are honest under these names too.
ALIKE = {frozenset({"txt", "csv"}), frozenset({"jpg", "jpeg"}), frozenset({"heic", "heif"})}

FOREIGN: dict[str, bytes] = {
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "html_late": b"\xef\xbb\xbf  \n <html><body onload=alert(1)>",
    "html_utf16": "<script>alert(1)</script>".encode("utf-16"),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "exe": b"MZ\x90\x00\x03" + b"\x00" * 64,
    "elf": b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
    "shell": b"#!/bin/sh\nrm -rf ~\n",
    "php": b"<?php system($_GET['c']); ?>",
    "zip": packed({"a.txt": "hello"}),
    "jar": packed({"META-INF/MANIFEST.MF": "Main-Class: A"}),
    "gif": b"GIF89a" + b"\x00" * 32,
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    "lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 64,
    "eicar": rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "postscript": b"%!PS-Adobe-3.0\n(%stdin) (r) file\n",
}

POLYGLOTS: dict[str, bytes] = {
    "a.pdf": PDF + packed({"payload.class": b"\xca\xfe\xba\xbe"}),  # a PDF that is a JAR too
    "b.pdf": b"<script>alert(1)</script>" + PDF,
    "c.pdf": b"%PDF-1.7\n<script>alert(1)</script>",  # never ends as one
    "d.rtf": b"{\\rtf1" + packed({"a.exe": b"MZ"}),
    "e.rtf": b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}",
    "f.txt": b"\x00\x00plain",
    "g.docx": b"GIF89a" + packed(office_parts("docx")),  # begins like a picture
}

BAD_OFFICE: dict[str, dict[str, bytes | str]] = {
    "a document type": {"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><document/>"},
    "a document type in UTF-16": {"word/a.xml": "<!DOCTYPE a []><document/>".encode("utf-16")},
    "an external entity": {"word/x.rels": '<!ENTITY e SYSTEM "file:///etc/passwd">'},
    "a macro": {"word/vbaProject.bin": b"x"},
    "an embedded program": {"word/embeddings/oleObject1.bin": b"MZ"},
    "a script": {"word/media/run.js": "x"},
    "a nested archive": {"word/media/a.zip": b"PK"},
    "a workbook out of place": {"word/a.xlsx": b"PK"},
    "a flood": {"word/media/a.bin": b"\x00" * (101 << 20)},
    "a dense part": {"word/media/a.bin": b"\x00" * (4 << 20)},
    "too many parts": {f"word/{n}.xml": "" for n in range(2_001)},
}  # fmt: skip

"""CVs as the lists of PDF readers' faults know them, and office documents that are traps.

Each is made here, small, from nothing but its fault; what is inside never reached anybody.
"""

import io
import zlib
from collections.abc import Callable

from pypdf import PdfWriter

from tests.common.hostile import office_parts, packed

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F1 12 Tf 10 200 Td (Key account manager) Tj ET"


def stream(data: bytes, *, length: bytes = b"", more: bytes = b"") -> bytes:
    size = length or str(len(data)).encode()
    return b"<</Length " + size + more + b">>stream\n" + data + b"\nendstream"


def pdf(
    *objects: bytes, xref: bytes | None = None, trailer: bytes = b"", end: bytes = b"%%EOF\n"
) -> bytes:
    """A document of these objects, 1 the catalog, with its table of places (or `xref` instead)."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    out += table if xref is None else xref
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(places) + 1, trailer)
    return bytes(out + b"startxref\n%d\n" % start + end)


def written(*, password: str | None = None) -> bytes:
    """By a library, locked where there is a password."""
    writer = PdfWriter(io.BytesIO(pdf(CATALOG, PAGES, PAGE, stream(WORDS), FONT)))
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def with_page(page: bytes = PAGE, content: bytes = b"", font: bytes = FONT, **kwargs) -> bytes:
    return pdf(CATALOG, PAGES, page, content or stream(WORDS), font, **kwargs)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    tree = b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count
    return pdf(CATALOG, tree, *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count)


def deep_tree(depth: int) -> bytes:
    """Pages within pages within pages."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in
             range(2, depth + 2)]  # fmt: skip
    return pdf(CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def bomb(size: int, turns: int) -> bytes:
    """A page of so many megabytes, packed again and again."""
    packer = zlib.compressobj()
    data = b"".join(packer.compress(b" " * (1 << 20)) for _part in range(size)) + packer.flush()
    for _turn in range(turns - 1):
        data = zlib.compress(data, 9)
    filters = b"/Filter[" + b"/FlateDecode" * turns + b"]"
    return with_page(content=stream(data, more=filters))


# name: the document, and what may become of it: its words, or why there are none.
PDFS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "places that lie": (lambda: with_page(xref=b"xref\n0 6\n" + b"9999999999 00000 n \n" * 6), {"", "damaged"}),
    "no places at all": (lambda: with_page(xref=b""), {"", "damaged"}),
    "places counted below nothing": (lambda: with_page(xref=b"xref\n0 -6\n0000000000 65535 f \n"), {"", "damaged"}),
    "four thousand million places": (lambda: with_page(xref=b"xref\n0 4294967295\n0000000000 65535 f \n"), {"", "damaged", "slow"}),
    "the former table is this one": (lambda: with_page(trailer=b"/Prev 9"), {"", "damaged", "slow"}),
    "no end": (lambda: with_page(end=b""), {"refused"}),
    "lists ten thousand deep": (lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 10_000 + b"]" * 10_000 + b">>", PAGES, PAGE,
            stream(WORDS), FONT), {"", "damaged"}),
    "dictionaries ten thousand deep": (lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/X " + b"<</A " * 10_000 + b"1" + b">>" * 10_000 + b">>",
            PAGES, PAGE, stream(WORDS), FONT), {"", "damaged"}),
    "words ten thousand lists deep": (lambda: with_page(content=stream(b"BT " + b"[" * 10_000 + b"]" * 10_000 + b" TJ ET")),
        {"", "damaged", "picture"}),
    "pages that turn in a circle": (lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 9>>"), {"damaged", "picture", "slow"}),
    "pages a thousand deep": (lambda: deep_tree(1_000), {"damaged", "picture"}),
    "twenty thousand pages": (lambda: many_pages(20_000), {"damaged", "picture", "slow"}),
    "a stream of objects that is its own": (lambda: pdf(CATALOG, PAGES, stream(b"3 0 <</Type/Page>>", more=b"/Type/ObjStm/N 1/First 4/Extends 3 0 R")),
        {"damaged", "picture"}),
    "a length of petabytes": (lambda: with_page(content=stream(WORDS, length=b"9999999999999999")), {"", "damaged", "picture"}),
    "a length below nothing": (lambda: with_page(content=stream(WORDS, length=b"-5")), {"", "damaged", "picture"}),
    "a length that is itself": (lambda: with_page(content=stream(WORDS, length=b"4 0 R")), {"", "damaged", "picture"}),
    "a name that refers to itself": (lambda: pdf(b"1 0 R", PAGES, PAGE, stream(WORDS), FONT), {"damaged", "picture", "slow"}),
    "numbers below nothing": (lambda: with_page(page=PAGE.replace(b"[0 0 300 300]", b"[-9e99 --5 -0 +-1]")), {"", "damaged", "picture"}),
    "a packed page of a gigabyte": (lambda: bomb(1 << 10, 1), {"picture", "large", "slow", "damaged"}),
    "a page packed three times": (lambda: bomb(80, 3), {"picture", "large", "slow", "damaged"}),
    "a forged width of columns": (lambda: with_page(content=stream(zlib.compress(WORDS), more=b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647>>")),
        {"", "damaged", "large", "picture"}),
    "locked with an empty password": (lambda: written(password=""), {""}),
    "locked": (lambda: written(password="secret"), {"damaged"}),
    "pictures only": (lambda: with_page(content=stream(b"q 9 0 0 9 0 0 cm /I1 Do Q")), {"picture"}),
    "a font that does not say its letters": (lambda: with_page(font=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X>>]>>"),
        {"", "picture", "damaged"}),
    "letters that stand for millions": (lambda:
        pdf(CATALOG, PAGES, PAGE, stream(WORDS), FONT[:-2] + b"/ToUnicode 6 0 R>>",
            stream(b"1 beginbfrange\n<00000000> <ffffffff> <0000>\nendbfrange")),
        {"", "damaged", "picture", "slow", "large"}),
    "a script that opens a page": (lambda: pdf(CATALOG[:-2] + b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>", PAGES, PAGE,
            stream(WORDS), FONT), {""}),
    "a million words of state": (lambda: with_page(content=stream(b"q " * 1_000_000)), {"picture", "slow", "damaged"}),
    "a number of a million digits": (lambda: with_page(content=stream(b"BT " + b"9" * 1_000_000 + b" 0 Td (a) Tj ET")),
        {"", "damaged", "picture", "slow"}),
    "mere noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n", {"damaged"}),
}  # fmt: skip

RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
OFFICE: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "a flood": ("cv.docx", lambda: packed(office_parts("docx") | {"word/document.xml": b"<w>" + b" " * (110 << 20)}), {"refused"}),
    "relations that lead nowhere": (
        "cv.docx", lambda: packed(office_parts("docx") | {"word/_rels/document.xml.rels": RELS % '<Relationship Id="r1" Type="x" Target="../../../../etc/passwd"/>'}),
        {"refused", "picture"}),
    "a template from elsewhere": (
        "cv.docx", lambda: packed(office_parts("docx") | {"word/_rels/settings.xml.rels": RELS % '<Relationship Id="r1" Type="attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'}),
        {"refused", "picture"}),
    "an entity from outside": (
        "cv.docx", lambda: packed(office_parts("docx") | {"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
        {"refused"}),
    "a thousand million laughs": (
        "cv.odt", lambda: packed(office_parts("odt") | {"content.xml": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'}),
        {"refused"}),
    "macros": ("cv.docm", lambda: packed(office_parts("docx") | {"word/vbaProject.bin": b"x"}), {"refused"}),
    "macros under another name": ("cv.docx", lambda: packed(office_parts("docx") | {"word/vbaProject.bin": b"x"}), {"refused"}),
    "rich text under another name": ("cv.docx", lambda: b"{\\rtf1\\ansi Key account manager}", {"refused"}),
    "no words inside": ("cv.docx", lambda: packed({"[Content_Types].xml": "<Types/>"}), {"refused"}),
    "marks a hundred thousand deep": (
        "cv.docx", lambda: packed(office_parts("docx") | {"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000}, 0),
        {"refused", "picture", "damaged", "large"}),
    "groups a million deep": ("cv.rtf", lambda: b"{\\rtf1 " + b"{" * 1_000_000 + b"}" * 1_000_001, {"picture", "refused", "slow"}),
    "letters no page of codes has": ("cv.rtf", lambda: b"{\\rtf1\\ansicpg99999 \\'e9\\u-99999999?}", {"", "picture", "damaged", "refused"}),
}  # fmt: skip

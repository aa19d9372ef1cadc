"""The reader of CVs: the words of honest documents; hostile ones end by themselves."""

import time
import zipfile

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from common.reading import document
from common.reading.document import words_of
from common.reading.errors import FileUnusable
from tests.common.hostile import HONEST


def pdf(path, text: str = "Key account manager"):
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = stream
    writer.write(path)
    return path


def packed(path, part: str, markup: str):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, markup)
    return path


def test_words_of_a_pdf(tmp_path):
    assert "Key account manager" in words_of(pdf(tmp_path / "a"), "pdf")


def test_words_of_a_docx_keep_their_paragraphs(tmp_path):
    markup = (
        '<w:document xmlns:w="w"><w:p><w:t>Иван</w:t><w:tab/><w:t>KAM</w:t></w:p>'
        "<w:p><w:t>Omsk</w:t></w:p></w:document>"
    )
    path = packed(tmp_path / "a", "word/document.xml", markup)
    assert words_of(path, "docx") == "Иван KAM\nOmsk"


def test_words_of_an_odt(tmp_path):
    markup = '<o xmlns:text="t"><text:p>Uno</text:p><text:p>due</text:p></o>'
    assert words_of(packed(tmp_path / "a", "content.xml", markup), "odt") == "Uno\ndue"


def test_words_of_a_rich_text_in_cyrillic(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\*\generator X;}"
        rb"\f0 \'c8\'e2\'e0\'ed\par \u1050?AM \{1\}}"
    )
    assert words_of(path, "rtf") == "Иван\nКAM {1}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_plain_text_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "a"
    path.write_bytes("Продажи крупным клиентам".encode(encoding))
    assert words_of(path, "txt") == "Продажи крупным клиентам"


def test_a_truncated_pdf_says_that_it_is_damaged(tmp_path):
    whole = pdf(tmp_path / "a").read_bytes()
    (tmp_path / "b").write_bytes(whole[:120])
    with pytest.raises(FileUnusable) as refusal:
        words_of(tmp_path / "b", "pdf")
    assert refusal.value.code == "damaged"


def test_a_pdf_whose_pages_turn_in_a_circle_ends(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF\n"
    )
    begun = time.monotonic()
    try:
        words_of(path, "pdf")
    except FileUnusable as refusal:
        assert refusal.code in ("damaged", "slow", "large")
    assert time.monotonic() - begun < 30


def test_a_document_that_declares_a_type_is_not_read(tmp_path):
    markup = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    path = packed(tmp_path / "a", "word/document.xml", markup)
    with pytest.raises(FileUnusable) as refusal:
        words_of(path, "docx")
    assert refusal.value.code == "damaged"


def test_a_flood_of_text_is_cut(tmp_path):
    markup = "<w:p xmlns:w='w'><w:t>" + "word " * 900_000 + "</w:t></w:p>"
    path = packed(tmp_path / "a", "word/document.xml", markup)
    assert len(words_of(path, "docx")) <= document.MOST_TEXT


def child(monkeypatch, tmp_path, body: str):
    """Let the reader run a program of the test's own under its limits."""
    limits = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n"
    )
    (tmp_path / "document_child.py").write_text(limits + body)
    monkeypatch.setattr(document, "__file__", str(tmp_path / "document.py"))
    return tmp_path / "document_child.py"


@pytest.mark.parametrize(
    ("body", "code"),
    [("while True: pass", "slow"), ("x = bytearray(1 << 30)", "large"), ("print(1)", "damaged")],
)
def test_a_reader_that_works_or_takes_too_much_dies_alone(monkeypatch, tmp_path, body, code):
    path = child(monkeypatch, tmp_path, body)
    with pytest.raises(FileUnusable) as refusal:
        words_of(path, "txt")
    assert refusal.value.code == code


def test_a_reader_that_only_waits_is_ended(monkeypatch, tmp_path):
    path = child(monkeypatch, tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(document, "SECONDS", 1)
    with pytest.raises(FileUnusable) as refusal:
        words_of(path, "txt")
    assert refusal.value.code == "slow"


@pytest.mark.parametrize("kind", document.READABLE)
def test_what_the_check_of_uploads_lets_in_never_breaks_the_reader(tmp_path, kind):
    path = tmp_path / "a"
    path.write_bytes(HONEST[kind])
    try:
        assert isinstance(words_of(path, kind), str)
    except FileUnusable as refusal:
        assert refusal.code == "damaged"

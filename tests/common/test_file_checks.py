"""Name and content must agree: every pair of one and another is refused (trust.md D01-D12)."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from common.errors import RuleBroken
from common.file_checks import LONGEST_NAME, TYPES, FileTooLarge, checked, clean_name
from tests.common.hostile import ALIKE, FOREIGN, HONEST, IPHONE, POLYGLOTS, flood_png, picture

KEPT_AS = {"heic": "jpg", "heif": "jpg"}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_honest_file_is_kept_as_what_it_is(kind):
    found = checked(upload(f"Offer v2.{kind.upper()}", HONEST[kind]))
    assert found.name == f"Offer v2.{KEPT_AS.get(kind, kind.upper())}"
    assert found.content_type == TYPES[kind]
    kept = found.content.read()
    assert (found.size, found.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())


def test_no_content_passes_under_the_name_of_another():
    wrong = []
    for name in TYPES:
        for kind, content in HONEST.items():
            if kind == name or frozenset({kind, name}) in ALIKE:
                continue
            try:
                checked(upload(f"a.{name}", content))
            except RuleBroken:
                continue
            wrong.append((name, kind))
    # a text in RTF's signs or a table of words is text as well as anything is
    assert not wrong


def test_no_foreign_content_passes_under_any_name():
    wrong = []
    for name in TYPES:
        for kind, content in FOREIGN.items():
            try:
                checked(upload(f"a.{name}", content))
            except RuleBroken:
                continue
            wrong.append((name, kind))
    assert not wrong


@pytest.mark.parametrize("name", sorted(POLYGLOTS))
def test_two_files_in_one_are_refused(name):
    with pytest.raises(RuleBroken):
        checked(upload(name, POLYGLOTS[name]))


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.pdf.exe", "a.html", "a.svg", "a", "pdf", "a.heic", "a.doc", "a.docm", "a.pdf ."
     "exe", "a.pdf\x00.exe", "..", "a.zip", "a.p\u202edf.exe"],
)  # fmt: skip
def test_other_kinds_are_refused_by_name(name):
    with pytest.raises(RuleBroken):
        file = upload("x", HONEST["pdf"])
        file._name = name
        checked(file)


def test_trailing_dots_and_case_do_not_hide_the_kind():
    file = upload("x", HONEST["pdf"])
    file._name = "Report.PDF. . "
    assert checked(file).name == "Report.PDF"


def test_size_is_limited_and_something_must_be_there(settings):
    settings.FILE_MAX_BYTES = 100
    with pytest.raises(FileTooLarge, match="larger"):
        checked(upload("a.txt", b"x" * 101))
    with pytest.raises(RuleBroken, match="empty"):
        checked(upload("a.txt", b""))


def test_a_picture_keeps_no_place_and_no_second_file():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (55.0, 45.0, 0.0)}
    exif[0x010F] = "SecretCamera"
    sent = picture("JPEG", exif=exif) + b"PK\x03\x04 hidden"
    assert b"SecretCamera" in sent
    kept = checked(upload("a.jpg", sent)).content.read()
    assert b"SecretCamera" not in kept and b"hidden" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_photo_of_an_iphone_is_kept_upright_as_jpeg_without_its_place():
    assert b"SecretCamera" in IPHONE
    found = checked(upload("IMG 0001.HEIC", IPHONE))
    assert (found.name, found.content_type) == ("IMG 0001.jpg", "image/jpeg")
    kept = found.content.read()
    assert b"SecretCamera" not in kept
    drawn = Image.open(io.BytesIO(kept))
    assert (drawn.format, drawn.size) == ("JPEG", (32, 64))
    with pytest.raises(RuleBroken, match="not what its name says"):
        checked(upload("a.heic", IPHONE[: len(IPHONE) // 2]))
    with pytest.raises(RuleBroken, match="not what its name says"):
        checked(upload("a.jpg", IPHONE))


def test_a_flood_of_pixels_is_refused_before_it_is_drawn():
    with pytest.raises(RuleBroken, match="25 million"):
        checked(upload("a.png", flood_png()))


def test_text_of_old_machines_is_text():
    assert checked(upload("a.txt", "Привет".encode("cp1251"))).size == 6
    assert checked(upload("a.csv", "а;б".encode("utf-16"))).size


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\Users\\a\\x.pdf", "x.pdf"), ("a\u202eg.exe", "ag.exe"),
     ("con.pdf", "con.pdf"), ("  a  b .pdf ", "a b .pdf"), ("a\r\nb.pdf", "ab.pdf"), ("...", "")],
)  # fmt: skip
def test_names_are_mere_text(given, kept):
    assert clean_name(given) == kept


@given(st.text(max_size=400))
def test_no_name_holds_a_path_or_a_hidden_sign(name):
    kept = clean_name(name)
    assert len(kept) <= LONGEST_NAME
    assert not set(kept) & set("/\\\x00\r\n\u202e\u200b")


def test_a_long_name_keeps_its_kind():
    assert clean_name("ы" * 400 + ".docx").endswith(".docx")

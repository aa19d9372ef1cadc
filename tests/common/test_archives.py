import io

import pytest

from common import archives
from common.archives import check_archive
from tests.common.hostile import packed

WORDS = ("damaged", "too_many_entries", "too_large", "too_dense", "doctype")


class Refused(Exception):
    pass


def refusal(content: bytes, check_names=lambda _archive, _names: None) -> str:
    """The code of what is wrong with the archive, or nothing."""
    try:
        check_archive(
            io.BytesIO(content),
            len(content),
            {code: f"words of {code}" for code in WORDS},
            error=lambda code, words: Refused(code, words),
            check_names=check_names,
        )
    except Refused as error:
        code, words = error.args
        assert words == f"words of {code}"
        return code
    return ""


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a.xml": b"<a/>", "b.bin": b"<!DOCTYPE"}, ""),
        ({"a.xml": b"<!doctype a>"}, "doctype"),
        ({"a.rels": "<!ENTITY".encode("utf-16")}, "doctype"),
        ({f"{n}.xml": b"" for n in range(2_001)}, "too_many_entries"),
        ({"a.bin": bytes(2 << 20)}, "too_dense"),
    ],
)
def test_what_no_honest_document_holds_is_refused_by_its_code(parts, code):
    assert refusal(packed(parts)) == code


def test_what_unfolds_into_a_flood_is_refused_whatever_it_declares(monkeypatch):
    content = packed({"a.bin": b"a" * 9_000})
    lied = content.replace((9_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    monkeypatch.setattr(archives, "MOST_UNPACKED", 4_000)
    assert refusal(content) == "too_large"
    assert refusal(lied) in ("too_large", "damaged")


@pytest.mark.parametrize("damage", ["no archive", "compression", "password"])
def test_what_cannot_be_opened_is_damaged(damage):
    content = bytearray(packed({"a.xml": b"<a/>" * 9}))
    at = content.index(b"PK\x01\x02")
    if damage == "no archive":
        content = content[:40]
    elif damage == "compression":
        content[at + 10] = content[8] = 99
    else:
        content[at + 8] |= 1
        content[6] |= 1
    assert refusal(bytes(content)) == "damaged"


def test_the_caller_judges_what_lies_inside():
    def check_names(_archive, names):
        raise Refused("doctype", "words of doctype") if "x" in names else Refused("", "words of ")

    assert refusal(packed({"x": b""}), check_names) == "doctype"

import io
import random

import pytest

from common.errors import RuleBroken
from common.office import check_office
from tests.common.hostile import BAD_OFFICE, HONEST, office_parts, packed


def check(content: bytes, kind: str = "docx") -> None:
    check_office(io.BytesIO(content), kind, len(content))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods"])
def test_honest_documents_pass(kind):
    check(HONEST[kind], kind)


def test_a_chart_may_bring_its_own_workbook():
    check(packed(office_parts("pptx") | {"ppt/embeddings/Sheet1.xlsx": b"PK"}), "pptx")


@pytest.mark.parametrize("what", sorted(BAD_OFFICE))
def test_what_no_honest_document_holds_is_refused(what):
    with pytest.raises(RuleBroken):
        check(packed(office_parts("docx") | BAD_OFFICE[what]))


def test_sizes_are_counted_not_believed():
    content = packed(office_parts("docx") | {"word/media/a.bin": b"\x00" * (2 << 20)})
    lied = content.replace((2 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lied != content
    with pytest.raises(RuleBroken):
        check(lied)


def test_damage_is_told_in_words_and_never_as_an_error_of_ours():
    dice = random.Random(7)
    for _ in range(150):
        content = bytearray(HONEST["docx"])
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            check(bytes(content[: dice.randint(10, len(content))]))
        except RuleBroken:
            continue

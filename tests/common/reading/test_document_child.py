"""The child's own readers, without the process around them."""

import pytest

from common.reading import document_child


def test_signs_of_a_rich_text_are_words_and_its_tables_are_not():
    raw = r"{\rtf1\ansi{\colortbl;\red0;}{\info{\author Secret}}One\tab two\line\'e9t\'e9\\}"
    assert document_child.RichText(raw).read() == "One\ttwo\nété\\"


def test_the_signs_that_stand_in_for_unicode_are_left_out():
    assert document_child.RichText(r"{\rtf1 \u1071\'3f\u1076?}").read() == "Яд"


@pytest.mark.parametrize("raw", ["", "{", "}}}}", "{\\rtf1", "\\", "{\\*\\x {\\u99999999999 ?}}"])
def test_broken_marks_break_nothing(raw):
    assert isinstance(document_child.RichText(raw).read(), str)

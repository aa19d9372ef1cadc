import pytest

from common.errors import RuleBroken
from common.letter_texts import LONGEST_BODY, kept_texts


def kept(**given):
    words = {"names": {"en": "Fair"}, "subjects": {"en": "See you"}, "bodies": {"en": "Hello"}}
    return kept_texts(**words | given, fields=("name",))


def test_known_languages_with_a_word_in_them_are_kept_clean():
    texts = kept(
        names={"en": " Fair ", "ru": " "}, subjects={"en": "See\nyou\x00"},
        bodies={"en": "Hello {name}\r\nbye", "xx": "no language"},
    )  # fmt: skip
    assert texts == {
        "names": {"en": "Fair"}, "subjects": {"en": "See you"},
        "bodies": {"en": "Hello {name}\nbye"},
    }  # fmt: skip


def test_a_text_that_is_too_long_is_cut():
    assert len(kept(bodies={"en": "x" * (LONGEST_BODY + 1)})["bodies"]["en"]) == LONGEST_BODY


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"names": {}}, "a name"),
        ({"bodies": {"en": " "}}, "one language at least"),
        ({"subjects": {}}, "English: a letter needs a subject"),
        ({"bodies": {"en": "{salary}"}}, "English: {salary} is not"),
        ({"subjects": {"en": "{name.__class__}"}}, "{name.__class__} is not"),
    ],
)
def test_what_could_not_be_sent_is_refused(wrong, words):
    with pytest.raises(RuleBroken, match=words):
        kept(**wrong)

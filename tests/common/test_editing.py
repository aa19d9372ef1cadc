from django import forms

from common.editing import opened, plain, sealed, settled, words


class Form(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "Apple")])
    name = forms.CharField()


def test_what_a_form_showed_travels_along_and_cannot_be_changed_on_the_way():
    text = sealed({"name": "Jo", "tags": ["b", "a"], "is": True, "none": None})
    assert opened(text) == {"name": "Jo", "tags": ["a", "b"], "is": True, "none": ""}
    assert opened(f"{text}x") == {} == opened("")


def test_values_are_put_back_into_a_form():
    assert settled({"a": "", "b": "x", "c": False}) == {"a": None, "b": "x", "c": False}
    assert plain(3) == "3"


def test_values_are_shown_as_people_read_them():
    form = Form()
    assert words(form, "kind", "a") == "Apple"
    assert words(form, "name", "Jo") == "Jo"
    assert words(form, "name", ["a", "b"]) == "a, b"
    assert words(form, "name", True) == "yes"

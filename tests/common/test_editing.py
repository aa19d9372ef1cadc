import pytest
from django import forms

from common.editing import (
    Conflict,
    both_versions,
    check_seen,
    opened,
    plain,
    sealed,
    travelling,
    words,
)


class Form(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "Apple")])
    name = forms.CharField()


def test_what_a_form_showed_travels_along_and_cannot_be_changed_on_the_way():
    text = sealed({"name": "Jo", "tags": ["b", "a"], "is": True, "none": None})
    assert opened(text) == {"name": "Jo", "tags": ["a", "b"], "is": True, "none": ""}
    assert opened(f"{text}x") == {} == opened("")


def test_a_value_travels_as_text():
    assert plain(3) == "3"


def test_values_are_shown_as_people_read_them():
    form = Form()
    assert words(form, "kind", "a") == "Apple"
    assert words(form, "name", "Jo") == "Jo"
    assert words(form, "name", ["a", "b"]) == "a, b"
    assert words(form, "name", True) == "yes"


class Lines(forms.Form):
    name = forms.CharField()
    musts = forms.JSONField()
    stands = {"name": "Their name", "musts": ["b", "a"]}

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial=self.values() | (initial or {}), **kwargs)

    def values(self) -> dict:
        return self.stands


def test_both_versions_are_shown_and_what_one_side_changed_is_settled_as_it_was_written():
    sent = Lines({"name": "Name", "musts": '["b", "a", "c"]'})
    assert sent.is_valid()
    found = both_versions(sent, Lines, seen=sealed({"name": "Name", "musts": ["b", "a"]}))
    assert found["form"].initial == {"name": "Their name", "musts": ["b", "a", "c"]}
    assert [(row["name"], row["is_both"]) for row in found["rows"]] == [
        ("name", False), ("musts", False)
    ]  # fmt: skip
    assert opened(found["seen"]) == {"name": "Their name", "musts": ["a", "b"]}


def test_the_version_and_what_was_shown_travel_along(rf):
    fresh = travelling(rf.get("/"), version=4, values={"name": "Jo"})
    assert fresh["version"] == 4 and opened(fresh["seen"]) == {"name": "Jo"}
    sent = rf.post("/", {"version": "3", "seen": fresh["seen"]})
    assert travelling(sent, version=4, values={}) == {"version": 3, "seen": fresh["seen"]}
    assert travelling(rf.post("/"), version=4, values={}) == {"version": 0, "seen": ""}


def test_who_saves_over_something_newer_is_stopped():
    seen = opened(sealed({"name": "Jo", "tags": ["b", "a"]}))
    check_seen(seen, {"tags": ["a", "b"], "name": "Jo"})
    check_seen(None, {"name": "Al"})
    for now in ({"name": "Al", "tags": ["a", "b"]}, {"name": "Jo", "tags": []}):
        with pytest.raises(Conflict, match="since you opened it"):
            check_seen(seen, now)

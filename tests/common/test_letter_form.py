from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from common.errors import RuleBroken
from common.letter_form import TextsForm, edit_template
from common.letter_texts import TemplateChanged

ROW = SimpleNamespace(
    version=2, names={"en": "Fair"}, subjects={"en": "See you"}, bodies={"en": "Hello"}
)
SENT = {"version": "1", "name_en": "Fair", "subject_en": "See you", "body_en": "Mine"}


def answer(sent=None, *, save=dict):
    request = RequestFactory().post("/", sent) if sent else RequestFactory().get("/")
    request._messages = CookieStorage(request)
    make = partial(TextsForm, initial=TextsForm.first(ROW))
    return edit_template(request, make, save=save, page=drawn, back=lambda kept: f"/{kept}/")


def drawn(form, status):
    """A page as plain as can be."""
    errors = " ".join(form.non_field_errors())
    said = [form["version"].value(), form["body_en"].value(), errors]
    return HttpResponse("|".join(str(word) for word in said), status=status)


def refusing(error):
    def save(_form):
        raise error

    return save


def test_it_shows_what_the_template_says():
    found = answer()
    assert (found.status_code, found.content) == (200, b"2|Hello|")


def test_what_is_sent_is_saved_as_the_command_takes_it():
    found = answer(SENT, save=lambda form: form.said()["bodies"]["en"])
    assert (found.status_code, found.url) == (302, "/Mine/")


def test_whoever_saved_second_keeps_the_text_and_may_save_again():
    found = answer(SENT, save=refusing(TemplateChanged(ROW)))
    assert found.status_code == 409
    assert found.content.startswith(b"2|Mine|") and b"Save again" in found.content


@pytest.mark.parametrize(
    ("sent", "words"),
    [(SENT, b"1|Mine|Not so."), ({**SENT, "version": "x"}, b"x|Mine|")],
    ids=["by a rule", "by the form"],
)
def test_what_is_refused_is_shown_again(sent, words):
    found = answer(sent, save=refusing(RuleBroken("Not so.")))
    assert (found.status_code, found.content) == (422, words)

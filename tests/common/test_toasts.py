import json

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from common.templatetags.kam import undo_url
from common.toasts import toast, toast_now


@pytest.fixture
def request_with_messages():
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_a_toast_waits_for_the_next_page_with_its_way_back(request_with_messages):
    toast(request_with_messages, "Moved.", undo_url="/moves/1/undo/")
    toast(request_with_messages, "Saved.")
    waiting = list(get_messages(request_with_messages))
    assert [(str(message), undo_url(message)) for message in waiting] == [
        ("Moved.", "/moves/1/undo/"),
        ("Saved.", ""),
    ]


def test_a_toast_of_a_part_of_a_page_travels_in_a_header():
    response = toast_now(HttpResponse(), gettext_lazy("Moved."), undo_url="/moves/1/undo/")
    assert json.loads(response["HX-Trigger"]) == {
        "toast": {"text": "Moved.", "undo": "/moves/1/undo/"}
    }

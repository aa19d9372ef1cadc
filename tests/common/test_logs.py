import json
import logging
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from common import logs


def line(level=logging.INFO, message="hello", name="kamhub", args=(), exc_info=None, **extra):
    record = logging.LogRecord(name, level, __file__, 1, message, args, exc_info)
    record.__dict__.update(extra)
    return json.loads(logs.JSONLines().format(record))


@pytest.fixture
def request_in_progress():
    request = SimpleNamespace(
        id="abc12345",
        method="POST",
        path="/c/secret-token/",
        resolver_match=SimpleNamespace(route="c/<token>/"),
        _cached_user=SimpleNamespace(pk=7, email="dora@example.org", name="Dora"),
    )
    token = logs.current_request.set(request)
    yield request
    logs.current_request.reset(token)


def test_a_line_is_json_with_its_time_in_utc():
    found = line(status=200, ms=3)
    assert found["time"].endswith("+00:00")
    assert (found["level"], found["message"], found["status"]) == ("INFO", "hello", 200)


def test_a_request_is_named_by_id_route_and_user_number_only(request_in_progress):
    found = line()
    assert found["request"] == "abc12345"
    assert found["route"] == "c/<token>/"
    assert found["user"] == 7
    text = json.dumps(found)
    assert "secret-token" not in text and "Dora" not in text and "dora@" not in text


def test_addresses_are_taken_out_of_messages():
    assert line(message="sent to %s", args=("kim@example.org",))["message"] == "sent to <address>"


def test_paths_and_hosts_of_djangos_own_lines_are_left_out():
    found = line(
        name="django.request", message="%s: %s", args=("Not Found", "/invite/tok"), status_code=404
    )
    assert found["message"] == "Not Found"


def test_an_exception_is_its_type_and_place_without_its_words():
    try:
        raise ValueError("Key (email)=(dora@example.org) already exists")
    except ValueError:
        found = line(logging.ERROR, "failed", exc_info=sys.exc_info())
    assert found["exception"] == "builtins.ValueError"
    assert "test_logs.py" in found["stack"][-1]
    assert "already exists" not in json.dumps(found)


def test_the_machines_own_troubles_keep_their_reason():
    try:
        Path("/nowhere/at/all").read_text()
    except OSError:
        found = line(logging.ERROR, "failed", exc_info=sys.exc_info())
    assert found["why"] == "No such file or directory"


def test_a_person_at_a_terminal_reads_plain_lines():
    record = logging.LogRecord("kamhub", logging.WARNING, __file__, 1, "hello", (), None)
    assert logs.PlainLines().format(record) == "warning kamhub: hello"


def test_a_broken_value_never_breaks_the_line():
    assert line(status=object())["status"].startswith("<object")

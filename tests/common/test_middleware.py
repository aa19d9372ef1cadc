"""Real answers, errors included, carry what common.middleware promises."""

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from people.models import User
from tests import cast as people


def fine(request):
    return HttpResponse("fine")


def broken(request):
    raise RuntimeError("secret words")


def row(request, pk):
    return HttpResponse(str(len(User.objects.filter(sessions__pk=pk, pk=pk))))


@require_POST
def send(request):
    return HttpResponse(str(len(request.FILES)))


urlpatterns = [
    path("fine/", fine),
    path("broken/", broken),
    path("send/", send),
    path("rows/<int:pk>/", row),
    path("", include("kamhub.urls")),
]
handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def errors_are_answered(client, db):
    people.make_user("Sam")  # an empty place leads every visitor to set-up
    client.raise_request_exception = False
    people.make_company()


@pytest.mark.parametrize("address", ["/fine/", "/broken/", "/nowhere/", "/health", "/ready"])
def test_every_answer_carries_the_strict_headers(client, address):
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.parametrize("address", ["/fine/", "/broken/", "/nowhere/"])
def test_every_page_carries_the_content_policy(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_a_sane_request_id_is_kept_and_another_replaced(client):
    assert client.get("/fine/", headers={"X-Request-ID": "abc-123.DEF"})["X-Request-ID"] == (
        "abc-123.DEF"
    )
    for bad in ("x" * 65, "short", 'a"b{}<>cdefgh', "line\tbreak-12"):
        assert client.get("/fine/", headers={"X-Request-ID": bad})["X-Request-ID"] != bad


def test_pages_of_a_signed_in_reader_are_not_stored(client, reader):
    assert "Cache-Control" not in client.get("/fine/")
    people.make_company()
    answer = reader(people.make_user("Dora")).get("/fine/")
    assert answer["Cache-Control"] == "no-store"


def test_a_failure_shows_its_number_and_nothing_of_its_cause(client):
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "secret words" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/send/", 405)])
def test_errors_have_their_own_status(client, address, status):
    assert client.get(address).status_code == status


def test_a_form_without_its_token_is_refused_in_words():
    from django.test import Client  # noqa: PLC0415

    answer = Client(enforce_csrf_checks=True).post("/send/", {"a": 1})
    assert answer.status_code == 403
    assert b"expired" in answer.content


def test_one_line_is_written_for_a_request_and_none_for_probes(client, caplog):
    caplog.set_level("INFO", "kamhub.request")
    client.get("/fine/")
    client.get("/health")
    assert [(r.message, r.status) for r in caplog.records if r.name == "kamhub.request"] == [
        ("answered", 200)
    ]


@pytest.mark.parametrize("number", [9_223_372_036_854_775_807, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_not_found(client, number):
    assert client.get(f"/rows/{number}/").status_code == 404
    assert client.get("/rows/999999999999999999/").status_code == 200

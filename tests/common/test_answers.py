import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from common.answers import acted, came_from
from common.errors import RuleBroken
from people.models import User


def asked(address: str, **headers):
    request = RequestFactory().post(
        "/", query_params={"next": address} if address else {}, **headers
    )
    request.htmx = HtmxDetails(request)
    return came_from(request, "/home/")


def test_one_goes_back_to_where_one_came_from():
    assert asked("/confirm/?page=2") == "/confirm/?page=2"
    assert asked("") == "/home/"
    htmx = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/accounts/7/"}
    assert asked("", **htmx) == "/accounts/7/"


@pytest.mark.parametrize(
    "there",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "confirm/"],
)
def test_nobody_is_led_out_of_the_house(there):
    assert asked(there) == "/home/"


def test_another_sites_page_is_no_place_to_go_back_to():
    htmx = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "https://evil.example/accounts/7/"}
    assert asked("", **htmx) == "/home/"


def missing():
    raise User.DoesNotExist


def refused():
    raise RuleBroken("It was handed in and stays.")


def test_what_was_done_is_said_and_what_cannot_be_done_too():
    for act, level, words in (
        (list, "success", "It is done."),
        (refused, "error", "It was handed in and stays."),
    ):
        request = RequestFactory().post("/")
        request._messages = CookieStorage(request)
        answer = acted(request, act, "It is done.", to="/there/")
        assert answer["Location"] == "/there/"
        assert [(one.level_tag, one.message) for one in request._messages] == [(level, words)]


def test_what_is_not_there_is_not_found():
    with pytest.raises(Http404):
        acted(RequestFactory().post("/"), missing, "It is done.", to="/there/")

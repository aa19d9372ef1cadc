import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from common.answers import came_from


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

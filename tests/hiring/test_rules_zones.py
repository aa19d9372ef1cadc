import doctest
from zoneinfo import available_timezones

import pytest

from hiring.rules import zones


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(zones).failed == 0


def test_every_zone_named_here_exists():
    named = {*zones.RUSSIA, *zones.ELSEWHERE, *zones.ONE_ZONE.values()}
    assert named <= available_timezones()


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("Санкт-Петербург", "Europe/Moscow"),
        ("Moscow", "Europe/Moscow"),
        ("нижний новгород", "Europe/Moscow"),
        ("Ханты-Мансийск", "Asia/Yekaterinburg"),
        ("Хабаровск", "Asia/Vladivostok"),
        ("Berlin", "Europe/Berlin"),
        ("Madrid", "Europe/Madrid"),
        ("München", "Europe/Berlin"),
    ],
)
def test_cities_in_either_script_have_their_zone(city, zone):
    assert zones.zone_of(city) == zone


def test_an_unknown_city_has_its_countrys_zone_if_that_has_one():
    assert zones.zone_of("Kleinkleckersdorf", "DE") == "Europe/Berlin"
    assert zones.zone_of("Малая Вишера", "RU") == ""
    assert zones.zone_of("", "") == ""

"""Silence against a customer's own gaps."""

import datetime as dt

import pytest

from kpi.rules.silence import silence

TODAY = dt.date(2026, 11, 21)


def days(*ago: int) -> list[dt.date]:
    return [TODAY - dt.timedelta(days=count) for count in ago]


def test_the_longest_of_the_last_gaps_is_what_silence_is_measured_by():
    found = silence(days(160, 130, 100, 90, 61), TODAY)
    assert (found.silent, found.gaps, found.longest) == (61, 4, 30)
    assert found.is_beyond
    assert found.is_far_beyond
    assert round(found.times, 2) == 2.03


def test_only_the_last_twelve_gaps_are_remembered():
    old = days(900, 500, *range(130, 0, -10))
    assert silence(old, TODAY).longest == 10
    assert silence(old, TODAY).gaps == 12


@pytest.mark.parametrize("orders", [0, 1, 4])
def test_too_few_orders_say_nothing(orders):
    assert silence(days(*range(orders * 10, 0, -10)), TODAY) is None


@pytest.mark.parametrize(
    ("silent", "beyond", "far"), [(20, False, False), (21, True, False), (25, True, True)]
)
def test_far_beyond_is_a_quarter_longer(silent, beyond, far):
    found = silence(days(*(silent + step for step in (80, 60, 40, 20, 0))), TODAY)
    assert (found.is_beyond, found.is_far_beyond) == (beyond, far)

import datetime as dt
import doctest

import pytest

from accounts.rules import pulse as rules

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


def test_a_link_ends_on_the_second():
    assert rules.is_open(NOW + SECOND, NOW) and not rules.is_open(NOW, NOW)


@pytest.mark.parametrize(
    ("answered", "may"),
    [
        (None, True),
        (NOW, True),
        (NOW - rules.CHANGEABLE + SECOND, True),
        (NOW - rules.CHANGEABLE, False),
    ],
)
def test_an_answer_is_changed_for_a_day(answered, may):
    assert rules.may_change(answered, NOW) is may


@pytest.mark.parametrize(("answer", "low"), [(1, True), (2, True), (3, False), (5, False)])
def test_what_is_low(answer, low):
    assert rules.is_low(answer) is low

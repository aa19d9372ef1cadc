import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import handover_plan as rules
from accounts.rules.handover_plan import Turn

days = st.dates(dt.date(2024, 1, 1), dt.date(2035, 1, 1))


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


@given(days, st.integers(1, 365), st.integers(1, 12))
def test_days_follow_each_other_and_none_is_a_weekend(begin, spacing, number):
    found = rules.dates(begin, spacing, number)
    assert len(found) == number and found == sorted(found)
    assert all(day.weekday() < 5 for day in found) and found[0] >= begin
    late = [day - (begin + dt.timedelta(days=spacing * place)) for place, day in enumerate(found)]
    assert all(dt.timedelta(0) <= days <= dt.timedelta(days=2) for days in late)


@given(days, days, st.integers(1, 365))
def test_nothing_begins_before_its_day_or_too_soon_after_the_last(planned, accepted, spacing):
    begins = rules.begins_after(planned, accepted, spacing)
    assert begins >= planned and begins >= accepted + dt.timedelta(days=spacing)


@pytest.mark.parametrize(
    ("states", "turn"),
    [
        ([None, None], Turn.BEGIN),
        (["planned", None], Turn.WAIT),
        (["captured", None], Turn.WAIT),
        (["introduced", None], Turn.WAIT),
        (["joint"], Turn.WAIT),
        (["watch", None], Turn.BEGIN),
        (["closed", None], Turn.BEGIN),
        (["cancelled", None], Turn.ASK),
        (["watch", "undone", None], Turn.ASK),
        (["undone", "watch", None], Turn.BEGIN),  # a director went on past it
        (["watch", "joint", None], Turn.WAIT),
        (["joint", "watch", None], Turn.WAIT),  # begun early with a reason
        (["watch", "watch"], Turn.DONE),
        (["cancelled"], Turn.DONE),
        ([], Turn.DONE),
    ],
)
def test_whose_turn_it_is(states, turn):
    assert rules.turn(states) == turn

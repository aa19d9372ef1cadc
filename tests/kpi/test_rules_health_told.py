"""What is told of a part: its value or what it was, its day, and the figures that are known."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.health.told import NONE, told

DAY = dt.date(2026, 3, 31)
numbers = st.integers(-(10**17), 10**17)
inputs = st.dictionaries(st.sampled_from(("kept", "now_units", "every")), st.none() | numbers)


@given(inputs)
def test_inputs_come_by_name_without_those_nobody_recorded(drawn):
    given = {name: NONE if value is None else value for name, value in drawn.items()}
    found = told(40, True, NONE, 35, given)["inputs"]
    assert found == {name: value for name, value in drawn.items() if value is not None}


def test_days_come_as_days():
    found = told(40, True, NONE, 35, {"talked_on": DAY.toordinal()})["inputs"]
    assert found == {"talked_on": "2026-03-31"}


def test_a_fresh_part_has_its_value_and_until_when_it_counts():
    found = told(75, True, DAY.toordinal(), 60, {})
    assert found == {"value": 75, "day": "2026-03-31", "until": "2026-05-30", "inputs": {}}


def test_a_stale_part_says_what_it_was():
    found = told(0, False, DAY.toordinal(), 35, {})
    assert (found["value"], found["stale"]) == (None, 0)


def test_a_fresh_source_that_all_share_has_no_day_of_its_own():
    assert told(40, True, NONE, 35, {}) == {"value": 40, "day": None, "inputs": {}}

"""What a row of health keeps comes back as it was put in."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.health.kept import FORMAT, HEAD, INPUTS, NONE, pack, unpack
from kpi.rules.health.score import Part

DAY = dt.date(2026, 3, 31)
NUMBERS = st.none() | st.integers(0, 2**31 - 1)
INPUT = {
    part: st.fixed_dictionaries({name: NUMBERS for name in names if not name.endswith("_on")})
    for part, names in INPUTS.items()
}


def packed(part: Part, **given) -> bytes:
    row = np.empty(1, dtype=FORMAT)
    for one, names in INPUTS.items():
        columns = dict.fromkeys((*HEAD, *names), NONE) | {"points": -1, "fresh": 0, "shelf": 35}
        if one == part:
            columns |= {name: NONE if value is None else value for name, value in given.items()}
        pack(one, {name: np.array([value]) for name, value in columns.items()}, row)
    return row.tobytes()


@given(st.sampled_from(Part).filter(INPUTS.get).flatmap(lambda part: st.tuples(st.just(part),
       INPUT[part])))  # fmt: skip
def test_inputs_come_back_by_name_without_those_nobody_recorded(drawn):
    part, inputs = drawn
    found = unpack(packed(part, **inputs))[part]["inputs"]
    assert found == {name: value for name, value in inputs.items() if value is not None}


def test_money_may_be_larger_and_lower_than_counts():
    units = {"now_units": -(10**15), "before_units": 10**17}
    assert unpack(packed(Part.ORDERS, **units))["orders"]["inputs"] == units


def test_days_come_back_as_days():
    found = unpack(packed(Part.PLAN, talked_on=DAY.toordinal()))["plan"]["inputs"]
    assert found == {"talked_on": "2026-03-31"}


def test_a_fresh_part_has_its_value_and_until_when_it_counts():
    found = unpack(packed(Part.VOICE, points=75, fresh=1, day=DAY.toordinal(), shelf=60))["voice"]
    assert found == {"value": 75, "day": "2026-03-31", "until": "2026-05-30", "inputs": {}}


def test_a_stale_part_says_what_it_was():
    found = unpack(packed(Part.ORDERS, points=0, day=DAY.toordinal()))["orders"]
    assert (found["value"], found["stale"]) == (None, 0)


def test_a_fresh_source_that_all_share_has_no_day_of_its_own():
    found = unpack(packed(Part.ORDERS, points=40, fresh=1))["orders"]
    assert found == {"value": 40, "day": None, "inputs": {}}


def test_what_another_version_packed_is_nothing():
    assert unpack(b"") == unpack(b"x" * (FORMAT.itemsize + 1)) == {}

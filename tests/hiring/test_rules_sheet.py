import datetime as dt

import pytest

from hiring.rules.sheet import Marking, marking

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
OPEN = {"submitted_at": None, "reopened_at": None, "revealed_at": None}


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ({}, Marking.FREE),
        ({"submitted_at": NOON - HOUR}, Marking.CLOSED),
        ({"reopened_at": NOON - HOUR}, Marking.KEPT_TRACK),
        ({"reopened_at": NOON - HOUR, "revealed_at": NOON - HOUR}, Marking.KEPT_TRACK),
        ({"revealed_at": NOON - HOUR}, Marking.CLOSED),  # made when the others' were open
        ({"revealed_at": NOON + HOUR}, Marking.KEPT_TRACK),  # made before, arrived after
        ({"submitted_at": NOON + HOUR}, Marking.CLOSED),
        ({"submitted_at": NOON + HOUR, "revealed_at": NOON + HOUR}, Marking.KEPT_TRACK),
    ],
)
def test_when_a_mark_counts(state, how):
    assert marking(at=NOON, **{**OPEN, **state}) == how

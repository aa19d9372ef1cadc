import datetime as dt

import pytest

from hiring.rules.clock import is_running, spent

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
FRESH = {"started_at": None, "paused_at": None, "ended_at": None}


@pytest.mark.parametrize(
    ("state", "before", "seconds", "runs"),
    [
        ({}, 0, 0, False),
        ({"started_at": NOON - MINUTE}, 0, 60, True),
        ({"started_at": NOON - MINUTE}, 30, 90, True),
        ({"started_at": NOON - 2 * MINUTE, "paused_at": NOON - MINUTE}, 60, 60, False),
        ({"started_at": NOON - 2 * MINUTE, "ended_at": NOON - MINUTE}, 60, 60, False),
        ({"started_at": NOON + MINUTE}, 0, 0, True),  # a server whose clock was set back
    ],
)
def test_how_much_of_an_exercise_is_spent(state, before, seconds, runs):
    clock = {**FRESH, **state}
    assert spent(now=NOON, spent_seconds=before, **clock) == seconds
    assert is_running(**clock) is runs

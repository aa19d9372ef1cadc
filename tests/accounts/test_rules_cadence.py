import datetime as dt

import pytest

from accounts.rules import cadence as rules
from accounts.rules.cadence import Standing

DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days_ago", "every", "expected"),
    [
        (None, 14, Standing.DUE),
        (14, 14, Standing.DUE),
        (13, 14, Standing.SOON),
        (12, 14, Standing.SOON),
        (11, 14, Standing.FINE),
        (72, 90, Standing.SOON),
        (71, 90, Standing.FINE),
        (500, None, Standing.NONE),
        (None, None, Standing.NONE),
    ],
)
def test_a_contact_is_fine_soon_or_due_by_the_rhythm_agreed(days_ago, every, expected):
    last = None if days_ago is None else DAY - dt.timedelta(days=days_ago)
    assert rules.standing(last, every, DAY) == expected


@pytest.mark.parametrize("every", [1, 2, 3, 14, 45, 90, 365])
def test_the_edges_for_the_database_say_the_same_as_the_rule(every):
    due, soon = rules.edges(every, DAY)
    for ago in range(400):
        last = DAY - dt.timedelta(days=ago)
        by_edges = Standing.DUE if last <= due else Standing.SOON if last <= soon else Standing.FINE
        assert rules.standing(last, every, DAY) == by_edges


def test_the_last_day_of_the_target_still_counts_as_covered():
    assert rules.is_within(DAY - dt.timedelta(days=14), 14, DAY)
    assert not rules.is_within(DAY - dt.timedelta(days=15), 14, DAY)
    assert not rules.is_within(None, 14, DAY)

"""Standing in by table."""

import datetime as dt

import pytest

from accounts.rules.cover import Candidate, days_of, overlap, proposal, ranked

DAY = dt.date(2026, 3, 2)


def on(*days: int) -> tuple[dt.date, ...]:
    return tuple(DAY + dt.timedelta(days=n) for n in days)


@pytest.mark.parametrize(
    ("start", "to", "days"),
    [(5, 9, (5, 9)), (-3, 9, (0, 9)), (0, 1, (0, 1)), (-9, 0, None), (-9, -3, None)],
)
def test_rights_run_from_today_at_the_earliest(start, to, days):
    assert days_of(on(start, to), DAY) == (days and on(*days))


@pytest.mark.parametrize(
    ("others", "days"),
    [([], 0), ([(0, 5)], 0), ([(0, 6)], 1), ([(6, 8)], 2), ([(0, 30)], 5), ([(5, 6), (9, 20)], 2)],
)
def test_days_that_both_are_away_are_counted(others, days):
    assert overlap(on(5, 10), [on(*pair) for pair in others]) == days


def test_the_deputy_comes_first_then_who_is_known_there_then_a_mate_with_few_accounts():
    people = [
        Candidate(1, True, accounts=3),
        Candidate(2, True, is_mate=True, accounts=9),
        Candidate(3, True, is_mate=True, accounts=4),
        Candidate(4, True, strength=40),
        Candidate(5, True, is_deputy=True),
        Candidate(6, False, is_deputy=True, strength=90),
        Candidate(7, True, is_deputy=True, days_away=2),
    ]
    assert [one.id for one in ranked(people)] == [5, 4, 3, 2, 1, 7, 6]
    assert proposal(people) == 5


def test_nobody_is_proposed_who_may_not_or_is_away():
    assert proposal([Candidate(1, False), Candidate(2, True, days_away=1)]) is None
    assert proposal([]) is None

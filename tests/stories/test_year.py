"""A year of a company, night by night: hired, proved, handed over, away, gone, replaced."""

import datetime as dt

import pytest

from tests.stories import invariants
from tests.stories.clock import MORNING, NOON, at, sleep, tick
from tests.stories.company import DAY, found_company
from tests.stories.year import ACTS, BEGIN, Year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "days",
    [list(ACTS), pytest.param(range(365), marks=pytest.mark.heavy)],
    ids=["crucial", "every"],
)
def test_a_year_goes_by_and_nobody_is_orphaned(run_jobs, days):
    with at(BEGIN, dt.time(0)):
        year = Year(found_company(BEGIN))
    for number in days:
        day = BEGIN + number * DAY
        with at(day, dt.time(0)):
            year.company.write_ledger(day - DAY)
        sleep(day, run_jobs)
        with at(day, MORNING):
            assert not [*invariants.broken(), *invariants.money(), *invariants.night()], day
            year.company.work(day)
        if number in ACTS:
            with at(day, NOON):
                ACTS[number](year)
                assert not invariants.broken(), day
                tick(run_jobs)
                assert not [*invariants.broken(), *invariants.money()], day

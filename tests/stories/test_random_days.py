"""Whatever anybody tries with handovers, absences, departures and trials, in any order and on any
day: nobody is orphaned, no right outlives its reason, nothing open is owned by who left."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.utils.module_loading import import_string
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.commands.assignment import refresh_owners
from people.models import company_day
from tests.stories import invariants
from tests.stories.clock import ZONE
from tests.stories.village import Village, deeds

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=ZONE)
EACH_MINUTE = ("accounts.jobs.gate_tick",)
EACH_DAY = (
    "accounts.jobs.remind_tick", "accounts.jobs.gate_tick", "hiring.jobs.probations_tick"
)  # fmt: skip
NUMBERS = st.integers(0, 11)


class RandomDays(RuleBasedStateMachine):
    run_jobs = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.travel = time_machine.travel(BEGIN, tick=False)
        self.clock = self.travel.start()
        self.village = Village()

    def teardown(self):
        self.travel.stop()
        transaction.savepoint_rollback(self.savepoint)

    @rule(deed=st.sampled_from(deeds()), a=NUMBERS, p=NUMBERS, days=NUMBERS)
    def act(self, deed, a, p, days):
        if self.village.do(deed, a, p, days):
            self._tick(EACH_MINUTE)

    @rule(days=st.sampled_from([1, 1, 2, 7, 30]))
    def wait(self, days):
        now = dt.datetime.now(ZONE)
        for place in range(1, days + 1):
            self.clock.move_to(now + dt.timedelta(days=place))
            if place in (1, days):
                refresh_owners(day=company_day())  # as the night does
                self._tick(EACH_DAY)

    def _tick(self, names):
        for name in names:
            import_string(name)()
        self.run_jobs()

    @invariant()
    def nothing_is_broken(self):
        assert not invariants.broken()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [4, pytest.param(50, marks=pytest.mark.heavy)])
def test_nobody_is_orphaned_whatever_is_done_on_whichever_day(run_jobs, count):
    RandomDays.run_jobs = staticmethod(run_jobs)
    run_state_machine_as_test(
        RandomDays, settings=settings(max_examples=count, stateful_step_count=20, deadline=None)
    )

"""The whole night in the processes of `make run`: the worker dies in it, the broker forgets it."""

import os
import signal

import pytest

from accounts.models import Scoring
from common.choices import JobState
from common.dbops import exclusive
from common.jobs import enqueue
from common.models import Job
from kpi.commands.health import LOCK
from tests import services
from tests.common.test_jobs_worker import Running
from tests.common.test_processes import until
from tests.kpi import whole
from tests.kpi.whole import SECOND, assert_same, before_second, digest, night

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
JOB = "kpi.jobs.recompute"


def test_a_killed_worker_and_a_flushed_broker_cost_nothing(tmp_path):
    """It is killed between the scores and the rest, while somebody else holds up health."""
    accounts = whole.make_book()
    before_second(accounts)
    night(SECOND)
    clean = digest()
    before_second(accounts)
    Job.objects.all().delete()  # those nights also asked to reckon ties anew, which changes health
    with services.own_redis() as redis:
        up = Running(tmp_path / "data", redis.url).ready()
        try:
            with exclusive(LOCK) as free:
                assert free
                row = enqueue(JOB, as_of=SECOND.isoformat())
                assert until(lambda: Scoring.current().as_of == SECOND, 120), up.log.read_text()
                os.killpg(up.child(" worker "), signal.SIGKILL)
            services.redis_client.from_url(redis.url).flushall()
            assert until(lambda: is_done(row.pk), 240), up.log.read_text()
        finally:
            up.stop()
    assert Job.objects.get(pk=row.pk).attempts == 2
    assert_same(clean, "killed and forgotten")


def is_done(pk: int) -> bool:
    return Job.objects.filter(pk=pk, state=JobState.DONE).exists()

"""Each day the covers, controls and departures are seen to, once."""

import pytest
from django.utils import timezone

from accounts.jobs import remind_tick
from accounts.models import Assignment
from common.jobs import run_now
from common.models import Job
from people.models import Departure
from tests.care import in_days, make_key_account
from tests.cast import make_company

pytestmark = pytest.mark.django_db


def test_the_tick_carries_out_what_is_due_and_starts_the_day_once(cast):
    make_company(set_up_at=timezone.now())
    account = make_key_account(owner=cast.karl)
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=in_days(-1))
    remind_tick()
    remind_tick()
    assert Assignment.objects.owners().today().get(account=account).user == cast.dora
    job = Job.objects.get(name="accounts.jobs.tend_absences")
    row = run_now(job.pk)
    assert row.state == "done", row.error
    assert row.result == {"covers": 0, "calls": 1, "told": 0}

import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from common.jobs import silent
from hiring import jobs
from hiring.models import Letter
from tests.cast import make_cast
from tests.hiring.test_commands_letter_send import write

pytestmark = pytest.mark.django_db


def test_many_due_letters_go_by_one_job_and_the_job_may_run_again(run_jobs):
    make_cast()
    for _row in range(3):
        write(send_at=timezone.now() + dt.timedelta(minutes=1))
    Letter.objects.update(send_at=timezone.now())
    jobs.letters_tick()
    (row,) = run_jobs()
    assert row.result == {"sent": 3, "found": 3}
    assert jobs.send_due_letters(silent) == {"sent": 0, "found": 0}
    assert len(outbox.outbox) == 3

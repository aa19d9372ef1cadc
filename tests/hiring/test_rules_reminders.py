import datetime as dt

import pytest

from hiring.rules.reminders import due_reminder

START = dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC)
HOURS = [72, 24, 3]


def before(hours: float) -> dt.datetime:
    return START - dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "booked", "reminded", "due"),
    [
        (before(80), before(100), None, None),
        (before(72), before(100), None, 72),
        (before(50), before(100), before(72), None),
        (before(24), before(100), before(72), 24),
        (before(2), before(100), before(72), 3),
        (before(50), before(60), None, None),
        (before(20), before(60), None, 24),
        (before(2), before(100), before(2.5), None),
        (START, before(100), None, None),
        (before(20), None, None, 24),
    ],
)
def test_the_newest_reminder_that_should_have_gone_is_due_once(now, booked, reminded, due):
    assert due_reminder(START, HOURS, now=now, booked=booked, reminded=reminded) == due


def test_without_hours_nobody_is_reminded():
    assert due_reminder(START, [], now=before(1), booked=None, reminded=None) is None

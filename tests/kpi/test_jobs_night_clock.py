"""The whole night over both changes of the clock: once for each local date, as on other days."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.models import Scoring
from common.choices import JobState
from common.jobs import run_now
from common.models import Job
from kpi.commands import readings
from kpi.jobs import tick
from kpi.models import Alert, Health, ReadingDay
from tests.cast import make_company
from tests.kpi import whole
from tests.kpi.facts import make_day
from tests.kpi.whole import assert_same, before_first, digest, night
from tests.stories.clock import NOON, at

pytestmark = pytest.mark.django_db
HALF, DAY = dt.timedelta(minutes=30), dt.timedelta(days=1)
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)  # 23 hours and 25 in Berlin


@pytest.fixture
def accounts(monkeypatch):
    monkeypatch.setattr(readings, "MONTHS", 2)
    accounts = whole.make_book()
    make_company(
        time_zone="Europe/Berlin", night_hour=2, set_up_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    return accounts


@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_each_local_date_has_one_night(accounts, change):
    """At two o'clock, an hour that spring leaves out and autumn has twice."""
    dates = [change - DAY, change, change + DAY]
    book(accounts, change)
    for day in dates:
        with at(day, NOON):
            night(day)
    straight = digest()
    book(accounts, change)
    moment = dt.datetime.combine(dates[0], dt.time(0), dt.UTC)
    ended = []
    while moment.date() <= dates[-1]:
        with time_machine.travel(moment, tick=False):
            if tick():
                ended.append(run_now(Job.objects.get(name="kpi.jobs.recompute", state="queued").pk))
        moment += HALF
    assert [row.state for row in ended] == [JobState.DONE] * 3
    assert [row.key for row in ended] == [f"night:{day}" for day in dates]
    assert Scoring.current().as_of == dates[-1]
    assert (Health.objects.count(), ReadingDay.objects.filter(day=dates[-1]).count()) == (8, 1)
    assert Alert.objects.open().exists()
    assert_same(straight, f"over {change}")


def book(accounts, change: dt.date) -> None:
    before_first(accounts)
    for account in accounts[:4]:
        make_day(account, change - 9 * DAY, Decimal(100))

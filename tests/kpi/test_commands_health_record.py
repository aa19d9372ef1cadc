"""The quarter's record: scores of a day against what came of the accounts."""

import datetime as dt

import pytest

from accounts.models import Scoring
from kpi.commands.health_record import keep_record
from kpi.models import HealthDay, HealthRecord
from kpi.queries.health import of
from kpi.queries.health.record import due_quarter, records
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.health import DAY, day_before, make_score, make_scoring

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=5)


def make_past(score: int, *, orders: bool, day: dt.date | None = None):
    """An account that had this score (tenths) ninety days ago, and ordered since or did not."""
    account = make_account()
    make_score(account)
    HealthDay.objects.create(
        account=account, day=day or day_before(90), score=score, mean=score, confidence=70,
        known=3, missing=0,
    )  # fmt: skip
    if orders:
        make_day(account, day_before(20), 100)
    return account


@pytest.fixture
def history(cast):
    make_scoring()
    for number in range(40):
        make_past(200 if number < 30 else 450, orders=number >= 24)
    for _number in range(80):
        make_past(800, orders=True)


def test_the_record_counts_who_was_flagged_and_who_was_lost(history):
    found = keep_record(day=NEXT)
    ninety = found.leads["90"]
    assert (found.day, ninety["n"], ninety["lost"], ninety["flagged"]) == (DAY, 120, 24, 40)
    assert ninety["hits"] == 24 and ninety["auc"] > 0.9
    assert (found.red, found.amber) == (800, None)
    scoring = Scoring.current()
    assert [scoring.health_tone(points) for points in (79, 80, None)] == ["dan", "pos", ""]


def test_the_same_quarter_is_judged_once(history):
    assert keep_record(day=NEXT)
    assert keep_record(day=NEXT) is None
    assert HealthRecord.objects.count() == 1


def test_a_short_history_is_no_record(cast):
    make_scoring()
    make_past(200, orders=False, day=day_before(59))
    assert due_quarter(NEXT) is None and keep_record(day=NEXT) is None
    assert records(DAY) == []


def test_sixty_days_of_history_give_a_record_of_sixty_days(cast):
    make_scoring()
    make_past(200, orders=False, day=day_before(70))
    assert [one.lead for one in records(DAY)] == [60]


def test_without_a_record_that_carries_colour_there_is_none(cast):
    make_scoring()
    account = make_past(200, orders=False)
    assert keep_record(day=NEXT).red is None
    assert of([account.pk]) == {}


def test_who_ordered_too_rarely_is_not_asked(cast):
    make_scoring()
    account = make_past(200, orders=False)
    make_score(account, order_days=2)
    assert records(DAY)[0].n == 0


def test_a_revenue_drop_of_a_third_counts_as_a_loss(cast):
    make_scoring()
    account = make_past(300, orders=True)
    make_day(account, dt.date(2025, 3, 1), 200)
    (sixty, ninety) = records(DAY)
    assert (ninety.lost, ninety.dropped, ninety.gone) == (0, 1, 1)
    assert sixty.dropped == 1

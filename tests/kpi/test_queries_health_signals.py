"""What health tells the warnings."""

import datetime as dt

import pytest

from kpi.models import HealthDay, HealthWeights
from kpi.queries.health.signals import (
    fallen_since,
    knows_lines,
    sponsors_left,
)
from tests.cast import make_account
from tests.kpi.health import (
    DAY,
    day_before,
    make_lines,
    make_orders,
    make_person,
)

pytestmark = pytest.mark.django_db


def make_earlier(account, score: int, days: int = 30, **fields) -> None:
    HealthDay.objects.create(
        account=account, day=day_before(days), score=score, mean=score, confidence=60,
        known=19, missing=0, **fields,
    )  # fmt: skip


def test_a_sponsor_who_left_without_a_successor_is_named(cast, account):
    gone = make_person(account, power=3, left=60)
    other = make_account()
    make_person(other, power=3, left=60)
    make_person(other, power=3)
    found = sponsors_left(DAY)
    assert list(found) == [account.pk]
    assert (found[account.pk].contact_id, found[account.pk].days) == (gone.pk, 60)


def test_a_count_of_lines_is_told_until_the_ledger_is_past_its_shelf(account):
    assert not knows_lines(DAY)
    make_lines(account, now=2, before=4)
    make_orders(account)
    assert knows_lines(DAY)
    assert not knows_lines(day_before(-36))


def test_nobody_who_left_is_no_signal(account):
    make_person(account, power=3)
    assert sponsors_left(DAY) == {}


def fallen(account) -> dt.date:
    return fallen_since([account.pk], DAY)[account.pk]


def test_a_fall_is_dated_to_the_day_since_which_it_lasts(account):
    make_earlier(account, 900, days=90)
    make_earlier(account, 780, days=12)
    assert fallen(account) == day_before(12)
    make_earlier(account, 850, days=8)
    make_earlier(account, 790, days=5)
    assert fallen(account) == day_before(5)


def test_a_fall_of_long_ago_and_one_by_other_weights_begin_no_earlier(account):
    make_earlier(account, 900, days=29)
    make_earlier(account, 500, days=0)
    assert fallen(account) == DAY
    make_earlier(account, 990, days=60, weights=HealthWeights.objects.create(adopted_on=DAY))
    assert fallen(account) == DAY

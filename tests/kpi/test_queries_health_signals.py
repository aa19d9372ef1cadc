"""What health tells the warnings."""

import datetime as dt

import pytest

from kpi.commands.health import refresh_health
from kpi.models import HealthDay, HealthWeights
from kpi.queries.health.signals import (
    FewerLines,
    Slope,
    fallen_since,
    fewer_lines,
    slopes,
    sponsors_left,
)
from tests.cast import make_account
from tests.kpi.health import (
    DAY,
    day_before,
    make_lines,
    make_orders,
    make_person,
    make_score,
    make_scoring,
    make_whole,
)

pytestmark = pytest.mark.django_db


def make_earlier(account, score: int, days: int = 30, **fields) -> None:
    HealthDay.objects.create(
        account=account, day=day_before(days), score=score, mean=score, confidence=60,
        known=19, missing=0, **fields,
    )  # fmt: skip


def test_ten_points_in_thirty_days_are_told_with_both_scores(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, 921)
    assert slopes(DAY) == {account.pk: Slope(821, 921, day_before(30))}
    assert slopes(DAY)[account.pk].lost == 10


@pytest.mark.parametrize("earlier", [{"score": 920}, {"score": 990, "days": 29}])
def test_less_or_later_is_no_slope(cast, account, earlier):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, **earlier)
    assert slopes(DAY) == {}


def test_other_weights_are_no_slope(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, 990, weights=HealthWeights.objects.create(adopted_on=day_before(90)))
    assert slopes(DAY) == {}


def test_a_sponsor_who_left_without_a_successor_is_named(cast, account):
    gone = make_person(account, power=3, left=60)
    other = make_account()
    make_person(other, power=3, left=60)
    make_person(other, power=3)
    found = sponsors_left(DAY)
    assert list(found) == [account.pk]
    assert (found[account.pk].contact_id, found[account.pk].days) == (gone.pk, 60)


def test_who_still_buys_but_half_of_its_lines_is_told(account):
    make_scoring()
    make_score(account)
    make_orders(account)
    make_lines(account, now=2, before=4)
    assert fewer_lines(DAY) == {account.pk: FewerLines(2, 4)}
    assert fewer_lines(day_before(-36)) == {}


def test_nobody_who_left_is_no_signal(account):
    make_person(account, power=3)
    assert sponsors_left(DAY) == {}


def test_of_a_long_course_the_last_score_before_the_thirty_days_counts(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    for days, score in ((60, 600), (31, 950), (29, 700)):
        make_earlier(account, score, days)
    assert slopes(DAY)[account.pk] == Slope(821, 950, day_before(30))


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

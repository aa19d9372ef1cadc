"""Who falls fast, from all of the history and from what was kept of it."""

import datetime as dt
import random

import numpy as np
import pytest

from accounts.models import Account
from kpi.commands.health import refresh_health
from kpi.models import Health, HealthDay, HealthWeights
from kpi.queries.health.course import Slope, course, falls, slid
from tests.cast import make_account
from tests.kpi.health import DAY, day_before, make_whole

pytestmark = pytest.mark.django_db


def fell(day: dt.date) -> dict[int, Slope]:
    return falls(course(day), day)


def make_earlier(account, score: int, days: int = 30, **fields) -> None:
    HealthDay.objects.create(
        account=account, day=day_before(days), score=score, mean=score, confidence=60,
        known=19, missing=0, **fields,
    )  # fmt: skip


def test_ten_points_in_thirty_days_are_told_with_both_scores(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, 921)
    assert fell(DAY) == {account.pk: Slope(820, 921, day_before(30))}
    assert fell(DAY)[account.pk].lost == 10


@pytest.mark.parametrize("earlier", [{"score": 910}, {"score": 990, "days": 29}])
def test_less_or_later_is_no_slope(cast, account, earlier):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, **earlier)
    assert fell(DAY) == {}


def test_other_weights_are_no_slope(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    make_earlier(account, 990, weights=HealthWeights.objects.create(adopted_on=day_before(90)))
    assert fell(DAY) == {}


def test_of_a_long_course_the_last_score_before_the_thirty_days_counts(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    for days, score in ((60, 600), (31, 950), (29, 700)):
        make_earlier(account, score, days)
    assert fell(DAY)[account.pk] == Slope(820, 950, day_before(30))


def move(account: Account, day: dt.date, score: int | None, weights: int | None = None) -> None:
    """As the night writes it: the row and the day say the same."""
    told = {"score": score, "mean": score, "confidence": 60, "known": 19, "missing": 0}
    HealthDay.objects.update_or_create(
        account=account, day=day, defaults={**told, "weights_id": weights}
    )
    more = {"as_of": day, "was_known": 19, "was_missing": 0}
    Health.objects.update_or_create(
        account=account, defaults={**told, **more, "weights_id": weights}
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_course_that_slid_through_any_nights_is_the_one_of_the_whole_history(seed):
    draw = random.Random(seed)
    weights = [None, HealthWeights.objects.create(adopted_on=DAY).pk]
    accounts = [make_account() for _number in range(5)]
    day, kept, was, seen = DAY, course(DAY), DAY, 0
    for _night in range(25):
        for account in draw.sample(accounts, 3):
            score = draw.choice((None, 300, 400, 401, 500, 900))
            move(account, day, score, draw.choice((*5 * weights[:1], weights[1])))
        kept, was = slid(kept, was, day), day
        assert falls(kept, day) == fell(day)
        assert np.array_equal(kept, course(day))
        seen += len(fell(day))
        day += dt.timedelta(draw.choice((0, 1, 1, 2, 9, 40)))
    assert seen


def test_a_score_that_moved_on_a_day_that_was_seen_already_is_read_again(account):
    move(account, day_before(40), 900)
    move(account, DAY, 850)
    kept = course(DAY)
    move(account, DAY, 700)
    assert list(falls(slid(kept, DAY, DAY), DAY)) == [account.pk]


def test_a_fault_in_what_is_kept_would_be_seen(account):
    move(account, day_before(40), 900)
    move(account, DAY, 700)
    kept = course(DAY)
    kept["then"] -= 200
    assert falls(slid(kept, DAY, DAY), DAY) != fell(DAY)

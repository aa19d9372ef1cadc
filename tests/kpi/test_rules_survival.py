from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import survival
from kpi.rules.intervals import Z95, wilson


def lived(*orders: tuple[int, int], last=1000, window=100):
    account, day = np.array(orders, dtype=np.int64).reshape(len(orders), 2).T
    duration, ended = survival.lives(account, day, last, window)
    return list(zip(duration.tolist(), ended.tolist(), strict=True))


def test_the_first_silence_as_long_as_the_window_is_the_loss():
    assert lived((1, 0), (1, 50), (1, 400), (1, 990)) == [(150, True)]


def test_who_is_silent_for_less_is_still_a_customer():
    assert lived((1, 850), (1, 901)) == [(150, False)]
    assert lived((1, 850), (1, 900)) == [(150, True)]


def test_orders_after_the_last_day_are_unknown():
    assert lived((1, 950), (1, 1001)) == [(50, False)]
    assert lived((1, 1001)) == []


def steps(*lives: tuple[int, bool]):
    duration = np.array([one[0] for one in lives], dtype=np.int64)
    return survival.curve(duration, np.array([one[1] for one in lives], dtype=bool)), duration


def test_the_estimate_of_a_small_book_by_hand():
    """Six customers: lost on days 10 and 20, two left observation on 15 and 30, two stay to 40."""
    found, _duration = steps(
        (10, True), (15, False), (20, True), (30, False), (40, False), (40, False)
    )
    assert [(step.day, step.at_risk) for step in found] == [(0, 6), (10, 6), (20, 4)]
    assert [step.share for step in found] == pytest.approx([1, 5 / 6, 5 / 6 * 3 / 4])
    spread = 1 / (6 * 5) + 1 / (4 * 3)
    error = Z95 * sqrt(spread) / abs(log(5 / 8))
    assert found[2].low == pytest.approx((5 / 8) ** exp(error))
    assert found[2].high == pytest.approx((5 / 8) ** exp(-error))


def test_before_the_first_loss_the_range_is_that_of_as_many_as_are_observed():
    found, duration = steps(*[(50, False)] * 3, *[(90, False)] * 6)
    assert (found[0].low, found[0].high) == wilson(9, 9)
    later = survival.at_day(found, duration, 60)
    assert (later.share, later.at_risk, (later.low, later.high)) == (1, 6, wilson(6, 6))


def test_too_few_observed_say_nothing():
    found, duration = steps(*[(50, False)] * 9, *[(90, False)] * 4)
    assert survival.at_day(found, duration, 50).at_risk == 13
    assert survival.at_day(found, duration, 51) is None


def test_nobody_has_no_curve():
    assert steps() == ([], pytest.approx(np.zeros(0)))


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=40))
def test_the_share_only_falls_within_its_range_and_ends_at_the_plain_share(lives):
    found, duration = steps(*lives)
    shares = [step.share for step in found]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= step.low <= step.share <= step.high <= 1 for step in found)
    if all(ended for _day, ended in lives):
        for step in found:
            assert step.share == pytest.approx((duration > step.day).mean())

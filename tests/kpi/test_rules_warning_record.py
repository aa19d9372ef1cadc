"""What came of an alarm, and alarms replayed with what was known on their day."""

import numpy as np
import pytest

from kpi.rules import rhythm
from kpi.rules import warning_record as rule

START = 730_000
FIT = rhythm.Fit(float(np.log(14)), 0.02, 0.02, 50, 500)
YEARS = 1_096


@pytest.mark.parametrize(
    ("following", "day", "came"),
    [(190, 300, "back"), (191, 300, "right"), (None, 190, "right"), (None, 189, "young"),
     (120, 130, "young")],
)  # fmt: skip
def test_an_alarm_is_right_when_no_order_came_in_ninety_days(following, day, came):
    assert rule.outcome(100, following, day) == came


def test_counts_come_before_the_rate_and_wrong_ones_stay_counted():
    one = rule.tally([("right", False), ("right", True), ("back", True), ("young", False)])
    assert (one.alarms, one.judged, one.right, one.wrong) == (4, 3, 2, 2)
    assert one.rate == pytest.approx(2 / 3)
    assert [round(end, 3) for end in one.interval] == [0.208, 0.939]


def test_nothing_judged_has_no_rate():
    one = rule.tally([("young", False)])
    assert (one.rate, one.interval) == (None, None)


def replayed(*days: int, at=None) -> rule.Replayed:
    numbers = np.array(days, dtype=np.int64) + START
    places = np.zeros(len(days), dtype=np.int64) if at is None else np.array(at, dtype=np.int64)
    return rule.replay(places, numbers, {START - 5: FIT}, YEARS)


def test_a_silence_that_ended_is_an_alarm_with_its_next_order():
    found = replayed(0, 14, 28, 42, 142, 156)
    assert found.since.tolist() == [START + 42, START + 156]
    assert found.next.tolist() == [START + 142, rule.OPEN]
    assert START + 42 < found.amber[0] < found.red[0] < START + 142


def test_two_order_days_know_no_rhythm():
    assert replayed(0, 500).since.tolist() == []


def test_the_next_account_is_another_customer():
    found = replayed(0, 14, 28, 500, 514, 528, at=[0, 0, 0, 1, 1, 1])
    assert found.since.tolist() == [START + 28, START + 528]
    assert found.next.tolist() == [rule.OPEN, rule.OPEN]


def test_only_gaps_before_the_silence_are_known():
    """The long gap at the end changes nothing about the alarm before it."""
    short, long = replayed(0, 14, 28, 42, 142), replayed(0, 14, 28, 42, 142, 900)
    assert short.red[0] == long.red[0]


def test_a_replayed_alarm_day_is_the_one_the_night_would_have_stored():
    days = np.array([0, 13, 30, 44]) + START
    gaps = np.diff(days)
    logs, _squares = rhythm.log_units(gaps)
    sums = [np.array([value]) for value in (len(gaps), logs.sum())]
    own = rhythm.rhythms(FIT, *sums)
    alarm = rhythm.alarm_days(own, days[-1:], rhythm.RED)
    assert replayed(0, 13, 30, 44).red.tolist()[-1:] == alarm.tolist()


def test_no_orders_are_no_alarms():
    assert replayed().since.tolist() == []

"""Worked examples of a trial: five accounts, 120,000 a year before, two weeks."""

import datetime as dt

import pytest

from hiring.rules.intervals import Orders, orders_of
from hiring.rules.progress import (
    Course,
    Part,
    course,
    elapsed,
    expected_today,
    growth,
    part_of,
    share_in_time,
    whole,
)

DAY = dt.date
START, END = DAY(2026, 6, 1), DAY(2026, 6, 28)


@pytest.mark.parametrize(
    "day, part",
    [(DAY(2026, 5, 31), 0), (START, 1 / 28), (DAY(2026, 6, 14), 0.5), (END, 1),
     (DAY(2026, 7, 9), 1)],
)  # fmt: skip
def test_the_time_that_is_over(day, part):
    assert elapsed(START, END, day) == pytest.approx(part)


@pytest.mark.parametrize(
    "target, part, begin, expected", [(30, 0.5, 0, 15), (80, 0.5, 40, 60), (80, 0.5, 90, 80)]
)
def test_the_line_runs_straight_to_the_target(target, part, begin, expected):
    assert expected_today(target, part, begin) == expected


def test_worked_example_growth_against_the_pace_of_the_year_before():
    # 60 order days of 2,000 a year; 28 of 365 days: 9,205 awaited; 7 orders brought 12,600.
    found = growth(
        given=orders_of([1_800.0] * 7), baseline=orders_of([2_000.0] * 60),
        control=orders_of([1_500.0] * 6), control_baseline=orders_of([1_500.0] * 60),
        share=28 / 365,
    )  # fmt: skip
    assert found.value == pytest.approx(12_600 / (120_000 * 28 / 365) - 1)
    assert found.value == pytest.approx(0.3688, abs=1e-4)
    assert found.control == pytest.approx(0.3036, abs=1e-4)
    assert found.low < 0 < found.high  # seven orders: it may still be nothing at all
    assert found.difference.value == pytest.approx(found.value - found.control)
    assert found.difference.low < 0 < found.difference.high


def test_more_orders_say_more():
    few = growth(given=orders_of([100.0] * 8), baseline=orders_of([100.0] * 60), control=Orders(),
                 control_baseline=Orders(), share=0.1)  # fmt: skip
    many = growth(given=orders_of([100.0] * 80), baseline=orders_of([100.0] * 600),
                  control=Orders(), control_baseline=Orders(), share=0.1)  # fmt: skip
    assert few.value == pytest.approx(many.value)
    assert many.low > few.low
    assert many.high < few.high


@pytest.mark.parametrize("orders", [0, 4])
def test_fewer_than_five_orders_have_no_interval(orders):
    found = growth(given=orders_of([100.0] * orders), baseline=orders_of([100.0] * 60),
                   control=Orders(), control_baseline=Orders(), share=0.1)  # fmt: skip
    assert found.value == pytest.approx(orders / 6 - 1)
    assert not found.is_telling
    assert found.high is None


def test_nothing_to_compare_with_is_no_growth():
    found = growth(given=orders_of([100.0] * 9), baseline=Orders(), control=Orders(),
                   control_baseline=Orders(), share=0.1)  # fmt: skip
    assert found.value is None
    assert found.control is None


def test_few_orders_beside_leave_the_difference_open():
    found = growth(given=orders_of([100.0] * 9), baseline=orders_of([100.0] * 60),
                   control=orders_of([50.0] * 2), control_baseline=orders_of([50.0] * 30),
                   share=0.1)  # fmt: skip
    assert found.is_telling
    assert found.control == pytest.approx(-1 / 3)
    assert found.difference is None


def test_credits_beyond_the_orders_still_have_an_answer():
    found = growth(given=orders_of([10.0] * 6 + [-100.0]), baseline=orders_of([10.0] * 60),
                   control=Orders(), control_baseline=Orders(), share=0.1)  # fmt: skip
    assert found.value < -1


@pytest.mark.parametrize(
    "value, low, high, is_over, is_random, found",
    [
        (None, None, None, False, False, Course.UNKNOWN),
        (20, None, None, False, False, Course.AHEAD),
        (10, None, None, False, False, Course.BEHIND),
        (30, None, None, False, False, Course.REACHED),
        (20, 16, 40, False, True, Course.AHEAD),
        (20, 5, 40, False, True, Course.UNSURE),
        (5, -10, 12, False, True, Course.BEHIND),
        (20, None, None, False, True, Course.UNKNOWN),
        (40, 5, 80, False, True, Course.UNSURE),
        (40, 5, 80, True, True, Course.REACHED),
        (20, 5, 80, True, True, Course.AHEAD),
    ],
)
def test_how_a_goal_stands_against_its_line(value, low, high, is_over, is_random, found):
    """The line is at 15 today, the target is 30."""
    got = course(value, expected=15, target=30, is_over=is_over, low=low, high=high,
                 is_random=is_random)  # fmt: skip
    assert got == found


def test_first_meetings_count_within_their_days():
    days = [DAY(2026, 6, 1), DAY(2026, 6, 5), DAY(2026, 6, 6), None, DAY(2026, 5, 30)]
    assert share_in_time(days, start=START, within_days=5) == 0.4
    assert share_in_time([], start=START, within_days=5) is None


def test_goals_weigh_together():
    parts = [part_of(15, 15, 30, weight=2), part_of(100, 50, 100)]
    assert parts == [Part(0.5, 0.5, 2), Part(1, 0.5, 1)]
    assert whole(parts) == Part(pytest.approx(2 / 3), 0.5, 3)
    assert whole([]) is None


@pytest.mark.parametrize(
    "value, begin, done", [(-20, 0, 0), (60, 40, 0.5), (90, 40, 1), (None, 0, None)]
)
def test_a_part_of_the_way_is_between_nought_and_one(value, begin, done):
    target = 80
    found = part_of(value, 60, target, begin=begin)
    assert (found and found.done) == done


def test_whoever_began_beyond_the_target_has_only_to_hold_it():
    assert part_of(80, 80, 80, begin=90) == Part(1, 1, 1)
    assert part_of(70, 80, 80, begin=90) == Part(0, 1, 1)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.rules.survival import curve, median, median_interval

# Remission under 6-MP, Freireich et al. 1963: the example of most textbooks.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
OVER = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_the_textbook_curve_is_reproduced():
    steps = curve(WEEKS, [bool(over) for over in OVER])
    assert [(step.day, step.at_risk, step.events) for step in steps] == [
        (6, 21, 3), (7, 17, 1), (10, 15, 1), (13, 12, 1), (16, 11, 1), (22, 7, 1), (23, 6, 1),
    ]  # fmt: skip
    assert [step.open for step in steps] == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )
    assert median(steps) == 23


def test_the_interval_is_greenwoods_on_the_log_log_scale():
    """As R's survfit(conf.type = "log-log") prints it for the same data."""
    last = curve(WEEKS, [bool(over) for over in OVER])[-1]
    assert (last.low, last.high) == pytest.approx((0.188, 0.680), abs=5e-4)
    assert median_interval(curve(WEEKS, [bool(over) for over in OVER])) == (13, None)


def test_open_cases_make_it_longer_than_the_plain_median():
    closed = curve([10, 20, 30], [True, True, True])
    censored = curve([10, 20, 30, 25, 25, 25], [True, True, True, False, False, False])
    assert median(closed) == 20
    assert median(censored) == 30


def test_while_most_are_open_there_is_no_median():
    steps = curve([5, 8, 9], [True, False, False])
    assert median(steps) is None
    assert median_interval(steps)[1] is None


def test_nothing_gives_an_empty_curve():
    assert curve([], []) == []
    assert median([]) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=40))
def test_the_curve_falls_and_its_bounds_hold_it(cases):
    steps = curve([day for day, _over in cases], [over for _day, over in cases])
    shares = [step.open for step in steps]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= step.low <= step.open + 1e-12 for step in steps)
    assert all(step.open <= step.high + 1e-12 <= 1 + 1e-9 for step in steps)
    assert sum(step.events for step in steps) == sum(over for _day, over in cases)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_without_open_cases_it_is_the_plain_share(days):
    steps = curve(days, [True] * len(days))
    for step in steps:
        assert step.open == pytest.approx(sum(day > step.day for day in days) / len(days))

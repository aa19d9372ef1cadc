"""Few orders: what chance alone may do, against published figures and against chance itself."""

import random

import pytest

from hiring.rules.intervals import (
    Estimate,
    Orders,
    difference_estimate,
    gamma_quantile,
    gamma_share,
    orders_of,
    ratio_estimate,
    sum_estimate,
)

# Exact limits of a Poisson count (Garwood 1936, Biometrika 28; as printed in every textbook since).
GARWOOD = {1: (0.025, 5.572), 5: (1.623, 11.668), 10: (4.795, 18.390), 20: (12.217, 30.888),
           50: (37.111, 65.919), 100: (81.364, 121.627)}  # fmt: skip


@pytest.mark.parametrize("count", GARWOOD)
def test_orders_of_one_size_have_the_exact_interval(count):
    found = sum_estimate(orders_of([1.0] * count))
    assert (found.low, found.high) == pytest.approx(GARWOOD[count], abs=6e-4)


def test_money_only_scales_the_interval():
    small, large = sum_estimate(orders_of([1.0] * 10)), sum_estimate(orders_of([250.0] * 10))
    assert large.low == pytest.approx(250 * small.low)
    assert large.high == pytest.approx(250 * small.high)


def test_one_huge_order_says_less_than_many_even_ones():
    even, uneven = orders_of([100.0] * 10), orders_of([910.0] + [10.0] * 9)
    assert even.net == uneven.net
    assert sum_estimate(uneven).low < sum_estimate(even).low
    assert sum_estimate(uneven).high > sum_estimate(even).high


def test_credits_move_the_whole_interval():
    plain, less = sum_estimate(orders_of([10.0] * 9)), sum_estimate(orders_of([10.0] * 9 + [-5.0]))
    assert less.value == plain.value - 5
    assert less.low == pytest.approx(plain.low - 5)
    assert less.high == pytest.approx(plain.high - 5)


def test_orders_add_up():
    one, other = orders_of([3.0, 4.0, -1.0]), orders_of([12.0])
    assert one == Orders(2, 7.0, 25.0, 4.0, 6.0)
    assert one + other == Orders(3, 19.0, 169.0, 12.0, 18.0)
    assert orders_of([]) == Orders()


@pytest.mark.parametrize("shape", [0.3, 1.0, 4.5, 60.0])
@pytest.mark.parametrize("p", [0.025, 0.5, 0.975])
def test_a_quantile_is_where_the_share_is(shape, p):
    assert gamma_share(shape, gamma_quantile(p, shape)) == pytest.approx(p, abs=1e-9)


def test_nothing_stands_below_nought():
    assert gamma_share(2, 0) == 0
    assert sum_estimate(orders_of([])) == Estimate(0, 0, 0)


def test_the_interval_of_a_ratio_holds_it_and_needs_something_below():
    found = ratio_estimate(Estimate(120, 80, 180), Estimate(100, 70, 140))
    assert found.low < 1.2 < found.high
    assert ratio_estimate(Estimate(1, 0, 2), Estimate(0, 0, 1)) is None


def test_a_ratio_with_a_sure_part_is_only_scaled():
    found = ratio_estimate(Estimate(120, 80, 180), Estimate(100, 100, 100))
    assert (found.low, found.value, found.high) == pytest.approx((0.8, 1.2, 1.8))


def test_a_wide_interval_below_does_not_break_the_ratio():
    found = ratio_estimate(Estimate(10, 5, 18), Estimate(5, 1.6, 11.7))
    assert 0 < found.low < 2 < found.high


def test_a_difference_is_as_unsure_as_both():
    found = difference_estimate(Estimate(0.5, 0.2, 0.9), Estimate(0.1, -0.3, 0.5))
    assert found.value == pytest.approx(0.4)
    assert (found.low, found.high) == pytest.approx((0.4 - 0.5, 0.4 + 0.565685), abs=1e-5)


def test_chance_itself_stays_within_the_interval():
    """Orders at random, of sizes at random, 500 times: the truth lies inside 95 times of 100."""
    dice = random.Random(7)
    mean_size, awaited, inside = 2.5, 12, 0
    for _round in range(500):
        count, clock = 0, dice.expovariate(1)
        while clock < awaited:
            count, clock = count + 1, clock + dice.expovariate(1)
        found = sum_estimate(orders_of(dice.uniform(1, 4) for _order in range(count)))
        inside += found.low <= awaited * mean_size <= found.high
    assert inside >= 475


def test_growth_of_nothing_is_seldom_called_growth():
    """The same pace before and since: the interval of the ratio leaves 1 out 1 time in 20."""
    dice = random.Random(11)

    def orders(awaited: float) -> Orders:
        count, clock = 0, dice.expovariate(1)
        while clock < awaited:
            count, clock = count + 1, clock + dice.expovariate(1)
        return orders_of(dice.uniform(1, 4) for _order in range(count))

    wrong = 0
    for _round in range(300):
        found = ratio_estimate(sum_estimate(orders(12)), sum_estimate(orders(120)))
        wrong += not found.low <= 0.1 <= found.high
    assert wrong <= 15

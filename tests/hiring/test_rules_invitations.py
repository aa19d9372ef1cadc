"""The tables of the invitation rule, cell by cell, and the best number against brute force."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.rules.invitations import (
    MOST,
    Costs,
    Group,
    Guards,
    advise,
    arrivals,
    at_least,
    at_most,
    best_for_known,
    best_for_unknown,
    best_more,
    beta_binomial,
    binomial,
    cap,
    floor,
    gain,
    middle_range,
    outlook,
    poisson_binomial,
    together,
)

RATIOS = {"1:2": Costs(1, 2), "1:1": Costs(1, 1), "2:1": Costs(2, 1), "3:1": Costs(3, 1)}
TWO_TO_ONE = RATIOS["2:1"]

# rate, seats, best at 1:2, 1:1, 2:1, 3:1 with its multiple of the seats; at 2:1 mean empty, mean
# over, P(over), P(>= n-1); cap with two spare chairs at 5 %; floor with its group at 90 %
KNOWN = [
    (1 / 2, 4, (6, 1.50), (7, 1.75), (9, 2.25), (10, 2.50), 0.37, 0.87, 50, 91, 8, 9, 3),
    (1 / 2, 6, (10, 1.67), (11, 1.83), (13, 2.17), (14, 2.33), 0.48, 0.98, 50, 87, 11, 9, 3),
    (1 / 2, 8, (14, 1.75), (15, 1.88), (17, 2.12), (18, 2.25), 0.58, 1.08, 50, 83, 14, 12, 4),
    (1 / 2, 10, (18, 1.80), (19, 1.90), (21, 2.10), (23, 2.30), 0.68, 1.18, 50, 81, 18, 14, 5),
    (1 / 2, 12, (22, 1.83), (23, 1.92), (26, 2.17), (27, 2.25), 0.58, 1.58, 58, 84, 21, 17, 6),
    (1 / 3, 4, (9, 2.25), (11, 2.75), (13, 3.25), (15, 3.75), 0.50, 0.84, 45, 86, 11, 15, 3),
    (1 / 3, 6, (15, 2.50), (17, 2.83), (20, 3.33), (21, 3.50), 0.53, 1.20, 52, 85, 16, 15, 3),
    (1 / 3, 8, (20, 2.50), (23, 2.88), (26, 3.25), (28, 3.50), 0.65, 1.31, 52, 81, 20, 19, 4),
    (1 / 3, 10, (26, 2.60), (29, 2.90), (33, 3.30), (35, 3.50), 0.64, 1.64, 57, 82, 25, 22, 5),
    (1 / 3, 12, (32, 2.67), (35, 2.92), (39, 3.25), (41, 3.42), 0.73, 1.73, 56, 80, 30, 26, 6),
]

# prior mean, seats, then for a prior worth 6, 12, 30, 120 people and for a known rate: the best
# number, mean empty and mean over
PRIORS = [
    (1 / 2, 4, (8, 0.8, 0.8), (8, 0.7, 0.7), (9, 0.4, 0.9), (9, 0.4, 0.9), (9, 0.4, 0.9)),
    (1 / 2, 6, (12, 1.1, 1.1), (13, 0.8, 1.3), (13, 0.6, 1.1), (13, 0.5, 1.0), (13, 0.5, 1.0)),
    (1 / 2, 8, (16, 1.5, 1.5), (17, 1.0, 1.5), (17, 0.8, 1.3), (17, 0.6, 1.1), (17, 0.6, 1.1)),
    (1 / 2, 10, (20, 1.8, 1.8), (21, 1.2, 1.7), (21, 0.9, 1.4), (21, 0.7, 1.2), (21, 0.7, 1.2)),
    (1 / 2, 12, (24, 2.1, 2.1), (25, 1.5, 2.0), (26, 0.9, 1.9), (26, 0.7, 1.7), (26, 0.6, 1.6)),
    (1 / 3, 4, (12, 1.1, 1.1), (13, 0.8, 1.1), (13, 0.6, 1.0), (13, 0.5, 0.9), (13, 0.5, 0.8)),
    (1 / 3, 6, (18, 1.5, 1.5), (19, 1.1, 1.4), (19, 0.9, 1.2), (20, 0.6, 1.3), (20, 0.5, 1.2)),
    (1 / 3, 8, (23, 2.1, 1.7), (25, 1.4, 1.8), (26, 1.0, 1.6), (26, 0.7, 1.4), (26, 0.6, 1.3)),
    (1 / 3, 10, (29, 2.5, 2.2), (31, 1.8, 2.1), (32, 1.2, 1.9), (33, 0.8, 1.8), (33, 0.6, 1.6)),
    (1 / 3, 12, (35, 3.0, 2.6), (38, 2.0, 2.6), (39, 1.3, 2.3), (39, 0.9, 1.9), (39, 0.7, 1.7)),
]
WEIGHTS = (6, 12, 30, 120)


def names(row):
    return f"{row[0]:.2f}-{row[1]}"


def rounds_to(value: float, printed: float, digits: int) -> bool:
    """Whether the printed figure is this value rounded, a half either way."""
    return abs(value - printed) <= 0.5 * 10**-digits + 1e-9


@pytest.mark.parametrize("row", KNOWN, ids=names)
def test_the_best_number_for_a_known_rate_and_its_multiple_of_the_seats(row):
    rate, seats, *cells = row
    for costs, (best, multiple) in zip(RATIOS.values(), cells[:4], strict=True):
        assert best_for_known(seats, rate, costs) == best
        assert rounds_to(best / seats, multiple, 2)


@pytest.mark.parametrize("row", KNOWN, ids=names)
def test_what_the_best_number_at_two_to_one_leads_to(row):
    rate, seats, _, _, (best, _multiple), _, empty, over, is_over, nearly, *_ = row
    found = outlook(binomial(best, rate), seats, Guards())
    assert rounds_to(found.mean_empty, empty, 2)
    assert rounds_to(found.mean_over, over, 2)
    assert rounds_to(100 * found.over, is_over, 0)
    assert rounds_to(100 * found.nearly_full, nearly, 0)


@pytest.mark.parametrize("row", KNOWN, ids=names)
def test_the_cap_of_the_room_and_the_floor_of_the_group(row):
    rate, seats, *_, most, least, group = row
    guards = Guards(spare=2, too_many=0.05, minimum=group, enough=0.9)
    assert cap(lambda m: binomial(m, rate), seats, guards) == most
    assert floor(lambda m: binomial(m, rate), guards) == least
    assert group == max(3, seats // 2)


@pytest.mark.parametrize("row", PRIORS, ids=names)
def test_the_best_number_when_the_rate_is_known_only_roughly(row):
    mean, seats, *cells = row
    for weight, (best, empty, over) in zip(WEIGHTS, cells, strict=False):
        came, missed = mean * weight, (1 - mean) * weight
        assert best_for_unknown(seats, came, missed, TWO_TO_ONE) == best
        found = outlook(beta_binomial(best, came, missed), seats, Guards())
        assert rounds_to(found.mean_empty, empty, 1)
        assert rounds_to(found.mean_over, over, 1)
    best, empty, over = cells[-1]
    found = outlook(binomial(best, mean), seats, Guards())
    assert best_for_known(seats, mean, TWO_TO_ONE) == best
    assert rounds_to(found.mean_empty, empty, 1)
    assert rounds_to(found.mean_over, over, 1)


def test_nine_of_twenty_four_on_the_weak_start_ask_for_twenty_three():
    group = Group(0, 2 + 9, 3 + 24 - 9)
    assert (group.came, group.missed) == (11, 18)
    assert round(group.rate, 3) == 0.379
    assert best_for_unknown(8, 11, 18, TWO_TO_ONE) == 23
    assert Group(0, 2, 3).rate == 0.40


def test_seventeen_for_eight_seats_reads_as_the_sentence_says():
    found = outlook(binomial(17, 0.5), 8, Guards())
    assert found.mean == pytest.approx(8.5)
    assert round(100 * found.nearly_full) == 83
    assert round(100 * found.crowded) == 31


def test_the_refill_of_three_strata():
    chances = poisson_binomial([0.85] * 5 + [0.45] * 6 + [0.15] * 3)
    found = outlook(chances, 8, Guards())
    assert round(found.mean, 1) == 7.4
    assert round(at_most(chances, 7), 3) == 0.525
    assert gain(chances, 8, 0.45, TWO_TO_ONE) > 0
    assert at_most(chances, 7) > TWO_TO_ONE.bar(0.45) == pytest.approx(1 / 3)


def test_a_costly_invitation_is_made_less_often():
    cheap, dear = Costs(2, 1), Costs(2, 1, each=0.3)
    assert best_for_known(8, 0.5, dear) < best_for_known(8, 0.5, cheap)
    assert best_for_unknown(8, 11, 18, dear) < best_for_unknown(8, 11, 18, cheap)
    assert best_for_known(8, 0.5, Costs(2, 1, each=5)) == 0


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_the_airline_condition_holds_at_the_best_number(rate):
    """(V + P)·P(turned down) = V: V is lost with an empty seat, P paid to who finds none."""
    value, penalty = 2.0, 1.0
    best = best_for_known(10, rate, Costs(value, penalty))
    turned_down = 1 - at_most(binomial(best, rate), 9)
    before = 1 - at_most(binomial(best - 1, rate), 9)
    assert (value + penalty) * turned_down >= value > (value + penalty) * before


def cost(chances, seats, costs, invited):
    found = outlook(chances, seats, Guards())
    return costs.empty * found.mean_empty + costs.over * found.mean_over + costs.each * invited


def cheapest(spread, seats, costs, most):
    found = [cost(spread(m), seats, costs, m) for m in range(most + 1)]
    return min(found), found


money = st.floats(0.2, 5)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), st.floats(0.25, 0.95), money, money, st.floats(0, 0.2))
def test_the_best_number_for_a_known_rate_is_the_cheapest_of_all(seats, rate, empty, over, each):
    costs = Costs(empty, over, each)
    best = best_for_known(seats, rate, costs)
    least, all_costs = cheapest(lambda m: binomial(m, rate), seats, costs, best + 15)
    assert all_costs[best] == pytest.approx(least, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), st.floats(1, 20), st.floats(0.5, 20), money, money, st.floats(0, 0.2))
def test_the_best_number_for_a_rough_rate_is_the_cheapest_of_all(
    seats, came, missed, empty, over, each
):
    costs = Costs(empty, over, each)
    best = best_for_unknown(seats, came, missed, costs)
    if best > 60:
        return
    spread = lambda m: beta_binomial(m, came, missed)  # noqa: E731
    least, all_costs = cheapest(spread, seats, costs, best + 15)
    assert all_costs[best] == pytest.approx(least, abs=1e-9)


groups = st.lists(
    st.builds(Group, st.integers(0, 5), st.floats(0.5, 20), st.floats(0.5, 20)), max_size=3
)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), groups, st.integers(0, 5), money, money)
def test_the_refill_is_the_cheapest_of_all(seats, others, waiting, empty, over):
    costs, joining = Costs(empty, over), Group(waiting, 6, 6)
    more = best_more(seats, others, joining, costs)
    known = arrivals(others)
    spread = lambda m: together([known, beta_binomial(waiting + m, 6, 6)])  # noqa: E731
    least, all_costs = cheapest(spread, seats, costs, more + 15)
    assert all_costs[more] == pytest.approx(least, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(groups)
def test_chances_of_any_groups_add_up_to_one_and_to_their_mean(several):
    chances = arrivals(several)
    assert sum(chances) == pytest.approx(1)
    mean = sum(one.size * one.rate for one in several)
    assert outlook(chances, 5, Guards()).mean == pytest.approx(mean)


def test_a_group_of_known_rates_is_the_sum_of_its_people():
    one_by_one = poisson_binomial([0.3] * 4 + [0.6] * 3)
    assert together([binomial(4, 0.3), binomial(3, 0.6)]) == pytest.approx(one_by_one)


def test_the_cheapest_number_stops_at_the_cap_of_the_room():
    found = advise(8, [], Group(0, 500, 500), TWO_TO_ONE, Guards(spare=2, too_many=0.05))
    assert (found.best, found.cap, found.more) == (17, 14, 14)
    assert found.is_capped
    assert not found.is_too_small


def test_four_seats_are_too_few_at_either_rate_of_the_table():
    guards = Guards(spare=2, too_many=0.05, minimum=3, enough=0.9)
    for came, missed in ((500, 500), (1000, 2000)):
        assert advise(4, [], Group(0, came, missed), TWO_TO_ONE, guards).is_too_small


def test_nobody_more_is_asked_for_when_enough_have_confirmed():
    found = advise(8, [Group(12, 90, 10)], Group(0, 11, 18), TWO_TO_ONE, Guards())
    assert (found.more, found.best) == (0, 0)


def test_a_rate_near_nothing_is_called_hopeless():
    assert advise(8, [], Group(0, 0.01, 300), TWO_TO_ONE, Guards()).is_hopeless
    assert best_for_known(8, 0.0, TWO_TO_ONE) == 0
    assert best_for_known(8, 0.001, TWO_TO_ONE) == MOST


def test_the_middle_range_is_the_shortest_that_holds_four_cases_of_five():
    low, high = middle_range(binomial(31, 0.38))
    chances = binomial(31, 0.38)
    assert sum(chances[low : high + 1]) >= 0.8
    assert sum(chances[low + 1 : high + 1]) < 0.8 or sum(chances[low:high]) < 0.8
    assert middle_range([1.0]) == (0, 0)
    assert at_least([0.5, 0.5], -1) == 1

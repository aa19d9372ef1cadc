from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.rules.needed import (
    CERTAINTIES,
    beta_binomial_tail,
    binomial_tail,
    calls_needed,
    hires_for_gap,
    hires_needed,
    hires_needed_from,
)

# Good ones wanted: hires at 40, 50, 60 % attrition, and at 50 % known from about ten people.
TABLE = {
    1: ((2, 3, 4), (3, 4, 5), (4, 5, 6), (3, 4, 6)),
    2: ((4, 5, 6), (5, 7, 8), (7, 9, 10), (6, 8, 10)),
    3: ((6, 7, 8), (8, 9, 11), (10, 12, 14), (9, 12, 15)),
    4: ((8, 9, 11), (10, 12, 13), (13, 15, 17), (12, 15, 19)),
    5: ((10, 11, 13), (12, 14, 16), (16, 18, 21), (14, 18, 23)),
    6: ((12, 13, 15), (15, 17, 18), (19, 21, 24), (17, 22, 27)),
    8: ((16, 17, 19), (19, 21, 23), (24, 27, 30), (23, 28, 35)),
    10: ((19, 21, 23), (24, 26, 28), (30, 33, 36), (28, 35, 43)),
}


@pytest.mark.parametrize("good", TABLE)
def test_hires_needed_are_those_of_the_table(good):
    for attrition, row in zip((0.4, 0.5, 0.6), TABLE[good], strict=False):
        assert tuple(hires_needed(good, attrition, sure) for sure in CERTAINTIES) == row
    known = tuple(hires_needed_from(good, 5, 5, sure) for sure in CERTAINTIES)
    assert known == TABLE[good][3]


@pytest.mark.parametrize(
    ("attrition", "of_two", "of_three"), [(0.4, 84, 94), (0.5, 75, 87.5), (0.6, 64, 78)]
)
def test_one_of_two_or_three_stays(attrition, of_two, of_three):
    assert binomial_tail(2, 1 - attrition, 1) * 100 == pytest.approx(of_two, abs=0.5)
    assert binomial_tail(3, 1 - attrition, 1) * 100 == pytest.approx(of_three, abs=0.5)


def test_too_many_may_stay():
    assert hires_needed(3, 0.5, 0.9) == 9
    assert binomial_tail(9, 0.5, 5) == pytest.approx(0.5)


@pytest.mark.parametrize(("good", "calls"), [(1, 613), (2, 1036), (3, 1418)])
def test_a_whole_funnel_of_calls(good, calls):
    shares = [0.40, 0.30, 0.50, 0.50, 0.25, 0.50]
    assert calls_needed(good, shares, 0.9) == calls


@given(st.integers(0, 40), st.integers(0, 100), st.integers(0, 45))
def test_the_tail_is_the_plain_sum(number, percent, wanted):
    share = percent / 100
    plain = sum(
        comb(number, k) * share**k * (1 - share) ** (number - k) for k in range(wanted, number + 1)
    )
    assert binomial_tail(number, share, wanted) == pytest.approx(plain, abs=1e-9)


@settings(max_examples=30)
@given(st.integers(1, 6), st.integers(5, 90), st.sampled_from(CERTAINTIES))
def test_no_smaller_number_is_enough(good, percent, certainty):
    number = hires_needed(good, percent / 100, certainty)
    assert binomial_tail(number, 1 - percent / 100, good) >= certainty
    assert binomial_tail(number - 1, 1 - percent / 100, good) < certainty


def test_what_is_known_from_many_is_as_good_as_known():
    assert hires_needed_from(3, 50_000, 50_000, 0.9) == hires_needed(3, 0.5, 0.9)
    assert beta_binomial_tail(3, 5, 5, 4) == 0.0
    assert beta_binomial_tail(3, 5, 5, 0) == 1.0


def test_where_nobody_stays_no_number_is_enough():
    with pytest.raises(ValueError, match="no number is enough"):
        hires_needed(1, 1.0, 0.8)


def test_nobody_wanted_needs_nobody():
    assert hires_needed(0, 0.5, 0.9) == 0


@pytest.mark.parametrize(
    ("missing", "certainty", "hires"),
    [
        ({1: 1.0}, 0.80, 3),
        ({1: 1.0}, 0.90, 4),
        ({1: 1.0}, 0.95, 5),
        ({0: 1.0}, 0.95, 0),
        ({-2: 0.7, 0: 0.3}, 0.95, 0),
        ({0: 0.9, 1: 0.1}, 0.80, 0),  # nobody is missing with 90 % already
        ({0: 0.5, 1: 0.5}, 0.80, 2),  # .5 + .5 x .75 = .875
        ({2: 1.0}, 0.90, 7),
    ],
)
def test_an_uncertain_gap_is_closed_with_the_wanted_certainty(missing, certainty, hires):
    """Half stay, known from very many, so that the figures are those of the binomial."""
    assert hires_for_gap(missing, 10**7, 10**7, certainty) == hires


def test_a_gap_known_from_few_asks_for_more():
    sure = hires_for_gap({2: 1.0}, 10**6, 10**6, 0.9)
    assert hires_for_gap({2: 1.0}, 1, 1, 0.9) > sure

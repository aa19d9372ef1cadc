from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import intervals

Z2 = intervals.Z95**2


@pytest.mark.parametrize("of", [1, 3, 10, 400])
def test_wilson_of_all_and_of_none_has_a_closed_form(of):
    far = Z2 / (of + Z2)
    assert intervals.wilson(0, of) == (0, pytest.approx(far, abs=1e-12))
    assert intervals.wilson(of, of) == (pytest.approx(1 - far, abs=1e-12), 1)


def test_two_of_three_is_almost_anything():
    low, high = intervals.wilson(2, 3)
    assert (round(low, 2), round(high, 2)) == (0.21, 0.94)


def test_nothing_has_no_range():
    assert intervals.wilson(0, 0) is None


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_wilson_solve_its_equation(counts):
    hits, of = counts
    low, high = intervals.wilson(hits, of)
    rate = hits / of
    assert 0 <= low <= rate <= high <= 1
    for end in (low, high):
        assert (rate - end) ** 2 == pytest.approx(Z2 * end * (1 - end) / of, abs=1e-12)


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.02, 0.98))
def test_the_beta_posterior_equals_sums_of_the_binomial(a, b, rate):
    """I_x(a, b) = P(Bin(a + b - 1, x) >= a) for whole a and b."""
    n = a + b - 1
    exact = sum(comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(a, n + 1))
    assert intervals._incomplete_beta(a, b, rate) == pytest.approx(exact, abs=1e-12)


def test_a_shrunk_rate_lies_between_its_own_and_the_teams():
    assert intervals.shrunk(3, 3, 0.8) == pytest.approx((3 + 8) / 13)
    assert intervals.shrunk(0, 0, 0.8) == pytest.approx(0.8)
    assert intervals.shrunk(0, 1_000, 0.8) < 0.01


def test_the_weight_is_the_default_where_little_is_known():
    assert intervals.fitted_weight([(3, 4), (5, 6)]) == intervals.PRIOR
    assert intervals.fitted_weight([(4, 4), (5, 5), (6, 6)]) == intervals.PRIOR


def test_the_weight_is_large_where_managers_hardly_differ_and_small_where_they_do():
    alike = intervals.fitted_weight([(80, 100)] * 6)
    apart = intervals.fitted_weight([(99, 100), (30, 100), (95, 100), (40, 100)])
    assert alike > 100 > 10 > apart


def test_the_fitted_weight_is_the_most_likely_one():
    groups, rate = [(18, 20), (9, 20), (15, 20), (12, 20)], 54 / 80
    best = intervals.fitted_weight(groups)
    told = intervals._likelihood(groups, rate, best)
    assert all(
        told >= intervals._likelihood(groups, rate, best * by) for by in (0.7, 0.9, 1.1, 1.4)
    )


def test_a_small_portfolio_gets_no_verdict_and_a_large_bad_one_does():
    team = [(2, 3), (90, 100), (85, 100), (40, 100)]
    assert intervals.standing(2, 3, team).verdict == ""
    assert intervals.standing(40, 100, team).verdict == "below"
    assert intervals.standing(90, 100, team).verdict == "above"


def test_nobody_is_judged_without_accounts_or_where_all_went_the_same_way():
    assert intervals.standing(0, 0, [(0, 0)]) is None
    assert intervals.standing(3, 3, [(3, 3), (4, 4)]).verdict == ""

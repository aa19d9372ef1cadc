import csv
from math import exp, lgamma, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.bgnbd import Fit, Histories, fit, histories, p_order

SAMPLE = Path(__file__).parents[1] / "data" / "cdnow_sample_summary.csv"
PUBLISHED = Fit(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)


@pytest.fixture(scope="module")
def cdnow() -> Histories:
    with SAMPLE.open(newline="") as file:
        rows = [tuple(row.values())[1:] for row in csv.DictReader(file)]
    orders, last, age = np.array(rows, dtype=float).T
    return Histories(orders.astype(int), last, age, np.ones(len(orders)))


def plain_likelihood(found: Fit, x: int, last: float, age: float) -> float:
    """As the paper writes it, with gamma functions; times in weeks."""
    r, alpha, a, b = found.r, found.alpha, found.a, found.b
    outside = lgamma(r + x) - lgamma(r) + r * log(alpha)
    outside += lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x)
    inside = (alpha + age) ** -(r + x)
    if x:
        inside += a / (b + x - 1) * (alpha + last) ** -(r + x)
    return outside + log(inside)


def test_the_published_sample_gives_the_published_parameters(cdnow):
    found = fit(cdnow)
    for name in ("r", "alpha", "a", "b"):
        assert getattr(found, name) == pytest.approx(getattr(PUBLISHED, name), abs=1e-3)
    assert found.log_likelihood == pytest.approx(PUBLISHED.log_likelihood, abs=0.1)
    assert found.accounts == PUBLISHED.accounts


def test_the_likelihood_is_that_of_the_paper(cdnow):
    found = fit(cdnow)
    rows = zip(cdnow.orders.tolist(), cdnow.last.tolist(), cdnow.age.tolist(), strict=True)
    plain = sum(plain_likelihood(found, *row) for row in rows)
    assert found.log_likelihood == pytest.approx(plain, abs=1e-6)


def test_equal_histories_put_together_give_the_same_fit(cdnow):
    last, age = (np.rint(7 * weeks).astype(int) for weeks in (cdnow.last, cdnow.age))
    together = histories(cdnow.orders, last, age)
    assert len(together.orders) < len(last) / 2
    assert together.weight.sum() == len(last)
    apart = Histories(cdnow.orders, last / 7, age / 7, np.ones(len(last)))
    assert fit(together).log_likelihood == pytest.approx(fit(apart).log_likelihood, abs=1e-6)


@pytest.mark.parametrize("start", [(0.01, 0.01, 0.01, 0.01), (90, 900, 90, 90), (5, 0.1, 50, 0.1)])
def test_the_fit_does_not_depend_on_where_it_starts(cdnow, start):
    assert fit(cdnow, start).log_likelihood == pytest.approx(-9582.4256, abs=1e-3)


def test_parameters_are_found_again_in_what_they_made():
    random = np.random.default_rng(7)
    true, size = Fit(0.8, 6.0, 1.2, 4.0, 0, 0), 20_000
    rate, stop = random.gamma(true.r, 1 / true.alpha, size), random.beta(true.a, true.b, size)
    age = random.integers(200, 700, size)
    repeats, last = np.zeros(size, dtype=int), np.zeros(size, dtype=int)
    now, living = np.zeros(size), np.ones(size, dtype=bool)
    while living.any():
        now += random.exponential(1, size) / rate * 7
        living &= now <= age
        repeats[living] += 1
        last[living] = now[living]
        living &= random.random(size) > stop
    found = fit(histories(repeats, last, age))
    assert found.r == pytest.approx(true.r, rel=0.1)
    assert found.r / found.alpha == pytest.approx(true.r / true.alpha, rel=0.1)
    mean = true.a / (true.a + true.b)
    assert found.a / (found.a + found.b) == pytest.approx(mean, rel=0.15)


def test_nobody_who_ordered_twice_is_no_fit():
    zeros = np.zeros(5, dtype=int)
    assert fit(histories(zeros, zeros, zeros + 90)) is None
    assert fit(histories(zeros[:0], zeros[:0], zeros[:0])) is None


def test_customers_who_all_keep_a_rhythm_do_not_blow_the_fit_up():
    many = np.full(50, 12)
    found = fit(histories(many, many * 7, many * 7 + 3))
    assert all(np.isfinite([found.r, found.alpha, found.a, found.b, found.log_likelihood]))
    chance = p_order(found, many, many * 7, many * 7 + 3, 90)
    assert np.all((chance > 0.9) & (chance <= 1))


@given(
    x=st.integers(0, 60),
    last=st.integers(1, 700),
    silent=st.integers(0, 700),
    horizon=st.integers(1, 365),
    parameters=st.tuples(*[st.floats(0.05, 20)] * 4),
)
def test_the_chance_is_what_the_likelihood_of_more_silence_leaves(
    x, last, silent, horizon, parameters
):
    """P(no order in t more days) = L(x, t_x, T + t) / L(x, t_x, T)."""
    found, last = Fit(*parameters, 0, 0), last if x else 0
    age = last + silent
    longer = plain_likelihood(found, x, last / 7, (age + horizon) / 7)
    expected = 1 - exp(longer - plain_likelihood(found, x, last / 7, age / 7))
    told = p_order(found, np.array([x]), np.array([last]), np.array([age]), horizon)[0]
    assert told == pytest.approx(expected, abs=1e-9)


def test_the_chance_falls_with_silence_and_grows_with_the_horizon():
    silent = np.arange(0, 400, 10)
    orders, last = np.full(len(silent), 8), np.full(len(silent), 300)
    near, far = (p_order(PUBLISHED, orders, last, last + silent, days) for days in (30, 90))
    assert np.all(np.diff(near) < 0)
    assert np.all(far > near)

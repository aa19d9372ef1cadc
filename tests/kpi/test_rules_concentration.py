from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.concentration import EMPTY, concentration, of_sorted

books = st.lists(st.integers(1, 10**12), min_size=1, max_size=60)


def of(*revenue):
    return concentration(np.array(revenue, dtype=np.int64))


def test_one_customer_is_all_there_is():
    found = of(500)
    assert (found.top1_share, found.top20pct_share, found.hhi) == (1, 1, 10_000)
    assert (found.effective_accounts, found.gini, found.top20pct_accounts) == (1, 0, 1)


def test_equal_customers_read_as_their_number():
    found = of(*[7] * 20)
    assert found.effective_accounts == pytest.approx(20)
    assert found.hhi == pytest.approx(500)
    assert found.gini == pytest.approx(0)
    assert (found.top5_share, found.top10_share) == (0.25, 0.5)


def test_a_fifth_is_rounded_up():
    assert [of(*[1] * n).top20pct_accounts for n in (1, 4, 5, 6, 10, 11, 16)] == [
        1, 1, 1, 2, 2, 3, 4,
    ]  # fmt: skip


def test_losses_and_nothing_are_left_out():
    assert of(60, 40, 0, -500) == of(60, 40)


def test_an_empty_book_has_no_figures():
    assert of() == EMPTY
    assert of(0, -4) == EMPTY


def test_gini_of_a_known_book():
    assert of(1, 2, 3, 4).gini == pytest.approx(0.25)


@given(books)
def test_figures_equal_exact_fractions(revenue):
    total, count = sum(revenue), len(revenue)
    ordered = sorted(revenue)
    squares = sum(Fraction(v, total) ** 2 for v in revenue)
    gini = Fraction(sum((2 * i - count - 1) * v for i, v in enumerate(ordered, 1)), count * total)
    found = of(*revenue)
    assert found.hhi == pytest.approx(float(squares * 10_000), rel=1e-12)
    assert found.effective_accounts == pytest.approx(float(1 / squares), rel=1e-12)
    assert found.gini == pytest.approx(float(gini), abs=1e-12)
    assert found.top5_share == float(Fraction(sum(ordered[-5:]), total))


@given(books)
def test_figures_keep_their_bounds(revenue):
    found = of(*revenue)
    assert 0 <= found.gini < 1
    assert found.top1_share <= found.top5_share <= found.top10_share <= 1
    assert found.effective_accounts + 1e-9 >= 1
    assert found.effective_accounts <= len(revenue) + 1e-6


@given(st.lists(st.integers(-(10**12), 10**12), max_size=40))
def test_what_is_sorted_already_says_the_same(revenue):
    assert of_sorted(np.array(sorted(revenue), dtype=np.int64)) == of(*revenue)

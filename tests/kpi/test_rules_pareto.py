from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import pareto

EUR = 10_000
books = st.lists(st.integers(-5, 60).map(lambda n: n * 2_500), max_size=40)


def letters(levels) -> str:
    return "".join(pareto.LETTERS[levels])


def tiers(*revenue, cuts=pareto.DEFAULT_CUTS) -> str:
    values = np.array(revenue, dtype=np.int64)
    return letters(pareto.tiers(pareto.rank_accounts(values), cuts))


def strict(*revenue, cuts=pareto.DEFAULT_CUTS) -> str:
    values = np.array(revenue, dtype=np.int64)
    return letters(pareto.strict_tiers(pareto.rank_accounts(values), cuts))


@pytest.mark.parametrize(
    ("revenue", "expected", "why"),
    [
        ((85, 10, 5), "ABC", "an 85 % customer crosses the cut and goes up; so does the next"),
        ((80, 15, 5), "ABC", "exactly 80 before: not below the cut any more"),
        ((79, 16, 5), "AAC", "79 before is below 80"),
        ((40, 40, 15, 5), "AABC", "cum before: 0, 40, 80, 95"),
        ((5, 80, 15), "CAB", "the order of the input does not matter"),
        ((30, 30, 30, 5, 5), "AAABB", "the third of three equals begins at 0 like the first"),
        ((70, 10, 10, 10), "AAAA", "a tie group that begins below the cut is A as a whole"),
        ((80, 5, 5, 5, 5), "ABBBB", "a tie group beginning at 80 is B although it ends at 100"),
        ((100, 0, -20), "ANN", "nothing and less than nothing are not tiered"),
        ((80, -300, 20), "ANB", "the denominator is positive revenue only"),
        ((0, 0), "NN", "a book without revenue"),
        ((), "", "an empty book"),
        ((1,), "A", "one account is A"),
    ],
)
def test_tier_goes_by_the_revenue_before(revenue, expected, why):
    assert tiers(*revenue) == expected, why


@pytest.mark.parametrize(
    ("revenue", "expected", "why"),
    [
        ((85, 10, 5), "BBC", "the row itself counts: 85 is above 80, 95 is not above 95"),
        ((80, 15, 5), "ABC", "exactly 80 is still A"),
        ((30, 30, 30, 5, 5), "AABBC", "equal rows may fall on both sides of a cut"),
        ((70, 10, 10, 10), "AABC", "row by row in the order of the input"),
        ((100, 0, -20), "CNN", "a single customer passes every cut"),
        ((), "", "an empty book"),
    ],
)
def test_strict_tier_goes_by_the_revenue_including_the_row(revenue, expected, why):
    assert strict(*revenue) == expected, why


def test_one_unit_decides_where_a_float_would_not():
    assert tiers(799_999_999_999_999, 100_000_000_000_001, 100_000_000_000_000) == "AAB"
    assert tiers(800_000_000_000_000, 100_000_000_000_001, 99_999_999_999_999) == "ABB"


def test_cuts_may_have_decimals():
    assert tiers(825, 125, 50, cuts=(Decimal("82.5"), Decimal("95"))) == "ABC"
    assert tiers(824, 126, 50, cuts=(Decimal("82.5"), Decimal("95"))) == "AAC"
    assert pareto.cut_bound(3, Decimal("33.34")) == 2


def test_rank_and_revenue_before_are_shared_by_equals():
    ranking = pareto.rank_accounts(np.array([10, 30, 20, 20, 0, 10]))
    assert ranking.rank.tolist() == [4, 1, 2, 2, 0, 4]
    assert ranking.before.tolist() == [70, 0, 30, 30, 0, 70]
    assert ranking.order.tolist() == [1, 2, 3, 0, 5]
    assert ranking.total == 90


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [
        ([], "few"),
        ([5, 4, 3, 2, 0, -1], "few"),
        ([5, 4, 3, 2, 1], ""),
        ([7] * 12, "equal"),
        ([7] * 12 + [0], "equal"),
    ],
)
def test_degenerate_books_are_told(revenue, expected):
    assert pareto.degenerate(np.array(revenue, dtype=np.int64)) == expected


def test_curve_of_a_small_book_has_every_account_and_of_a_large_one_a_few_hundred():
    small = np.array([3, 2, 1, 0])
    assert pareto.curve(pareto.rank_accounts(small)) == [(1, 3), (2, 5), (3, 6)]
    large = np.arange(1, 50_001)
    points = pareto.curve(pareto.rank_accounts(large))
    assert len(points) <= 400
    assert points[0] == (1, 50_000)
    assert points[-1] == (50_000, int(large.sum()))
    assert points == sorted(points)


@given(books)
def test_tiers_equal_a_plain_reading_of_the_rule(revenue):
    total = sum(v for v in revenue if v > 0)
    expected = ""
    for value in revenue:
        before = sum(v for v in revenue if v > max(value, 0))
        if value <= 0:
            expected += "N"
        elif Fraction(before, total) < Fraction(80, 100):
            expected += "A"
        else:
            expected += "B" if Fraction(before, total) < Fraction(95, 100) else "C"
    assert tiers(*revenue) == expected


@given(books, st.randoms())
def test_tiers_do_not_depend_on_the_order_of_accounts(revenue, random):
    pairs = list(zip(revenue, tiers(*revenue), strict=True))
    random.shuffle(pairs)
    assert tiers(*[value for value, _ in pairs]) == "".join(letter for _, letter in pairs)


@given(books.filter(lambda book: any(v > 0 for v in book)))
def test_there_is_an_a_and_more_revenue_is_never_a_lower_tier(revenue):
    levels = pareto.tiers(pareto.rank_accounts(np.array(revenue)))
    assert pareto.A in levels
    by_revenue = [level for _, level in sorted(zip(revenue, levels, strict=True))]
    assert by_revenue == sorted(by_revenue)


@given(books)
def test_strict_is_never_above_the_tier_that_goes_up(revenue):
    ranking = pareto.rank_accounts(np.array(revenue, dtype=np.int64))
    assert (pareto.strict_tiers(ranking) <= pareto.tiers(ranking)).all()


@given(books, st.integers(1, 1000))
def test_tiers_do_not_depend_on_the_unit_of_money(revenue, factor):
    assert tiers(*revenue) == tiers(*[value * factor for value in revenue])

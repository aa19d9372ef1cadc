import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.rules.rates import difference, rate, shrunk


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [(24, 48, 0.36, 0.64), (6, 24, 0.12, 0.45), (3, 6, 0.19, 0.81)],
)
def test_intervals_are_the_published_ones(hits, cases, low, high):
    found = rate(hits, cases)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)
    assert found.share == hits / cases


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_agree_with_textbook_values(hits, cases, low, high):
    found = rate(hits, cases)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_of_nobody_nothing_is_known():
    found = rate(0, 0)
    assert (found.share, found.low, found.high, found.is_enough) == (None, 0.0, 1.0, False)


@pytest.mark.parametrize(("hits", "cases"), [(2, 1), (-1, 3)])
def test_impossible_counts_are_refused(hits, cases):
    with pytest.raises(ValueError, match=f"{hits} of {cases}"):
        rate(hits, cases)


@pytest.mark.parametrize(("cases", "enough"), [(9, False), (10, True)])
def test_below_ten_nothing_is_compared(cases, enough):
    assert rate(1, cases).is_enough is enough


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_possible(counts):
    found = rate(*counts)
    assert 0 <= found.low <= found.high <= 1
    if found.share is not None:
        assert found.low <= found.share <= found.high


def test_a_difference_of_two_sources_that_is_not_proven():
    found = difference(rate(12, 20), rate(15, 40))
    assert found.points == pytest.approx(0.225)
    assert (round(found.low, 2), round(found.high, 2)) == (-0.04, 0.45)
    assert not found.is_proven


def test_a_difference_agrees_with_newcombe():
    """His worked example: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339."""
    found = difference(rate(56, 70), rate(48, 80))
    assert (found.points, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.is_proven


def test_without_cases_nothing_differs():
    assert difference(rate(0, 0), rate(3, 4)) is None


def test_small_sources_are_drawn_towards_all():
    found = shrunk([rate(1, 1), rate(40, 99)])
    assert found[0] == pytest.approx((10 * 0.41 + 1) / 11)
    assert found[1] == pytest.approx((10 * 0.41 + 40) / 109)


def test_nobody_counted_gives_no_share():
    assert shrunk([rate(0, 0), rate(0, 0)]) == [None, None]


def test_with_enough_sources_the_borrowing_is_fitted():
    alike = [rate(10, 20)] * 5
    unlike = [rate(hits, 20) for hits in (1, 4, 10, 16, 19)]
    assert shrunk(alike) == pytest.approx([0.5] * 5)
    spread = shrunk(unlike)
    assert spread[0] < 0.12  # sources that truly differ borrow little
    assert shrunk([*alike, rate(18, 20)])[-1] < shrunk([*unlike, rate(18, 20)])[-1]

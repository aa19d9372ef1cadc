import numpy as np
import pytest

from kpi.rules import steadiness


def test_steadiness_is_told_of_old_customers_who_buy_in_half_of_the_quarters():
    revenue = np.array(
        [[10] * 8, [10] * 8, [10, 0] * 4, [70, 0, 0, 0, 0, 10, 10, 0], [-1] * 4 + [10] * 4]
    )
    old = np.array([True, False, True, True, True])
    assert steadiness.recurring(revenue, old).tolist() == [True, False, True, False, True]
    cv, letters = steadiness.letters(revenue, old)
    assert letters.tolist() == ["X", "", "Y", "", "Z"]
    assert cv[[0, 2]].tolist() == [0, 1]
    assert np.isnan(cv[[1, 3]]).all()


def test_ranks_need_enough_customers():
    values = np.arange(steadiness.LEAST_RANKED)
    assert not steadiness.ranks(values[1:], values[1:], values[1:]).any()
    assert steadiness.ranks(values, values, values).min() == 1


@pytest.mark.parametrize(
    ("ranks", "is_quiet"),
    [((2, 4, 4), True), ((1, 5, 5), True), ((3, 5, 5), False), ((2, 3, 5), False),
     ((2, 5, 3), False), ((0, 0, 0), False)],
)  # fmt: skip
def test_who_has_gone_quiet(ranks, is_quiet):
    assert steadiness.gone_quiet(np.array([ranks])).tolist() == [is_quiet]

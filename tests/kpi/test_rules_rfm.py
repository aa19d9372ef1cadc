import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.rfm import quintile, rfm


@pytest.mark.parametrize(
    ("values", "scores"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([10, 10, 10, 10, 10], [1, 1, 1, 1, 1]),
        ([1, 1, 1, 1, 9], [1, 1, 1, 1, 5]),
        ([3], [5]),
        ([], []),
        ([1, 2], [3, 5]),
    ],
)
def test_equal_values_share_the_score_of_the_lowest_rank(values, scores):
    assert quintile(np.array(values)).tolist() == scores


def test_fewer_silent_days_score_higher():
    assert rfm(np.array([1, 90]), np.array([5, 1]), np.array([9, 1])).tolist() == [
        [5, 5, 5],
        [3, 3, 3],
    ]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_scores_run_from_one_to_five_and_never_fall_with_the_value(values):
    scores = quintile(np.array(values)).tolist()
    assert all(1 <= score <= 5 for score in scores)
    ordered = [score for _, score in sorted(zip(values, scores, strict=True))]
    assert ordered == sorted(ordered)

import numpy as np
import pytest

from kpi.rules.xyz import variation, xyz


def test_zero_periods_count_and_the_spread_is_the_populations():
    cv = variation(np.array([[4, 4, 4, 4], [8, 0, 8, 0], [16, 0, 0, 0]]))
    assert cv == pytest.approx([0, 1, np.sqrt(3)])


def test_an_account_without_revenue_has_no_letter():
    assert xyz(variation(np.array([[0, 0], [5, -5], [-1, -1]]))).tolist() == ["", "", ""]


@pytest.mark.parametrize(("cv", "letter"), [(0.49, "X"), (0.5, "Y"), (1.0, "Y"), (1.01, "Z")])
def test_the_borders_belong_to_y(cv, letter):
    assert xyz(np.array([cv])).tolist() == [letter]

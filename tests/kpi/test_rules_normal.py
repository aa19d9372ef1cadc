from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.normal import upper_tail


@pytest.mark.parametrize(
    ("z", "tail"),
    [(0.0, 0.5), (1.2815515655446004, 0.1), (1.6448536269514722, 0.05), (-np.inf, 1), (np.inf, 0)],
)
def test_known_tails(z, tail):
    assert upper_tail(np.array([z])) == pytest.approx([tail], abs=1e-15)


@given(st.floats(-8, 8))
def test_it_equals_the_standard_library(z):
    assert upper_tail(np.array([z]))[0] == pytest.approx(1 - NormalDist().cdf(z), abs=1e-12)


def test_what_is_unknown_stays_unknown():
    assert np.isnan(upper_tail(np.array([np.nan]))).all()

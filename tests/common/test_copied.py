import io

import numpy as np
import pytest

from common.bulk import Column, packed
from common.copied import FIRST, numbers


@pytest.mark.parametrize("rows", [0, 1, FIRST - 1, FIRST, FIRST + 1, 3 * FIRST // 2 + 1, 20_000])
@pytest.mark.parametrize("columns", [1, 2, 7])
def test_numbers_come_back_as_they_were_copied(rows, columns):
    drawn = np.random.default_rng(rows + columns).integers(-(2**62), 2**62, (rows, columns))
    copied = packed([Column(f"column{at}", drawn[:, at]) for at in range(columns)])
    found = numbers(io.BytesIO(copied), columns)
    assert (found == drawn).all()
    assert found.shape == drawn.shape


def test_numbers_can_be_changed():
    found = numbers(io.BytesIO(packed([Column("column", np.arange(5))])), 1)
    found += 1
    assert found[:, 0].tolist() == [1, 2, 3, 4, 5]

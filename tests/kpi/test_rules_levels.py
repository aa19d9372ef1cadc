import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.levels import moves, pack, unpack

books = st.dictionaries(st.integers(1, 10**12), st.integers(0, 3), max_size=30)


def arrays(book):
    ids = np.array(sorted(book), dtype=np.int64)
    return ids, np.array([book[pk] for pk in sorted(book)], dtype=np.int8)


@given(books)
def test_packed_tiers_come_back_whole(book):
    ids, levels = unpack(pack(*arrays(book)))
    assert dict(zip(ids.tolist(), levels.tolist(), strict=True)) == book


@given(books, books)
def test_moves_count_every_account_that_changed_and_no_other(before, now):
    ids, levels = arrays(now)
    found = moves(arrays(before), ids, levels, np.zeros(len(ids)))
    changed = [
        (before.get(pk, 0), level) for pk, level in now.items() if before.get(pk, 0) != level
    ]
    assert found.up + found.down == sum(found.counts.values()) == len(changed)
    assert found.up == sum(then < level for then, level in changed)


def test_the_largest_movers_are_listed_first():
    found = moves(
        arrays({1: 3, 2: 2}),
        np.array([1, 2, 9]),
        np.array([2, 3, 1], dtype=np.int8),
        np.array([5, 70, 6]),
    )
    assert found.listed == [(2, "B", "A"), (9, "N", "C"), (1, "A", "B")]
    assert found.counts == {"AB": 1, "BA": 1, "NC": 1}

"""Tables of numbers of any size come back as they were packed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.queries.packed import packed, packed_column, unpacked, unpacked_column

number = st.one_of(
    st.integers(-(2**62), 2**62), st.integers(-300, 300), st.integers(-9, 9).map(lambda n: n * 100)
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(number, min_size=width - 1, max_size=width - 1), max_size=6
    ).flatmap(
        lambda rows: st.lists(st.integers(0, 2**40), min_size=len(rows), max_size=len(rows)).map(
            lambda ids: np.array(
                [[pk, *row] for pk, row in zip(sorted(ids), rows, strict=True)], dtype=np.int64
            ).reshape(len(rows), width)
        )
    )
)


@given(st.dictionaries(st.sampled_from(["money", "lines", "wrong"]), tables))
def test_what_was_packed_comes_back(some):
    found = unpacked(packed(some))
    assert found.keys() == some.keys()
    for name, table in some.items():
        assert found[name].dtype == np.int64
        assert found[name].shape == table.shape
        assert (found[name] == table).all()


def test_money_in_whole_cents_takes_few_bytes():
    ids = np.arange(10_000, dtype=np.int64) + 10**9
    table = np.column_stack([ids, ids * 0 + 7, (ids - 10**9) * 1_000_000])
    assert len(packed({"money": table})) < 10_000 * 5


@given(st.lists(st.integers(-(2**62), 2**62)), st.sampled_from([1, 100, 10_000]))
def test_a_column_comes_back_as_it_was(values, scale):
    column = np.array(values, dtype=np.int64) // scale * scale
    assert unpacked_column(packed_column(column)).tolist() == column.tolist()


def test_cents_of_a_column_take_a_narrow_place():
    assert len(packed_column(np.arange(100) * 100)) < 120


def test_rows_are_packed_in_the_order_of_their_first_column():
    table = np.array([[7, 1], [3, 20], [7, 300], [1, -5]], dtype=np.int64)
    found = unpacked(packed({"money": table}))["money"]
    assert found.tolist() == [[1, -5], [3, 20], [7, 1], [7, 300]]

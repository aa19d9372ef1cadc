"""Groups are those of np.unique, and their sums those of Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.groups import Cells, Groups, Places

money = st.integers(-(2**60), 2**60)
group = st.one_of(st.integers(0, 5), st.sampled_from([-1, 70_000, 2**40]))
rows = st.lists(st.tuples(group, money), max_size=30)


def columns(some: list) -> np.ndarray:
    return np.array(some, dtype=np.int64).reshape(-1, 2)


@given(rows.filter(lambda some: sum(abs(value) for _group, value in some) < 2**62))
def test_sums_are_exact(some):
    table = columns(some)
    groups, plain = Groups(table[:, 0]), {}
    for name, value in some:
        plain[name] = plain.get(name, 0) + value
    assert dict(zip(groups.ids.tolist(), groups.sums(table[:, 1]).tolist(), strict=True)) == plain
    assert groups.sums(table)[:, 1].tolist() == groups.sums(table[:, 1]).tolist()


@given(rows)
def test_each_group_has_its_values_in_their_order(some):
    table = columns(some)
    groups = Groups(table[:, 0])
    for name, values in zip(groups.ids.tolist(), groups.split(table[:, 1]), strict=False):
        assert values.tolist() == [value for group, value in some if group == name]


def test_what_is_true_is_counted():
    found = Groups(np.array([3, 1, 3])).sums(np.array([True, True, True]))
    assert found.tolist() == [1, 2]


@given(rows.filter(lambda some: sum(abs(value) for _group, value in some) < 2**62), st.data())
def test_sums_of_cells_are_those_of_their_rows_by_any_column(some, data):
    table = columns(some)
    other = np.array([data.draw(group) for _row in some], dtype=np.int64)
    cells = Cells([table[:, 0], other])
    pairs = set(zip(table[:, 0].tolist(), other.tolist(), strict=True))
    sums = cells.sums(table[:, 1])
    assert len(sums) == len(pairs)
    for column in (table[:, 0], other, table[:, 0] * 0):
        by_cell, by_row = Groups(cells.of(column)), Groups(column)
        assert by_cell.ids.tolist() == by_row.ids.tolist()
        assert by_cell.sums(sums).tolist() == by_row.sums(table[:, 1]).tolist()


@given(st.sets(st.one_of(st.integers(0, 50), st.integers(-(2**40), 2**40))), st.data())
def test_each_number_has_its_place_whether_dense_or_not(numbers, data):
    ids = np.array(sorted(numbers), dtype=np.int64)
    places = Places(ids)
    assert places.of(ids).tolist() == list(range(len(ids)))
    asked = data.draw(st.lists(st.integers(-(2**41), 2**41), max_size=5))
    assert len(places.of(np.array(asked, dtype=np.int64))) == len(asked)

"""Groups are those of np.unique, and their sums those of Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.groups import Groups

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

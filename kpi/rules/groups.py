"""Sums by group of large columns, exact: whole numbers stay whole."""

from collections.abc import Iterable

import numpy as np

NARROW = 2**16  # places below it are sorted by their bits


class Places:
    """Where numbers stand among `ids`, which ascend: looked up in a table where they are dense."""

    def __init__(self, ids: np.ndarray):
        self._ids, self._table = ids, None
        if len(ids) and ids[0] >= 0 and ids[-1] < 4 * len(ids) + NARROW:
            self._table = np.zeros(ids[-1] + 1, dtype=np.int64)
            self._table[ids] = np.arange(len(ids))

    def of(self, wanted: np.ndarray) -> np.ndarray:
        """Of those that are among them; of others any place."""
        if self._table is None:
            return np.searchsorted(self._ids, wanted)
        return self._table[np.clip(wanted, 0, len(self._table) - 1)]


class Groups:
    """`ids` are the distinct groups, ascending; `begins` where each begins in `order`, which takes
    rows to the order of their groups and leaves them as they were within one."""

    def __init__(self, groups: np.ndarray):
        self.ids, at = _distinct(groups)
        if len(self.ids) <= NARROW:
            at = at.astype(np.uint16)
        self.order = np.argsort(at, kind="stable")
        self.begins = np.searchsorted(at, np.arange(len(self.ids)), sorter=self.order)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """int64 of each group; of what is true or not the count. Columns are summed apart."""
        if not len(self.ids):
            return np.zeros((0, *values.shape[1:]), dtype=np.int64)
        if values.ndim > 1:
            return np.stack([self.sums(column) for column in values.T], axis=1)
        return np.add.reduceat(values[self.order], self.begins, dtype=np.int64)

    def split(self, values: np.ndarray) -> list[np.ndarray]:
        """The values of each group."""
        return np.split(values[self.order], self.begins[1:])


class Cells:
    """Rows that have the same values in all of `columns`: what is added up by cell first is few
    rows to add up by each column."""

    def __init__(self, columns: Iterable[np.ndarray]):
        cell = np.zeros(0, dtype=np.int64)
        for column in columns:
            ids, at = _distinct(column)
            if len(cell):
                at += _distinct(cell)[1] * len(ids)
            cell = at
        self._groups = Groups(cell)
        self._rows = self._groups.order[self._groups.begins]

    def of(self, column: np.ndarray) -> np.ndarray:
        """The value of each cell, of a column that is the same in all of its rows."""
        return column[self._rows]

    def sums(self, values: np.ndarray) -> np.ndarray:
        """int64 of each cell."""
        return self._groups.sums(values)


def _distinct(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """np.unique, without sorting where the numbers are few and small."""
    if not len(groups) or groups.min() < 0 or groups.max() > len(groups) + NARROW:
        ids, at = np.unique(groups, return_inverse=True)
        return ids, at.ravel()
    known = np.zeros(int(groups.max()) + 1, dtype=bool)
    known[groups] = True
    return np.flatnonzero(known), (np.cumsum(known) - 1)[groups]

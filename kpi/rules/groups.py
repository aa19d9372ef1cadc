"""Sums by group of large columns, exact: whole numbers stay whole."""

import numpy as np

NARROW = 2**16  # places below it are sorted by their bits


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


def _distinct(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """np.unique, without sorting where the numbers are few and small."""
    if not len(groups) or groups.min() < 0 or groups.max() > len(groups) + NARROW:
        ids, at = np.unique(groups, return_inverse=True)
        return ids, at.ravel()
    known = np.zeros(int(groups.max()) + 1, dtype=bool)
    known[groups] = True
    return np.flatnonzero(known), (np.cumsum(known) - 1)[groups]

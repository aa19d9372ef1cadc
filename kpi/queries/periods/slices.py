"""A large book summed account by account: of all of it the sums lie on disk, not in memory."""

import datetime as dt
import tempfile
from collections.abc import Collection, Mapping
from types import TracebackType

import numpy as np

from accounts.models import ServiceMonth
from common import dbops
from kpi.queries.packed import packed, unpacked

TABLE = ServiceMonth._meta.db_table
MONTHS = 1_000_000  # rows of the roll-up by month that are summed at once
ENDLESS = 2**62
Some = tuple[str, list]  # a condition of account_id, and its parameters


def some_of(accounts: Collection[int]) -> Some:
    return dbops.one_of("account_id", accounts)


def slices() -> list[Some]:
    """All accounts in ascending order, cut into parts that are small enough to be summed."""
    rows = dbops.read_ints(["account_id", "COUNT(*)"], f"FROM {TABLE} GROUP BY account_id")
    rows = rows[np.argsort(rows[:, 0])]
    part = np.cumsum(rows[:, 1]) // MONTHS
    cuts = rows[np.flatnonzero(np.diff(part, prepend=0)), 0].tolist()
    return [
        ("account_id >= %s AND account_id < %s", [begin, end])
        for begin, end in zip([0, *cuts], [*cuts, ENDLESS], strict=True)
    ]


class Shelf:
    """Tables by day, put down slice by slice and taken whole."""

    def __enter__(self) -> "Shelf":
        self._file = tempfile.TemporaryFile()
        self._places: dict[dt.date, list[tuple[int, int]]] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, day: dt.date, tables: Mapping[str, np.ndarray]) -> None:
        data = packed(tables)
        self._places.setdefault(day, []).append((self._file.tell(), len(data)))
        self._file.write(data)

    def take(self, day: dt.date) -> dict[str, np.ndarray]:
        parts = [self._read(*place) for place in self._places[day]]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _read(self, begin: int, size: int) -> dict[str, np.ndarray]:
        self._file.seek(begin)
        return unpacked(self._file.read(size))

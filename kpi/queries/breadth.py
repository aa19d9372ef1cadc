"""How many service lines accounts buy now, and the most they did in any three months of a year.

Whole groups count for their head. The night keeps which lines were bought in each of the twelve
months, a bit for each: of an account that was touched only the running month is read again, and
nothing at all of the others when the month turns.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accounts.models import ServiceLine
from accounts.queries.listing import twelve_months
from common import dbops

if TYPE_CHECKING:
    from kpi.queries.state import State

NAMES = ("lines", "most_lines")
MANY = 4  # of more than one account in so many all are read
YEAR = 12
MONTHS = 3
NOW_MONTHS = MONTHS + 1  # the running month is not over yet
AT_ONCE = 3  # months of a whole book
ACCOUNT, LINE, MONTH, NET = range(4)
BITS = np.array([number.bit_count() for number in range(256)], dtype=np.uint8)


@dataclass(frozen=True)
class Bought:
    """`months` [12, bytes, accounts]: a bit for each of `lines` (ids, ascending) that was bought.

    A month lies where its number of the year says, so that a new one takes the place of the one
    that leaves.
    """

    lines: np.ndarray
    months: np.ndarray

    @classmethod
    def nothing(cls, lines: np.ndarray, size: int) -> "Bought":
        return cls(lines, np.zeros((YEAR, _bytes(lines), size), dtype=np.uint8))

    @classmethod
    def of(cls, lines: np.ndarray, columns: Mapping[str, np.ndarray]) -> "Bought | None":
        """What `columns` gave; None if they do not hold it all."""
        width = _bytes(lines)
        names = [_name(*place) for place in np.ndindex(YEAR, width)]
        if not set(names) <= columns.keys():
            return None
        size = len(next(iter(columns.values())))
        months = np.zeros((YEAR * width, size), dtype=np.uint8)
        for place, name in enumerate(names):
            months[place] = columns[name]
        return cls(lines, months.reshape(YEAR, width, size))

    def with_all(self, lines: np.ndarray) -> "Bought | None":
        """With room for lines that came since; None if others went, which moves the bits."""
        known = len(self.lines)
        if not np.array_equal(lines[:known], self.lines):
            return None
        more = Bought.nothing(lines, self.months.shape[2]).months
        more[:, : self.months.shape[1]] = self.months
        return Bought(lines, more)

    def columns(self) -> dict[str, np.ndarray]:
        """Each place of a month and of eight lines by its name."""
        places = np.ndindex(self.months.shape[:2])
        return {_name(*place): self.months[place] for place in places}

    def counts(self, day: dt.date) -> tuple[np.ndarray, np.ndarray]:
        return _counts(self.months[[_place(month) for month in twelve_months(day)]])


def _name(month: int, byte: int) -> str:
    return f"bought-{month}-{byte}"


def _bytes(lines: np.ndarray) -> int:
    return -(-len(lines) // 8)


def _place(month: dt.date) -> int:
    return month.month - 1


def service_months(
    months: Sequence[dt.date], where: str = "TRUE", params: Sequence = ()
) -> np.ndarray:
    """Account, service line, month (a day number) and net of months in a row."""
    unnamed = "SELECT id FROM accounts_serviceline WHERE code = ''"
    return dbops.read_ints(
        ["m.account_id", "m.service_line_id", dbops.day_number("m.month"), "m.net"],
        "FROM accounts_servicemonth m WHERE m.month >= %s AND m.month <= %s"
        f" AND m.service_line_id NOT IN ({unnamed}) AND {where}",
        [months[0], months[-1], *params],
    )


def breadth(
    at: np.ndarray, rows: np.ndarray, day: dt.date, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Lines now and at the peak, for `size` places; row by row `at` says for which it counts."""
    return _counts(_months_of(at, rows, twelve_months(day), np.unique(rows[:, LINE]), size))


def _months_of(
    at: np.ndarray, rows: np.ndarray, months: Sequence[dt.date], lines: np.ndarray, size: int
) -> np.ndarray:
    """Bought.months of these rows, months in their order."""
    found = np.zeros((len(months), _bytes(lines), size), dtype=np.uint8)
    numbers = np.array([month.toordinal() for month in months])
    line = np.searchsorted(lines, rows[:, LINE])
    key = (np.searchsorted(numbers, rows[:, MONTH]) * len(lines) + line) * size + at
    keys, place = np.unique(key, return_inverse=True)
    net = np.zeros(len(keys), dtype=np.int64)
    np.add.at(net, place, rows[:, NET])
    rest, at = np.divmod(keys[net > 0], size)
    month, line = np.divmod(rest, len(lines))
    bits = np.left_shift(1, line % 8).astype(np.uint8)
    np.bitwise_or.at(found, (month, line // 8, at), bits)
    return found


def _counts(months: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lines now and at the peak, of twelve months in their order."""

    def count(window: np.ndarray) -> np.ndarray:
        return BITS[np.bitwise_or.reduce(window)].sum(axis=0, dtype=np.int64)

    ends = range(MONTHS, len(months) + 1)
    peaks = [count(months[end - MONTHS : end]) for end in ends]
    return count(months[-NOW_MONTHS:]), np.max(peaks, axis=0)


def count_lines(
    state: "State",
    day: dt.date,
    since: dt.date | None = None,
    changed: np.ndarray | None = None,
    earlier: np.ndarray | None = None,
) -> None:
    """Count the lines as of `day` of a state that has what was bought until `since`.

    `changed` are positions whose facts changed since (all without it), with their groups; those
    of them that are not in `earlier` changed in the month of `day` only.
    """
    lines = np.array(
        ServiceLine.objects.exclude(code="").order_by("pk").values_list("pk", flat=True),
        dtype=np.int64,
    )
    months, everybody = twelve_months(day), np.ones(len(state.ids), dtype=bool)
    kept = state.bought.with_all(lines) if state.bought else None
    if kept is None or since is None or changed is None or earlier is None or since < months[0]:
        state.bought = Bought.nothing(lines, len(state.ids))
        for begin in range(0, YEAR, AT_ONCE):
            _read(state, everybody, months[begin : begin + AT_ONCE])
    else:
        state.bought = kept
        turned = [month for month in months if month > since]
        if turned:
            _read(state, everybody, turned)
        whole = state.whole_groups(earlier)
        _read(state, whole, months)
        _read(state, state.whole_groups(changed) & ~whole, months[-1:])
    for name, values in zip(NAMES, state.bought.counts(day), strict=True):
        state.arrays[name] = values


def _read(state: "State", wanted: np.ndarray, months: Sequence[dt.date]) -> None:
    """What the `wanted` groups bought in these months, from their sums."""
    lines = state.bought.lines
    if not (wanted.any() and len(lines)):
        return
    where, params = "m.service_line_id BETWEEN %s AND %s", [int(lines[0]), int(lines[-1])]
    if MANY * np.count_nonzero(wanted) < len(wanted):
        condition, ids = dbops.one_of("m.account_id", state.ids[wanted])
        where, params = f"{where} AND {condition}", params + ids
    rows = service_months(months, where, params)
    rows = rows[state.knows(rows[:, ACCOUNT]) & np.isin(rows[:, LINE], lines)]  # others came since
    own = state.positions(rows[:, ACCOUNT])
    member = np.flatnonzero(~state.alone[own])
    at = np.concatenate([own, state.head[own[member]]])
    found = _months_of(at, np.concatenate([rows, rows[member]]), months, lines, len(state.ids))
    for month, bought in zip(months, found, strict=True):
        place = state.bought.months[_place(month)]
        place[:, wanted] = bought[:, wanted]

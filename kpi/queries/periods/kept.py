"""Sums over the periods of a day, slid from those of a day shortly before.

What enters a period is added and what leaves it taken off; accounts whose older facts were
corrected in between are summed anew. A day that nothing kept leads to is summed whole.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from common import large
from kpi.models import KeptSums
from kpi.queries.packed import packed, unpacked
from kpi.queries.periods import money, services
from kpi.queries.periods.period import Pair, Period, before, pair_of
from kpi.queries.periods.slices import Shelf, Some, slices, some_of
from kpi.queries.periods.stretches import Stretches, Sums, added, named
from kpi.queries.state import State
from kpi.rules.windows import Window, moved

VERSION = "kept-3"
SUMS = KeptSums._meta.db_table
PATCHED = 8  # with one account of so many in the patch all are packed anew
FAR = dt.timedelta(days=31)  # further on the sums of a day are as cheaply made whole
DAY = dt.timedelta(days=1)
BASE, CURRENT, BEFORE = range(3)
# Which values are kept of which period: net, margin and uncosted by account; net, and then
# purchases, by account and service line.
MONEY = ((BASE, [0]), (CURRENT, [0, 1, 2]))
LINES = ((CURRENT, [0]), (BEFORE, [1]))
Moves = list[list[tuple[int, Period]]]  # of each of the three periods: 1 comes in, -1 goes


@dataclass(frozen=True)
class Kept:
    """Rows that are not all zero, those of an account in one run. `money`: account, net of the
    base, MONEY of the current period; `lines`: account, service line, net of the current period,
    purchases of the 24 months before."""

    pair: Pair
    money: np.ndarray
    lines: np.ndarray

    @property
    def day(self) -> dt.date:
        return self.pair.current.last

    def known_to(self, state: State) -> "Kept":
        """Without accounts that are gone: an import that is undone takes its own with it."""
        lines = self.lines[:, 0]
        seen = np.concatenate([self.money[:, 0], lines[np.diff(lines, prepend=0) != 0]])
        gone = seen[~state.knows(seen)]
        return _but(self, gone) if len(gone) else self

    def net_of(self, period: Period) -> np.ndarray | None:
        """[rows, 2]: account and net; None for a period that is not kept."""
        if period == self.pair.base:
            return _told(self.money[:, [0, 1]], keys=1)
        return self.money_of(period)

    def money_of(self, period: Period) -> np.ndarray | None:
        """[rows, 4]: account, net, margin and uncosted."""
        if period == self.pair.current:
            return _told(self.money[:, [0, 2, 3, 4]], keys=1)
        return None

    def sold_in(self, period: Period) -> np.ndarray | None:
        """[rows, 3]: account, service line and net."""
        return _told(self.lines[:, [0, 1, 2]], keys=2) if period == self.pair.current else None

    def tables(self) -> dict[str, np.ndarray]:
        return {"money": self.money, "lines": self.lines}

    def packed(self) -> bytes:
        """Rows by account, those of one as they lie."""
        return packed(self.tables())


def kept_sums(day: dt.date) -> Kept:
    return told(kept_row(day))


def kept_row(day: dt.date) -> KeptSums:
    """KeptSums.DoesNotExist for a day that is not kept."""
    row = KeptSums.objects.defer("packed").get(day=day, version=VERSION)
    row.packed = large.read_bytes("packed", f"FROM {SUMS} WHERE id = %s", [row.pk])
    return row


def told(row: KeptSums) -> Kept:
    kept = _unpacked(row.day, row.packed)
    return _replaced(kept, *_patch(row)) if row.patch else kept


def correct(row: KeptSums, accounts: Collection[int], anew: Kept) -> Kept:
    """The sums of a kept day with those of `accounts` from `anew`, which is of this day and of all
    facts. Changes `row`, unsaved: beside what is packed stands a patch, as long as it is small."""
    kept = _unpacked(row.day, row.packed)
    wrong = np.array(sorted(accounts), dtype=np.int64)
    right = _only(anew, wrong)
    if row.patch:
        earlier, was = _patch(row)
        wrong, right = np.union1d(earlier, wrong), _replaced(was, wrong, right)
    found = _replaced(kept, wrong, right)
    if PATCHED * len(wrong) > len(kept.money):
        row.packed, row.patch = found.packed(), b""
    else:
        row.patch = packed({"wrong": wrong.reshape(-1, 1), **right.tables()})
    return found


def _patch(row: KeptSums) -> tuple[np.ndarray, Kept]:
    """Accounts of which the packed sums are no longer true, and theirs."""
    return unpacked(row.patch)["wrong"][:, 0], _unpacked(row.day, row.patch)


def _unpacked(day: dt.date, data: bytes | memoryview) -> Kept:
    tables = unpacked(data)
    return Kept(pair_of(day), tables["money"], tables["lines"])


def _replaced(kept: Kept, wrong: np.ndarray, right: Kept) -> Kept:
    """`right`: all rows of the accounts that are `wrong`. They come last."""
    tables = ((kept.money, right.money), (kept.lines, right.lines))
    return Kept(right.pair, *(_with_last(rows, wrong, last) for rows, last in tables))


def _with_last(rows: np.ndarray, wrong: np.ndarray, last: np.ndarray) -> np.ndarray:
    """A large table is copied once: "clip" spares what numpy would put between."""
    stay = np.flatnonzero(~np.isin(rows[:, 0], wrong))
    found = np.empty((len(stay) + len(last), rows.shape[1]), dtype=np.int64)
    np.take(rows, stay, axis=0, out=found[: len(stay)], mode="clip")
    found[len(stay) :] = last
    return found


def _told(rows: np.ndarray, keys: int) -> np.ndarray:
    return rows[rows[:, keys:].any(axis=1)]


def wholes(days: Collection[dt.date], accounts: Collection[int] | None = None) -> Iterator[Kept]:
    """The sums of each day from all facts (of these accounts), which are read once."""
    pairs = [pair_of(day) for day in days]
    if not pairs:
        return
    with Shelf() as shelf:
        for some in slices() if accounts is None else [some_of(accounts)]:
            for one in _wholes(pairs, some):
                shelf.put(one.day, one.tables())
        for pair in pairs:
            tables = shelf.take(pair.current.last)
            yield Kept(pair, tables["money"], tables["lines"])


def _wholes(pairs: list[Pair], some: Some) -> Iterator[Kept]:
    years = Stretches(period for pair in pairs for period in (pair.base, pair.current))
    longer = Stretches(period for pair in pairs for period in (before(pair), pair.current))
    by_account = money.by_stretch(years, some=some)
    by_line = services.by_stretch(longer, some)
    for pair in pairs:
        moves: Moves = [[(1, pair.base)], [(1, pair.current)], [(1, before(pair))]]
        yield Kept(pair, _summed(by_account, moves, MONEY), _summed(by_line, moves, LINES))


class Passed:
    """What came into the periods of some days since others, and what went: read once."""

    def __init__(self, days: Collection[tuple[dt.date, dt.date]]):
        """Each the day before and the one after."""
        moves = [_moves(pair_of(then), pair_of(now)) for then, now in days]
        parts = {part for one in moves for some in one for _sign, part in some}
        if parts:
            cut = Stretches(parts)
            self._money = money.by_stretch(cut, parts)
            self._lines = services.by_day(cut, parts)

    def between(self, then: Pair, now: Pair) -> Kept:
        moves = _moves(then, now)
        if not any(moves):
            return Kept(now, np.zeros((0, 5), dtype=np.int64), np.zeros((0, 4), dtype=np.int64))
        return Kept(now, _summed(self._money, moves, MONEY), _summed(self._lines, moves, LINES))


def slid(
    kept: Kept,
    day: dt.date,
    passed: Passed,
    corrected: Collection[int] = (),
    anew: Kept | None = None,
) -> Kept:
    """The sums of a later `day` (or the same); `corrected` are accounts whose facts up to the day
    of `kept` are not those it was made from: theirs come from `anew`, of `day` and all facts."""
    pair, wrong = pair_of(day), np.array(sorted(corrected), dtype=np.int64)
    passing = passed.between(kept.pair, pair)
    touched = np.union1d(wrong, np.concatenate([passing.money[:, 0], passing.lines[:, 0]]))
    parts = [_but(one, wrong) for one in (_only(kept, touched), passing)]
    if anew is not None:
        parts.append(_only(anew, wrong))
    right = Kept(
        pair,
        _added([one.money for one in parts], keys=1),
        _added([one.lines for one in parts], keys=2),
    )
    return _replaced(kept, touched, right)


def _only(kept: Kept, accounts: np.ndarray) -> Kept:
    money, lines = (rows[np.isin(rows[:, 0], accounts)] for rows in (kept.money, kept.lines))
    return Kept(kept.pair, money, lines)


def _but(kept: Kept, accounts: np.ndarray) -> Kept:
    money, lines = (rows[~np.isin(rows[:, 0], accounts)] for rows in (kept.money, kept.lines))
    return Kept(kept.pair, money, lines)


def _moves(then: Pair, now: Pair) -> Moves:
    pairs = ((then.base, now.base), (then.current, now.current), (before(then), before(now)))
    return [
        [(sign, Period(part.first, part.until)) for sign, part in moved(_window(old), _window(new))]
        for old, new in pairs
    ]


def _window(period: Period) -> Window:
    return Window(period.first - DAY, period.last)


def _summed(sums: Sums, moves: Moves, wanted: tuple) -> np.ndarray:
    """Rows of the keys of `sums` and each wanted value of each wanted period."""
    keys = sums.names.shape[1]
    width = keys + sum(len(values) for _period, values in wanted)
    tables, at = [np.zeros((0, width), dtype=np.int64)], keys
    for period, values in wanted:
        for sign, part in moves[period]:
            found = sums.of(part)
            table = np.zeros((len(found), width), dtype=np.int64)
            table[:, :keys] = found[:, :keys]
            table[:, at : at + len(values)] = sign * found[:, [keys + one for one in values]]
            tables.append(table)
        at += len(values)
    return _added(tables, keys)


def _added(tables: list[np.ndarray], keys: int) -> np.ndarray:
    table = np.concatenate(tables)
    names, at = named(table[:, :keys])
    sums = added(at, len(names), list(table[:, keys:].T))
    return _told(np.concatenate([names, sums], axis=1), keys)

"""Decisions of the ledger: what a line is worth, whether it is new, what stands in undo's way."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from accounts.choices import LineStatus
from common.reading.values import in_units

RATE_SCALE = 10  # decimals of a rate, kept as a whole number
NEW, SAME, CHANGED = "new", "same", "changed"
NOT_COUNTED = frozenset({LineStatus.OPEN, LineStatus.CANCELLED})


def kind_of(digest: int, live_digest: int | None) -> str:
    """new, same or changed, by the content of the live line that has the same key."""
    if live_digest is None:
        return NEW
    return SAME if digest == live_digest else CHANGED


class RateTable:
    """Dated rates into the company's currency; the rate in force is the latest on or before."""

    def __init__(self, base: str, exponent: int, rates: Iterable[tuple[str, dt.date, int]]):
        """`rates`: currency, day, rate as whole 1/10**10, in any order."""
        self.base, self.exponent = base, exponent
        self._days: dict[str, list[dt.date]] = {}
        self._rates: dict[str, list[int]] = {}
        for currency, day, rate in sorted(rates):
            self._days.setdefault(currency, []).append(day)
            self._rates.setdefault(currency, []).append(rate)

    def rate(self, currency: str, day: dt.date) -> int | None:
        """The rate in force, or None where none is known on that day."""
        days = self._days.get(currency)
        place = bisect_right(days, day) if days else 0
        return self._rates[currency][place - 1] if place else None

    def net(self, amount: int | None, currency: str, day: dt.date, status: str) -> int | None:
        """An amount in units of the company's currency, rounded half-up; None without a rate.

        Open orders and cancelled lines are worth nothing, whatever they say.
        """
        if amount is None:
            return None
        if status in NOT_COUNTED:
            return 0
        if currency == self.base:
            return amount
        rate = self.rate(currency, day)
        return None if rate is None else in_units((amount * rate, 4 + RATE_SCALE), self.exponent)


def parents_without_circles(
    wanted: Mapping[int, int], known: Mapping[int, int | None]
) -> dict[int, int]:
    """The wanted child → parent links, in order, that close no circle with known ones."""
    parents = {child: parent for child, parent in known.items() if parent is not None}
    kept = {}
    for child, parent in wanted.items():
        above: int | None = parent
        seen = {child}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is None:
            parents[child] = kept[child] = parent
    return kept

"""How often alarms were right: each judged by what was ordered after it, none left out.

Replayed alarms know only what was known on their day: the gaps before, and the book's fit of then.
Days are ordinals. Sources: methods 1.10 and 2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kpi.rules import rhythm
from kpi.rules.intervals import wilson

RULE_VERSION = "record-1"
HORIZON = 90
RIGHT, BACK, YOUNG = "right", "back", "young"
OPEN = 0  # instead of a next order that never came


def outcome(alarm: int, next_order: int | None, day: int) -> str:
    """RIGHT: no order within 90 days after the alarm. YOUNG: the 90 days are not over.

    A young one that ordered already is young too: or the quick ones alone would be judged early.
    """
    if day < alarm + HORIZON:
        return YOUNG
    return BACK if next_order is not None and next_order <= alarm + HORIZON else RIGHT


@dataclass(frozen=True, slots=True)
class Tally:
    """Alarms by what came of them; `wrong`: how many of them people called wrong."""

    right: int = 0
    back: int = 0
    young: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        return self.right + self.back

    @property
    def alarms(self) -> int:
        return self.judged + self.young

    @property
    def rate(self) -> float | None:
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.right, self.judged)


def tally(rows: Iterable[tuple[str, bool]]) -> Tally:
    """From (outcome, called wrong)."""
    counts = {RIGHT: 0, BACK: 0, YOUNG: 0}
    wrong = 0
    for came, is_wrong in rows:
        counts[came] += 1
        wrong += is_wrong
    return Tally(counts[RIGHT], counts[BACK], counts[YOUNG], wrong)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Alarms as arrays: position of the account, its last order before, the unusual and the alarm
    day, and the next order (OPEN: none yet)."""

    at: np.ndarray
    since: np.ndarray
    amber: np.ndarray
    red: np.ndarray
    next: np.ndarray


def replay(
    at: np.ndarray, days: np.ndarray, fits: Mapping[int, rhythm.Fit], remembered: int
) -> Replayed:
    """What would have been raised after each order day; `at` and `days` ascend.

    `fits`: the book's fit by the day it was made; an order takes the newest one until its day.
    `remembered`: days that gaps count for.
    """
    same = np.append(at[1:] == at[:-1], False)
    next_order = np.where(same, np.append(days[1:], OPEN), OPEN)
    sums = _known_gaps(at, days, remembered)
    parts = []
    made = sorted(fits)
    newest = np.searchsorted(np.array(made, dtype=np.int64), days, side="right") - 1
    for number, day in enumerate(made):
        some = np.flatnonzero(newest == number)
        rhythms = rhythm.rhythms(fits[day], *(part[some] for part in sums))
        amber, red = (rhythm.alarm_days(rhythms, days[some], z) for z in (rhythm.AMBER, rhythm.RED))
        silent = (next_order[some] == OPEN) | (next_order[some] > red)
        raised = silent & (red != rhythm.NONE)
        kept = some[raised]
        parts.append((at[kept], days[kept], amber[raised], red[raised], next_order[kept]))
    empty = [np.zeros(0, dtype=np.int64)] * 5
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else empty
    return Replayed(*columns)


def _known_gaps(at: np.ndarray, days: np.ndarray, remembered: int) -> tuple[np.ndarray, ...]:
    """Number and sum of the log gaps that each order day looks back on."""
    follows = np.append(False, at[1:] == at[:-1])
    gaps = np.where(follows, np.append(0, np.diff(days)), 1)
    values = [
        np.where(follows, part, 0) for part in (np.ones_like(gaps), rhythm.log_units(gaps)[0])
    ]
    span = int(days.max() - days.min() + remembered + 2) if len(days) else 1
    place = at * span + (days - (days.min() if len(days) else 0))
    first = np.searchsorted(place, np.maximum(place - remembered + 1, at * span))
    found = []
    for part in values:
        total = np.append(0, np.cumsum(part))
        # The gap that ends at the first remembered order began before it and does not count.
        found.append(
            total[np.arange(len(at)) + 1] - total[np.minimum(first + 1, np.arange(len(at)) + 1)]
        )
    return tuple(found)

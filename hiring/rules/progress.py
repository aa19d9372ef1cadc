"""Where a goal of a trial stands today, against the line on which it would be reached in time.

Growth is net revenue since the start over what the same accounts would bring in the same days at
the pace of their baseline. All shares are parts of one: 0.3 is 30 %.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiring.rules import intervals
from hiring.rules.intervals import Estimate, Orders

VERSION = f"progress-1, {intervals.VERSION}"


class Course(StrEnum):
    """How a goal stands against its line."""

    REACHED = "reached"
    AHEAD = "ahead"
    BEHIND = "behind"
    UNSURE = "unsure"  # the line lies within what chance alone may do
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Growth:
    """`value`, its interval (None: too few orders to say) and that of the accounts not given."""

    value: float | None
    low: float | None = None
    high: float | None = None
    control: float | None = None
    difference: Estimate | None = None

    @property
    def is_telling(self) -> bool:
        return self.low is not None


def elapsed(start: dt.date, end: dt.date, day: dt.date) -> float:
    """The part of the time that is over at the end of `day`, 0 to 1.

    >>> elapsed(dt.date(2026, 6, 1), dt.date(2026, 6, 14), dt.date(2026, 6, 7))
    0.5
    """
    days = (min(day, end) - start).days + 1
    return max(days, 0) / ((end - start).days + 1)


def expected_today(target: float, part: float, begin: float = 0.0) -> float:
    """On a straight line from `begin` to the target; who began beyond it holds the target.

    >>> expected_today(0.3, 0.5)
    0.15
    """
    return target if begin >= target else begin + (target - begin) * part


def growth(
    *, given: Orders, baseline: Orders, control: Orders, control_baseline: Orders, share: float
) -> Growth:
    """Orders since the start against `share` (of a year) of the baseline's, with chance in both."""
    now = _grown(given, baseline, share)
    if now is None:
        return Growth(None)
    others = _grown(control, control_baseline, share)
    value = now.value
    beside = others.value if others else None
    if min(given.count, baseline.count) < intervals.ENOUGH or now.low == now.high:
        return Growth(value, control=beside)
    few = others is None or min(control.count, control_baseline.count) < intervals.ENOUGH
    difference = None if few else intervals.difference_estimate(now, others)
    return Growth(value, now.low, now.high, beside, difference)


def _grown(since: Orders, baseline: Orders, share: float) -> Estimate | None:
    """Growth as a part of one; without a baseline or a day there is nothing to compare with."""
    if baseline.net <= 0 or share <= 0:
        return None
    value = since.net / (baseline.net * share) - 1
    ratio = intervals.ratio_estimate(
        intervals.sum_estimate(since), intervals.sum_estimate(baseline)
    )
    if ratio is None or since.count == 0:
        return Estimate(value, value, value)
    return Estimate(value, ratio.low / share - 1, ratio.high / share - 1)


def course(
    value: float | None, *, expected: float | None, target: float | None, is_over: bool,
    low: float | None = None, high: float | None = None, is_random: bool = False,
) -> Course:  # fmt: skip
    """`is_random`: the value moves by chance too, so it is ahead or behind only beyond that.

    Before the end a random value is not called reached: it may fall again.
    """
    if value is None or expected is None or target is None:
        return Course.UNKNOWN
    if value >= target and (is_over or not is_random):
        return Course.REACHED
    if not is_random or is_over:
        return Course.AHEAD if value >= expected else Course.BEHIND
    if low is None or high is None:
        return Course.UNKNOWN
    if low >= expected:
        return Course.AHEAD
    return Course.BEHIND if high < expected else Course.UNSURE


def share_in_time(
    firsts: Sequence[dt.date | None], *, start: dt.date, within_days: int
) -> float | None:
    """Of the accounts the part whose first meeting came within so many days; the first day is 1.

    >>> share_in_time([dt.date(2026, 6, 5), dt.date(2026, 6, 6), None],
    ...               start=dt.date(2026, 6, 1), within_days=5)
    0.3333333333333333
    """
    if not firsts:
        return None
    last = start + dt.timedelta(days=within_days - 1)
    return sum(day is not None and start <= day <= last for day in firsts) / len(firsts)


@dataclass(frozen=True, slots=True)
class Part:
    """One goal's part of the way: where it is and should be, 0 to 1, and what it weighs."""

    done: float
    due: float
    weight: int


def whole(parts: Sequence[Part]) -> Part | None:
    """The way of all goals together, by weight; None when none can be told."""
    weight = sum(part.weight for part in parts)
    if not weight:
        return None
    done = sum(part.done * part.weight for part in parts) / weight
    return Part(done, sum(part.due * part.weight for part in parts) / weight, weight)


def part_of(
    value: float | None, expected: float | None, target: float | None, *,
    begin: float = 0.0, weight: int = 1,
) -> Part | None:  # fmt: skip
    """From `begin` to the target; falling behind the beginning is no way at all.

    >>> part_of(0.1, 0.15, 0.3)
    Part(done=0.33, due=0.5, weight=1)
    """
    if value is None or expected is None or not target:
        return None
    way = target - begin
    if way <= 0:
        return Part(1.0 if value >= target else 0.0, 1.0, weight)

    def along(place: float) -> float:
        return round(min(max((place - begin) / way, 0.0), 1.0), 2)

    return Part(along(value), along(expected), weight)

"""A plan of a year month by month: how it is spread, how much of it a day asks for, who has it.

Money and counts are whole units; shares are exact fractions, so that every split adds up. Source:
methods 1.12 and 1.14. A changed formula gets a new VERSION.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

VERSION = "plan-1"
MONTHS = 12
LEAST_YEARS, MOST_YEARS = 2, 3
LARGEST = Decimal(10**12)
DECIMALS = {"sales": 4, "active": 0, "new": 0, "width": 2}
SUMMED = frozenset({"sales", "new"})  # of the others a year is what its months are on average
Season = tuple[Fraction, ...]  # the share of a year that is there at the end of each month

EVEN: Season = tuple(Fraction(month, MONTHS) for month in range(1, MONTHS + 1))


def season(years: Sequence[Sequence[int]], *, least: int = LEAST_YEARS) -> Season | None:
    """The mean cumulative share at each month's end, of the last whole years; None when fewer than
    `least` of them sold anything.

    Credits may make a year's line fall; it is kept from falling and within the year.
    """
    lines = [_cumulative(months) for months in years if sum(months) > 0][-MOST_YEARS:]
    if len(lines) < least:
        return None
    means = (sum(shares, Fraction()) / len(lines) for shares in zip(*lines, strict=True))
    found, highest = [], Fraction()
    for share in means:
        highest = min(Fraction(1), max(highest, share))
        found.append(highest)
    return (*found[:-1], Fraction(1))


def _cumulative(months: Sequence[int]) -> list[Fraction]:
    whole, so_far, found = sum(months), 0, []
    for value in months:
        so_far += value
        found.append(Fraction(so_far, whole))
    return found


def phase(total: int, shares: Season, *, step: int = 1) -> list[int]:
    """`total` (not below zero) by month in multiples of `step`; what rounding leaves goes to the
    months after, and the twelve add up to `total`."""
    ends = [min(total, rounded(total * share / step) * step) for share in shares[:-1]] + [total]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def rounded(value: Fraction) -> int:
    """Half away from zero."""
    doubled = 2 * abs(value.numerator) + value.denominator
    whole = doubled // (2 * value.denominator)
    return whole if value >= 0 else -whole


def part_of_month(day: dt.date) -> Fraction:
    """How much of its month has gone by at the end of `day`."""
    return Fraction(day.day, calendar.monthrange(day.year, day.month)[1])


def share_on(shares: Season, day: dt.date) -> Fraction:
    """The season at the end of a day; within a month by days."""
    before = shares[day.month - 2] if day.month > 1 else Fraction()
    return before + (shares[day.month - 1] - before) * part_of_month(day)


def to_date(months: Sequence[int], day: dt.date) -> int:
    """What twelve months ask for by the end of `day`; of the running month by days."""
    running = months[day.month - 1] * part_of_month(day)
    return sum(months[: day.month - 1]) + rounded(running)


def attainment(actual: int, planned: int) -> float | None:
    """The share reached; None without a plan, or with one of nothing."""
    return actual / planned if planned > 0 else None


def held_days(spans: Iterable[tuple[int, int]], year: int) -> list[int]:
    """Days of each month within any of the spans (ordinals, the end not included)."""
    spans, found = list(spans), []
    for month in range(1, MONTHS + 1):
        first = dt.date(year, month, 1).toordinal()
        last = first + calendar.monthrange(year, month)[1]
        cuts = [(max(first, start), min(last, end)) for start, end in spans]
        found.append(sum(max(0, end - start) for start, end in cuts))
    return found


def prorated(months: Sequence[int], days: Sequence[int], year: int) -> list[int]:
    """Each month's plan by the days somebody was there; nobody's is the rest."""
    lengths = [calendar.monthrange(year, month)[1] for month in range(1, MONTHS + 1)]
    rows = zip(months, days, lengths, strict=True)
    return [rounded(Fraction(value * there, length)) for value, there, length in rows]


def grown(total: int, percent: Decimal) -> int:
    """A figure of last year and x per cent."""
    return rounded(total * (1 + Fraction(percent) / 100))


def refusal(measure: str, value: Decimal) -> str:
    """Why a figure cannot be planned, as a code; "" where it can."""
    if value < 0:
        return "negative"
    if value > LARGEST:
        return "large"
    places = value.normalize().as_tuple().exponent
    if not isinstance(places, int):
        return "large"  # not a number, or infinite
    return "decimals" if -places > DECIMALS[measure] else ""


def may_replace(in_force_since: dt.date | None, start: dt.date, today: dt.date) -> str:
    """Why another version cannot hold from `start` on, as a code; "" where it can.

    What was in force on a day that is gone stays what was in force.
    """
    if in_force_since is None:
        return ""
    if start < today:
        return "past"
    return "" if start > in_force_since else "early"

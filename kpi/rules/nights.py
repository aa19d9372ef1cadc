"""Which days a night computes, so that a machine that was off misses none that matter."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from kpi.choices import NightPart
from kpi.rules import windows

RULE_VERSION = "nights-1"
CAUGHT_UP_DAILY = 31
FINE = 1000  # steps of one part of a night
PARTS = tuple(NightPart)


def steps(
    day: date, *, since: date | None, first_day: date | None, daily: bool = True
) -> list[date]:
    """The days to judge, oldest first, ending with `day`.

    `since`: the last day already judged (itself again when it is `day`); None before the first
    night, whose history goes back over the month-ends to the first full twelve months of ledger.
    `daily`: of the last 31 days each one that was missed, and not only the month-ends.
    """
    if since is None:
        if first_day is None:
            return [day]
        found = windows.month_ends(windows.first_full_year(first_day), day)
    else:
        found = windows.month_ends(since + timedelta(days=1), day)
        recent = max(since, day - timedelta(days=CAUGHT_UP_DAILY)) + timedelta(days=1)
        missed = (day - recent).days if daily else 0
        found += [recent + timedelta(days=number) for number in range(missed)]
    return sorted({*found, day})


def due_date(local: datetime, hour: int) -> date | None:
    """The local date whose night is due by this wall clock; None before its hour.

    Only the date and the hour are asked, so a skipped or repeated hour neither loses a night nor
    makes two of it, and a machine that was off at the hour is due as soon as it is on.
    """
    return local.date() if local.hour >= hour else None


def along(shares: Iterable[float]) -> tuple[int, int]:
    """How far all of a night is, as (done, total): of each part that has begun its share, 0 to 1.
    A whole night is told by its end only."""
    total = len(PARTS) * FINE
    return min(round(FINE * sum(shares)), total - 1), total

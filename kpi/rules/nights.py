"""Which days a night computes, so that a machine that was off misses none that matter."""

from datetime import date, timedelta

from kpi.rules import windows

RULE_VERSION = "nights-1"
CAUGHT_UP_DAILY = 31


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

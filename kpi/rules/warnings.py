"""Which warnings stand, what excuses a silence, and what is at stake (methods 2 and 1.10).

Money is int units, chances whole percent. A changed threshold is a new RULE_VERSION.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

RULE_VERSION = "warnings-2"
AMBER, RED = "amber", "red"
HORIZON = 90  # days ahead that the money is of
YEAR = 365
GONE = dt.timedelta(days=365)  # an alarm that stands so long is a loss and no warning any more
RETURN = dt.timedelta(days=14)  # a season may begin so much earlier than last year, or end later
UNLIKELY, VERY_UNLIKELY = 20, 10  # percent
LINES_A_WEEK = 7  # a manager can work in a week, as many as a day of theirs shows


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning that is true today. `since`: the day it stands on; `stake` in units."""

    account: int
    cause: str
    level: str
    since: dt.date
    raised_on: dt.date
    red_on: dt.date | None
    stake: int
    data: dict = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, str, dt.date]:
        return (self.account, self.cause, self.since)


def silence_level(day: dt.date, amber: dt.date | None, alarm: dt.date | None) -> str:
    """Amber or red from the days the night has stored; empty: none, too early, or gone."""
    if amber is None or alarm is None or day < amber or day - alarm > GONE:
        return ""
    return RED if day >= alarm else AMBER


def chance_level(percent: int | None) -> str:
    if percent is None or percent > UNLIKELY:
        return ""
    return RED if percent <= VERY_UNLIKELY else AMBER


def contact_level(last: dt.date, every: int, day: dt.date) -> str:
    """Amber beyond the agreed rhythm, red beyond twice of it."""
    silent = (day - last).days
    if silent <= every:
        return ""
    return RED if silent > 2 * every else AMBER


def season_ends(
    *, first: dt.date, last: dt.date, before: dt.date | None, after: dt.date | None, unusual: int,
    day: dt.date, back: dt.date,
) -> dt.date | None:  # fmt: skip
    """Until when the same silence of last year excuses this one; None: it does not.

    `before` and `after` are the orders around the same day a year ago, which is `back`; `last` is
    the last order now. Two years of orders are asked for, that gap must itself have been unusual
    (`unusual` days), and this silence may not have begun much earlier in its year: some weeks of
    last November do not explain why nothing came since June.
    """
    if before is None or after is None or first > back - dt.timedelta(days=YEAR):
        return None
    if (after - before).days < unusual or day - last > back - before + RETURN:
        return None
    return after + (day - back) + RETURN


def expected(units: int) -> int:
    """Units of 90 days from those of twelve months, half up, never below zero."""
    return max(0, (2 * units * HORIZON + YEAR) // (2 * YEAR))


def at_stake(revenue: int, percent: int | None) -> int:
    """(1 - p) x the expected revenue where a chance is shown, else all of it; half up."""
    kept = 100 if percent is None else 100 - percent
    return max(0, (2 * revenue * kept + 100) // 200)


def times(probability: float) -> int | None:
    """N of "1 time in N"; None where it is rarer than 1 in 1,000."""
    return None if probability < 0.001 else max(1, round(1 / probability))


def fold(owners: Sequence[Hashable], most: int = LINES_A_WEEK) -> list[bool]:
    """Which of the lines, ordered by money, their owner can work this week."""
    seen: dict[Hashable, int] = {}
    shown = []
    for owner in owners:
        seen[owner] = seen.get(owner, 0) + 1
        shown.append(seen[owner] <= most)
    return shown


@dataclass(frozen=True, slots=True)
class Standing:
    """A stored warning as the night needs it. `answered`: by a person, and for good."""

    pk: int
    account: int
    cause: str
    since: dt.date
    level: str
    stake: int
    red_on: dt.date | None
    is_open: bool
    is_answered: bool = False

    @property
    def key(self) -> tuple[int, str, dt.date]:
        return (self.account, self.cause, self.since)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a night has to write: nothing when it saw the same before."""

    opened: list[Finding]
    changed: list[tuple[Standing, Finding]]
    cleared: list[Standing]


def changes(stored: Iterable[Standing], found: Iterable[Finding]) -> Changes:
    """Open what is new, open again what is true again, clear what is not; answers stay."""
    known: Mapping[tuple, Standing] = {row.key: row for row in stored}
    opened, changed, held = [], [], set()
    for finding in found:
        row = known.get(finding.key)
        if row is None:
            opened.append(finding)
            continue
        if row.is_answered:
            continue
        held.add(row.key)
        if not row.is_open or _differs(row, finding):
            changed.append((row, finding))
    cleared = [row for row in known.values() if row.is_open and row.key not in held]
    return Changes(opened, changed, cleared)


def _differs(row: Standing, finding: Finding) -> bool:
    return (row.level, row.stake) != (finding.level, finding.stake)

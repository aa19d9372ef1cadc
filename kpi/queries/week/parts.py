"""The shapes the week is made of."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import Account
from kpi.rules.week import Claim


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. `key` names it to the deeds of the page: task:12, promise:3, cadence:7.

    `reasons` are whole phrases. A line that is no task yet becomes one (`title`, `cause`) when it
    is put on a day. `url` opens what it is about, `log_url` where a talk is written down.
    """

    key: str
    kind: str
    claim: Claim
    sentence: str
    reasons: list[str]
    icon: str
    url: str
    account: Account | None = None
    stake: Decimal | None = None
    late_days: int = 0
    title: str = ""
    cause: str = ""
    log_url: str = ""
    brief_url: str = ""
    is_mine: bool = True
    is_movable: bool = True
    items: list = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def noun(self) -> str:
        return self.key.partition(":")[0]

    @property
    def pk(self) -> int:
        return int(self.key.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar; `time` is empty for what has only a day."""

    key: str
    words: str
    url: str
    time: dt.datetime | None = None
    account: str = ""
    icon: str = ""
    is_late: bool = False
    is_movable: bool = False

    @property
    def noun(self) -> str:
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class WeekDay:
    day: dt.date
    is_today: bool
    is_shown: bool
    entries: list[Entry]

    @property
    def late(self) -> int:
        return sum(entry.is_late for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Week:
    """The page: the lines of the shown day, what is beyond seven, and the days of the week."""

    today: dt.date
    shown: dt.date
    days: list[WeekDay]
    lines: list[Line]
    more: list[Line]
    previous: dt.date
    following: dt.date
    overdue: int

    @property
    def is_today(self) -> bool:
        return self.shown == self.today

    @property
    def targets(self) -> list[dt.date]:
        """Days a line may be moved to: the next seven."""
        ahead = (self.today + dt.timedelta(days=n) for n in range(7))
        return [day for day in ahead if day != self.shown]

    @property
    def more_late(self) -> int:
        return sum(line.is_late for line in self.more)

    @property
    def minutes(self) -> int:
        return sum(line.claim.minutes for line in self.lines)

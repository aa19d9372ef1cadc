"""The base and the current period: by default the trailing year and the year before it."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Scoring
from kpi.queries.reporting import reporting_day
from kpi.rules import windows
from kpi.rules.upsell import YEARS

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Pair:
    """ValueError unless the base ends before the current period begins."""

    base: Period
    current: Period

    def __post_init__(self) -> None:
        if self.current.first <= self.base.last:
            raise ValueError("the base period ends before the current one begins")


def pair_of(day: dt.date) -> Pair:
    """(day − 1 year, day] and the year before it."""
    current, base = windows.trailing_year(day), windows.previous_year(day)
    return Pair(Period(base.first, base.until), Period(current.first, current.until))


def before(pair: Pair) -> Period:
    """The 24 months in which a service line must not have been bought to be an additional one."""
    return Period(windows.years_before(pair.current.first, YEARS), pair.current.first - DAY)


def latest() -> Pair:
    """The periods of the newest night; before the first one those of the reporting day."""
    return pair_of(Scoring.current().as_of or reporting_day())

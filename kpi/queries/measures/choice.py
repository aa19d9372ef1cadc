"""What a reader asked for, as the address says it: whose figures, of which day, against which."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from common.dates import year_before
from kpi.choices import Scope
from kpi.models import ReadingDay
from kpi.queries.measures.registry import Definition
from kpi.queries.measures.subjects import Subject, subject_of, subjects
from kpi.rules.windows import month_end_before
from people.models import User


@dataclass(frozen=True)
class Choice:
    """`day` and `base` None: nothing is read yet; `by` only on a measure's own page."""

    subject: Subject
    known: list[Subject]
    days: list[dt.date]
    day: dt.date | None
    base: dt.date | None
    by: Scope | None = None

    def query(self, **changes: object) -> str:
        """The whole choice as the query string of an address."""
        asked = replace(self, **changes)
        parts = {"of": asked.subject.code}
        if asked.day and asked.day != asked.days[0]:
            parts["day"] = asked.day.isoformat()
        if asked.base and asked.day and asked.base != usual_base(asked.day, asked.days):
            parts["base"] = asked.base.isoformat()
        if asked.by:
            parts["by"] = asked.by.value
        return urlencode(parts)

    @property
    def bases(self) -> list[dt.date]:
        return [day for day in self.days if self.day and day < self.day]


def choice_of(
    reader: User, asked: Mapping[str, str], definition: Definition | None = None
) -> Choice | None:
    """None for figures the reader has not; ValueError for a day or split that is none.

    A split that this subject has not, as when another is chosen, is its usual one.
    """
    known = subjects(reader)
    subject = subject_of(reader, asked.get("of", ""), known)
    if subject is None:
        return None
    days = list(ReadingDay.objects.order_by("-day").values_list("day", flat=True))
    day = _day(asked.get("day"), days) or (days[0] if days else None)
    base = _day(asked.get("base"), days) or (usual_base(day, days) if day else None)
    if base and day and base >= day:
        raise ValueError("the base lies before the day")
    return Choice(subject, known, days, day, base, _by(reader, asked, definition, subject))


def _day(text: str | None, days: list[dt.date]) -> dt.date | None:
    if not text:
        return None
    day = parse_date(text)
    if day not in days:
        raise ValueError("no such day")
    return day


def usual_base(day: dt.date, days: list[dt.date]) -> dt.date | None:
    """The same day a year ago, else the month-end before."""
    for wanted in (year_before(day), month_end_before(day)):
        if wanted in days:
            return wanted
    return None


def _by(
    reader: User, asked: Mapping[str, str], definition: Definition | None, subject: Subject
) -> Scope | None:
    """A split of the company for directors; of their team for leads."""
    if definition is None:
        return None
    ways = splits(reader, definition, subject)
    if asked.get("by") and (by := Scope(asked["by"])) in ways:
        return by
    return Scope.MANAGER if Scope.MANAGER in ways else next(iter(ways), None)


def splits(reader: User, definition: Definition, subject: Subject) -> list[Scope]:
    """By what the figure of this subject can be split for this reader."""
    if not definition.is_recorded:
        return []
    if subject.scope == Scope.COMPANY:
        return [one for one in definition.splits if one != Scope.COMPANY]
    return [Scope.MANAGER] if subject.scope == Scope.TEAM else []

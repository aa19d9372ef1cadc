"""One measure: its trend, its split, what was restated, and the versions of its formula."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common import charts, formats
from common.money import from_units
from kpi.choices import Scope, Unit
from kpi.models import MeasureSetting, Reading
from kpi.queries.measures import explorer, words
from kpi.queries.measures.choice import Choice, splits
from kpi.queries.measures.explorer import Line
from kpi.queries.measures.registry import Definition
from kpi.queries.measures.stored import Known, known
from kpi.queries.measures.subjects import Subject, names
from kpi.queries.measures.words import Change
from kpi.rules.intervals import Standing, standing
from people.models import Membership, User


@dataclass(frozen=True)
class Group:
    """One row of a split; `standing` where rates of accounts are compared (methods 1.15)."""

    subject: Subject
    reading: Reading
    value: str
    counts: str
    range: str
    change: Change | None
    standing: Standing | None
    drawn: str
    url: str


@dataclass(frozen=True)
class Way:
    """A split to choose: the address of the page by it."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Restated:
    day: dt.date
    was: str
    now: str


@dataclass(frozen=True)
class MeasurePage:
    definition: Definition
    choice: Choice
    line: Line
    finding: str
    chart: dict | None
    groups: list[Group]
    ways: list[Way]
    restated: list[Restated]
    settings: list[MeasureSetting]


def measure_page(
    reader: User, definition: Definition, choice: Choice, currency: str
) -> MeasurePage:
    """A constant number of queries: readings of the subject, of its groups, their names."""
    subject = choice.subject
    found = known(reader, codes=[definition.code], scope=subject.scope, keys=[subject.key])
    days = found.get((definition.code, subject.scope, subject.key), {})
    history = list(
        MeasureSetting.objects.filter(code=definition.code).select_related("owner", "by")
    )
    rates = explorer.company_rates(reader, choice, [definition])
    line = explorer.line(
        definition, days, choice, currency, setting=history[0] if history else None,
        company=rates.get(definition.code, ""),
    )  # fmt: skip
    return MeasurePage(
        definition=definition,
        choice=choice,
        line=line,
        finding=finding(line, choice),
        chart=_chart(definition, days, choice, currency, history),
        groups=_groups(reader, definition, choice, currency) if choice.by else [],
        ways=_ways(reader, definition, choice),
        restated=[
            Restated(day, *(_exact(definition, one, currency) for one in (both.was, both.now)))
            for day, both in sorted(days.items(), reverse=True)
            if both.was
        ],
        settings=history,
    )


def _ways(reader: User, definition: Definition, choice: Choice) -> list[Way]:
    """Of one part of the company the way back to its splits is offered to who may read them."""
    subject = choice.subject
    if not splits(reader, definition, subject):
        subject = choice.known[0]
    return [
        Way(str(way.label), f"?{choice.query(subject=subject, by=way)}",
            subject == choice.subject and way == choice.by)
        for way in splits(reader, definition, subject)
    ]  # fmt: skip


def _exact(definition: Definition, reading: Reading, currency: str) -> str:
    """The figure with its counts and, for money, to the cent."""
    if definition.unit == Unit.MONEY:
        return formats.money(from_units(reading.numerator), currency)
    value = words.value_words(definition, reading, currency) or formats.UNKNOWN
    counts = words.count_words(definition, reading, currency)
    return f"{value} ({counts})" if counts else value


def finding(line: Line, choice: Choice) -> str:
    """The title of the chart."""
    name = {"name": str(line.definition.name), "value": line.value}
    if not line.value:
        return _("%(name)s: not known yet") % name
    if line.change is None or choice.base is None:
        return _("%(name)s: %(value)s") % name
    name |= {"change": line.change.words, "day": formats.day(choice.base)}
    return _("%(name)s: %(value)s, %(change)s against %(day)s") % name


def _chart(
    definition: Definition, days: dict[dt.date, Known], choice: Choice, currency: str,
    history: list[MeasureSetting],
) -> dict | None:  # fmt: skip
    """Month-ends as they are known now, as they were first known, and the target."""
    shown = [day for day in explorer.trend_days(choice) if day in days]
    if len(shown) < 2 or definition.in_words:
        return None
    series = [{"name": definition.name, "points": [(d, days[d].now.value) for d in shown]}]
    if any(days[day].was for day in shown):
        first = [(d, (days[d].was or days[d].now).value) for d in shown]
        series.append({"name": _("as first known"), "points": first, "tone": "old"})
    if history and history[0].target is not None:
        wanted = float(history[0].target) / (100 if definition.unit == Unit.SHARE else 1)
        series.append({"name": _("target"), "points": [(d, wanted) for d in shown], "tone": "low"})
    is_share = definition.unit == Unit.SHARE
    money = currency if definition.unit == Unit.MONEY else ""
    return charts.trend(series, currency=money, is_share=is_share, decimals=1 if is_share else None)


def _groups(reader: User, definition: Definition, choice: Choice, currency: str) -> list[Group]:
    days = [day for day in (choice.day, choice.base) if day]
    found = known(
        reader, codes=[definition.code], scope=choice.by, keys=_members(choice), days=days
    )
    rows = {
        key: days[choice.day].now for (_c, _s, key), days in found.items() if choice.day in days
    }
    called = names(choice.by, rows)
    counted = [(one.numerator, one.denominator) for one in rows.values() if one.denominator]
    most = max((abs(row.value or 0) for row in rows.values()), default=0)
    groups = []
    for key, row in rows.items():
        subject = Subject(choice.by, key, called[key])
        base = found[definition.code, choice.by, key].get(choice.base)
        groups.append(
            Group(
                subject=subject,
                reading=row,
                value=words.value_words(definition, row, currency),
                counts=words.count_words(definition, row, currency),
                range=words.range_words(row),
                change=words.change(definition, row, base.now if base else None),
                standing=_standing(definition, row, counted),
                drawn=f"{max(row.value or 0, 0) / most:.4f}" if most else "0",
                url=f"?{choice.query(subject=subject, by=None)}",
            )
        )
    return sorted(groups, key=lambda one: (-_size(definition, one.reading), one.subject.name))


def _members(choice: Choice) -> list[str] | None:
    """The managers of a team on the day; None: all groups."""
    if choice.subject.scope != Scope.TEAM or choice.day is None:
        return None
    rows = Membership.objects.on(choice.day).filter(team=int(choice.subject.key))
    return [str(pk) for pk in rows.values_list("user", flat=True)]


def _size(definition: Definition, row: Reading) -> float:
    """Never by a rate: small groups would lead the list by chance. What is in words has none."""
    return row.denominator or 0 if definition.unit == Unit.SHARE else row.value or 0


def _standing(
    definition: Definition, row: Reading, counted: list[tuple[int, int]]
) -> Standing | None:
    if not definition.has_interval or not row.denominator or len(counted) < 2:
        return None
    return standing(row.numerator, row.denominator, counted)

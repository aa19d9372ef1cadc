"""Every measure of one subject on one line: figure, change, trend, target, and how it was made."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from common.dates import is_month_end
from common.why import Why
from kpi.choices import Better, Scope, Unit
from kpi.models import MeasureSetting, Reading
from kpi.queries.measures import words
from kpi.queries.measures.choice import Choice
from kpi.queries.measures.registry import DEFINITIONS, Definition
from kpi.queries.measures.stored import Known, known, settings_in_force
from kpi.queries.measures.words import Change
from people.models import User

TREND = 13  # month-ends, so that the first is the same month a year ago
LEAST_MANAGERS = 5  # a company's rate among fewer could tell of a colleague's accounts


@dataclass(frozen=True)
class Line:
    """`value` "" where it is not known; `company` is the company's rate beside a manager's own."""

    definition: Definition
    value: str
    counts: str
    range: str
    reading: Reading | None
    change: Change | None
    spark: list[float | None]
    target: str
    is_met: bool | None
    owner: User | None
    company: str
    was: str
    why: Why
    url: str


@dataclass(frozen=True)
class Explorer:
    choice: Choice
    lines: list[Line]
    missing: list[Definition]


def explorer(reader: User, choice: Choice, currency: str) -> Explorer:
    """Five queries, whatever the number of accounts, managers or months."""
    recorded = [one for one in DEFINITIONS if one.is_recorded]
    settings = settings_in_force()
    subject = choice.subject
    found = known(
        reader, codes=[one.code for one in recorded], scope=subject.scope, keys=[subject.key]
    )
    rates = company_rates(reader, choice, recorded)
    lines = [
        line(one, found.get((one.code, subject.scope, subject.key), {}), choice, currency,
             setting=settings.get(one.code), company=rates.get(one.code, ""))
        for one in recorded
        if is_shown(settings.get(one.code)) and subject.scope in one.splits
    ]  # fmt: skip
    waiting = {one.definition.code for one in lines if one.definition.missing and not one.value}
    return Explorer(
        choice,
        [one for one in lines if one.definition.code not in waiting],
        [one for one in DEFINITIONS if not one.is_recorded or one.code in waiting],
    )


def is_shown(setting: MeasureSetting | None) -> bool:
    return setting is None or setting.is_shown


def line(
    definition: Definition,
    days: Mapping[dt.date, Known],
    choice: Choice,
    currency: str,
    *,
    setting: MeasureSetting | None = None,
    company: str = "",
) -> Line:
    here = days.get(choice.day) if choice.day else None
    base = days.get(choice.base) if choice.base else None
    now = here.now if here else None
    page = reverse("kpi:measure_page", args=[definition.code])
    url = f"{page}?{choice.query(by=None)}"
    was = words.value_words(definition, here.was, currency) if here and here.was else ""
    return Line(
        definition=definition,
        value=words.value_words(definition, now, currency),
        counts=words.count_words(definition, now, currency) or words.several_words(definition, now),
        range=words.range_words(now),
        reading=now,
        change=words.change(definition, now, base.now if base else None),
        spark=list(trend(days, choice)),
        target=target_words(definition, setting, currency),
        is_met=is_met(definition, setting, now),
        owner=setting.owner if setting else None,
        company=company,
        was=was,
        why=words.why(definition, now, currency, f"{url}#rows"),
        url=url,
    )


def trend_days(choice: Choice) -> list[dt.date]:
    """Thirteen month-ends up to the chosen day, and that day: oldest first."""
    if choice.day is None:
        return []
    ends = [day for day in choice.days if is_month_end(day) and day <= choice.day]
    return sorted({choice.day, *ends[:TREND]})


def trend(days: Mapping[dt.date, Known], choice: Choice) -> Iterator[float | None]:
    for day in trend_days(choice):
        yield days[day].now.value if day in days else None


def target_words(definition: Definition, setting: MeasureSetting | None, currency: str) -> str:
    if setting is None or setting.target is None:
        return ""
    if definition.unit == Unit.SHARE:
        return words.formats.percent(setting.target / 100, 1)
    if definition.unit == Unit.MONEY:
        return words.formats.money_short(setting.target, currency)
    return words.formats.number(setting.target, 0)


def is_met(
    definition: Definition, setting: MeasureSetting | None, reading: Reading | None
) -> bool | None:
    """None without a target, a figure or a direction."""
    known_value = reading is not None and reading.value is not None
    if setting is None or setting.target is None or not known_value:
        return None
    if definition.better == Better.NEITHER:
        return None
    wanted = float(setting.target) / (100 if definition.unit == Unit.SHARE else 1)
    ahead = reading.value - wanted
    return ahead >= 0 if definition.better == Better.UP else ahead <= 0


def company_rates(reader: User, choice: Choice, definitions: list[Definition]) -> dict[str, str]:
    """Rates of the whole company for who has no other right to them: whole percents, no counts,
    and only where enough managers have a share in them."""
    if reader.is_director or choice.day is None:
        return {}
    shares = [one.code for one in definitions if one.unit == Unit.SHARE]
    rows = Reading.objects.filter(day=choice.day, code__in=shares, value__isnull=False)
    managers: dict[str, set[str]] = {}
    pairs = rows.filter(scope=Scope.MANAGER).exclude(key="0").values_list("code", "key")
    for code, key in pairs:
        managers.setdefault(code, set()).add(key)
    company = rows.filter(scope=Scope.COMPANY).order_by("is_restated")
    return {
        row.code: words.formats.percent(row.value)
        for row in company
        if len(managers.get(row.code, ())) >= LEAST_MANAGERS
    }

"""The lines of a scorecard, from the newest readings: counts before rates, ranges where few.

The team's rate stands as a tick for who leads; a manager's own page holds nobody else's figures.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from common.money import from_units
from common.why import Why
from kpi.choices import Scope, Unit
from kpi.models import Reading, ReadingDay
from kpi.queries.measures import BY_CODE, Definition
from people.models import Membership, User

CODES = (
    "revenue", "retention", "nrr", "lost-revenue", "services", "coverage", "touchpoints",
)  # fmt: skip
Stored = Mapping[str, list]  # code to numerator and denominator, as a one-to-one keeps them


@dataclass(frozen=True, slots=True)
class Line:
    """`value` "" is not known; `before` what it was at the last one-to-one, in the same words.

    `share`, `low`, `high` and `tick` are shares of one, for the bar; None where there is none.
    """

    code: str
    name: str
    value: str
    note: str
    why: Why
    share: float | None = None
    low: float | None = None
    high: float | None = None
    tick: float | None = None
    before: str = ""

    @property
    def is_changed(self) -> bool:
        return bool(self.before) and self.before != self.value


@dataclass(frozen=True, slots=True)
class Readings:
    """Of one manager on the newest day read; `team` the same of their team, for its rates."""

    day: dt.date | None
    own: dict[str, Reading]
    team: dict[str, Reading]

    @property
    def stored(self) -> dict[str, list]:
        return {code: [row.numerator, row.denominator] for code, row in self.own.items()}


def readings_of(manager: User, *, with_team: bool) -> Readings:
    """Three queries at most."""
    day = ReadingDay.objects.order_by("-day").values_list("day", flat=True).first()
    if day is None:
        return Readings(None, {}, {})
    team = _team(manager, day) if with_team else None
    rows = Reading.objects.filter(day=day, code__in=CODES, is_restated=False)
    own = rows.filter(scope=Scope.MANAGER, key=str(manager.pk))
    found = own | rows.filter(scope=Scope.TEAM, key=str(team)) if team else own
    return Readings(
        day,
        {row.code: row for row in found if row.scope == Scope.MANAGER},
        {row.code: row for row in found if row.scope == Scope.TEAM},
    )


def _team(manager: User, day: dt.date) -> int | None:
    rows = Membership.objects.on(day).filter(user=manager)
    return rows.values_list("team", flat=True).first()


def lines(found: Readings, before: Stored, currency: str) -> list[Line]:
    """One for each code, those that are not known too."""
    return [_line(BY_CODE[code], found, before, currency) for code in CODES]


def _line(definition: Definition, found: Readings, before: Stored, currency: str) -> Line:
    code = definition.code
    row, team = found.own.get(code), found.team.get(code)
    known = row is not None and not _is_empty(definition, row.numerator, row.denominator)
    was = before.get(code)
    is_share = definition.unit == Unit.SHARE
    return Line(
        code=code,
        name=str(definition.name),
        value=words(definition, row.numerator, row.denominator, currency) if known else "",
        note=_note(definition, row, team) if known else _unknown(definition, found),
        why=_why(definition, row if known else None, currency),
        share=row.value if known and is_share else None,
        low=row.low if known else None,
        high=row.high if known else None,
        tick=team.value if known and is_share and team else None,
        before=words(definition, *was, currency) if was and not _is_empty(definition, *was) else "",
    )


def _is_empty(definition: Definition, numerator: int | None, denominator: int | None) -> bool:
    if numerator is None:
        return True
    return definition.unit == Unit.SHARE and not denominator


def words(definition: Definition, number: int, of: int | None, currency: str) -> str:
    """ "5 of 6" for shares of accounts, a rate for shares of money, else the sum or the count."""
    if definition.unit == Unit.MONEY:
        return formats.money(from_units(number), currency)
    if definition.unit == Unit.COUNT:
        return formats.number(number)
    if definition.has_interval:
        return _("%(count)s of %(of)s") % {
            "count": formats.number(number),
            "of": formats.number(of),
        }
    return formats.percent(Decimal(number) / of, 1)


def _note(definition: Definition, row: Reading, team: Reading | None) -> str:
    if not definition.has_interval or row.low is None:
        return ""
    told = {
        "low": formats.percent(row.low),
        "high": formats.percent(row.high),
    }
    if team is None or team.value is None:
        return _("The true rate may be %(low)s – %(high)s") % told
    told["team"] = formats.percent(team.value)
    return _("The true rate may be %(low)s – %(high)s; the team’s is %(team)s") % told


def _unknown(definition: Definition, found: Readings) -> str:
    if found.day is None:
        return _("Known after the next night")
    if definition.needs_base:
        return _("Nothing to tell yet: it needs accounts that bought in the year before")
    return _("Nothing is recorded yet")


def _why(definition: Definition, row: Reading | None, currency: str) -> Why:
    if row is None:
        return Why(sentence=str(definition.formula), rule=definition.version)
    inputs = [
        (_("Days"), f"{formats.day(row.first, 'short')} – {formats.day(row.last)}"),
        *(
            (str(label).capitalize(), _input(definition, value, currency))
            for label, value in zip(
                definition.counts, (row.numerator, row.denominator), strict=True
            )
            if label and value is not None
        ),
    ]
    if definition.caveat:
        inputs.append((_("Keep in mind"), str(definition.caveat)))
    return Why(sentence=str(definition.formula), inputs=tuple(inputs), rule=row.version)


def _input(definition: Definition, value: int, currency: str) -> str:
    is_money = definition.unit == Unit.MONEY or (
        definition.unit == Unit.SHARE and not definition.has_interval
    )
    return formats.money(from_units(value), currency) if is_money else formats.number(value)

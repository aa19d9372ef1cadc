"""The parts of the brief: guests, what changed, promises, orders, what we do not know."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.choices import DossierSection, Fact, PositionKind, PromiseState
from accounts.models import CoverageRule, DossierEntry, Position, Promise
from accounts.queries.brief.rows import Rows
from accounts.queries.facts import FactNow
from accounts.queries.listing import twelve_months
from accounts.queries.silence import silence_of
from accounts.queries.ties import TieNow
from accounts.rules import dossier as dossier_rules
from accounts.rules import facts as fact_rules
from accounts.rules import graph
from common import formats
from common.dates import year_before

KEY_GUESTS, MOST_OTHERS = 4, 60
CHART_HEIGHT, COLUMN_WIDTH = 48, 20
ON_CARD = (Fact.STANCE, Fact.POWER, Fact.ORIENTATION, Fact.ACCESS)


@dataclass(frozen=True)
class Guest:
    """Somebody of theirs, with what the brief says about them."""

    position: Position
    facts: dict[str, FactNow] = field(default_factory=dict)
    tie: TieNow | None = None
    is_coming: bool = False

    @property
    def id(self) -> int:
        return self.position.contact_id

    @property
    def name(self) -> str:
        return self.position.contact.name

    @property
    def title(self) -> str:
        return self.position.title or (self.position.role.name if self.position.role else "")

    @property
    def power(self) -> int:
        return int(self.facts[Fact.POWER].value) if Fact.POWER in self.facts else 0

    @property
    def stance(self) -> FactNow | None:
        return self.facts.get(Fact.STANCE)

    @property
    def marks(self) -> list[FactNow]:
        return [self.facts[name] for name in ON_CARD if name in self.facts]

    @property
    def preference(self) -> FactNow | None:
        return self.facts.get(Fact.PREFERENCE)

    @property
    def sore_spot(self) -> FactNow | None:
        return self.facts.get(Fact.SORE_SPOT)

    @property
    def last_on(self) -> dt.date | None:
        return self.tie.last_two_way_on if self.tie else None


@dataclass(frozen=True)
class Due:
    """An open promise; `late` in days, None without a date."""

    promise: Promise
    late: int | None

    @property
    def is_late(self) -> bool:
        return self.late is not None and self.late > 0


@dataclass(frozen=True)
class Column:
    """A month of the small chart: left edges and heights in its own units (CHART_HEIGHT)."""

    day: dt.date
    value: Decimal
    before: Decimal
    x: int
    height: int
    height_before: int

    @property
    def letter(self) -> str:
        return formats.month_letter(self.day)

    @property
    def y(self) -> int:
        return CHART_HEIGHT - self.height

    @property
    def y_before(self) -> int:
        return CHART_HEIGHT - self.height_before


@dataclass(frozen=True)
class Orders:
    """Twelve months against those before; `change` None where there is nothing to compare with."""

    revenue: Decimal
    before: Decimal
    change: float | None
    last_order: dt.date | None
    silent_days: int | None
    is_unusual: bool
    months: list[Column]
    since: Decimal
    as_of: dt.date


def guests_of(rows: Rows, coming: list[int]) -> list[Guest]:
    """Everybody with a name who is there today: those who come first, then by weight."""
    order = {contact: place for place, contact in enumerate(coming)}
    with_us = {tie.contact_id: tie for tie in rows.ties if tie.colleague_id is None}
    found = [
        Guest(
            position=row,
            facts=rows.facts.get(row.contact_id, {}),
            tie=with_us.get(row.contact_id),
            is_coming=row.contact_id in order,
        )
        for row in rows.here
        if row.contact.name
    ]
    return sorted(found, key=lambda guest: (order.get(guest.id, len(order)), _weight(guest)))


def _weight(guest: Guest) -> tuple:
    role = guest.position.role.position if guest.position.role else 99
    outside = guest.position.kind != PositionKind.STAFF
    met = guest.tie.touchpoints if guest.tie else 0
    return (-guest.power, outside, role, -met, guest.name.casefold(), guest.id)


def holes_of(rows: Rows) -> list:
    """Roles the tier asks for that nobody by name holds; of people_at and holes_at in one pass."""
    held = {row.role_id for row in rows.here if row.contact.name}
    return [role for role in rows.roles if rows.tier in role.required_in and role.pk not in held]


@dataclass(frozen=True)
class Unmet:
    """A coverage rule, and how many people do what it asks."""

    rule: CoverageRule
    met: int


def unmet_of(rows: Rows) -> list[Unmet]:
    """Rules whose role somebody by name holds, and that are still not met; the weightiest first."""
    ties: dict[int, list[float]] = {}
    for tie in rows.ties:
        if tie.colleague_id is not None:
            ties.setdefault(tie.contact_id, []).append(tie.strength)
    known = [
        graph.Known(
            row.role_id,
            _figure(rows, row, Fact.POWER),
            _figure(rows, row, Fact.ACCESS),
            tuple(ties.get(row.contact_id, ())),
        )
        for row in rows.here
        if row.contact.name
    ]
    held = {person.role for person in known}
    found = []
    for rule in rows.coverage:
        asked = graph.Rule(
            rule.pk, rule.role_id, rule.people, int(rule.access or 0), rule.strength,
            rule.colleagues, rule.importance,
        )  # fmt: skip
        met = graph.satisfying(asked, known)
        if met < rule.people and rule.role_id in held:
            found.append(Unmet(rule, met))
    return found


def _figure(rows: Rows, row: Position, kind: str) -> int:
    fact = rows.facts.get(row.contact_id, {}).get(kind)
    return int(fact.value) if fact else 0


def open_promises(rows: Rows) -> list[Due]:
    """Late ones first, then by day, those without a day last."""
    found = [
        Due(row, (rows.day - row.due).days if row.due else None)
        for row in rows.promises
        if row.state == PromiseState.OPEN
    ]
    return sorted(found, key=lambda due: (due.late is None, -(due.late or 0), due.promise.pk))


@dataclass(frozen=True)
class Section:
    """A section of the dossier: what stands in it, if anything does."""

    code: str
    entries: list[DossierEntry]
    age: int | None
    is_stale: bool

    @property
    def label(self) -> str:
        return str(DossierSection(self.code).label)


def sections_of(rows: Rows) -> list[Section]:
    """All of them, in the order they are read."""
    shelf = fact_rules.shelf_days(rows.shelf, "dossier", rows.tier)
    found = []
    for code in DossierSection.values:
        entries = [row for row in rows.dossier if row.section == code]
        ages = [fact_rules.age_days(row.day, rows.day) for row in entries]
        is_stale = any(fact_rules.is_stale(age, shelf) for age in ages)
        found.append(Section(code, entries, max(ages, default=None), is_stale))
    return found


def gaps_of(sections: list[Section], tier: str) -> list[Section]:
    """What the tier expects and nobody wrote, then what is old; in the order worth asking."""
    by_code = {section.code: section for section in sections}
    stale = {section.code: section.is_stale for section in sections if section.entries}
    return [by_code[code] for code in dossier_rules.gaps(stale, tier)]


def orders_of(rows: Rows) -> Orders | None:
    score, as_of = getattr(rows.account, "score", None), rows.scoring.as_of
    if score is None or as_of is None:
        return None
    silence = silence_of(score, as_of)
    change = None
    if rows.scoring.compares and score.revenue_before > 0:
        change = float((score.revenue - score.revenue_before) / score.revenue_before)
    return Orders(
        revenue=score.revenue,
        before=score.revenue_before,
        change=change,
        last_order=score.last_order,
        silent_days=silence.days if silence else None,
        is_unusual=silence is not None and silence.is_unusual,
        months=_columns(rows, as_of),
        since=sum((net for day, net in rows.net.items() if day > rows.since), Decimal(0)),
        as_of=as_of,
    )


def _columns(rows: Rows, as_of: dt.date) -> list[Column]:
    sums: dict[dt.date, Decimal] = {}
    for day, net in rows.net.items():
        month = day.replace(day=1)
        sums[month] = sums.get(month, Decimal(0)) + net
    zero = Decimal(0)
    pairs = [(m, sums.get(m, zero), sums.get(year_before(m), zero)) for m in twelve_months(as_of)]
    top = max((max(now, before) for _month, now, before in pairs), default=zero)

    def height(value: Decimal) -> int:
        return max(0, round(value / top * CHART_HEIGHT)) if top > 0 else 0

    return [
        Column(month, now, before, place * COLUMN_WIDTH, height(now), height(before))
        for place, (month, now, before) in enumerate(pairs)
    ]

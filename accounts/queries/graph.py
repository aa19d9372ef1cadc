"""One picture of an account's people for a day: who, known how, tied to whom of ours."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AssignmentRole, Fact, LineKind, Tier
from accounts.models import Account, AccountScore, Assignment, CoverageRule, FieldSettings, Line
from accounts.queries.facts import FactNow, facts_of
from accounts.queries.people import Hole, holes_at, people_at, required_roles
from accounts.queries.ties import ties_of
from accounts.rules import facts as fact_rules
from accounts.rules import graph as rules
from people.models import User

FADED = 90  # days without contact after which a tie is drawn broken


@dataclass(frozen=True)
class Person:
    """One of theirs. Power, stance, access and levels are 0 where nobody knows."""

    id: int
    name: str
    title: str
    organisation: str
    kind: str
    role_id: int | None
    role: str
    division_id: int | None
    division: str
    facts: dict[str, FactNow]
    strength: float = 0.0
    last_on: dt.date | None = None
    last_two_way_on: dt.date | None = None
    share: float = 0.0

    @property
    def is_hole(self) -> bool:
        return not self.name

    @property
    def words(self) -> str:
        """The name; of somebody unknown the place they hold."""
        if self.name:
            return self.name
        place = self.role or self.title
        return _("%(place)s, name unknown") % {"place": place} if place else _("Name unknown")

    def value(self, fact: str) -> int:
        known = self.facts.get(fact)
        return int(known.value) if known and known.value.isdigit() else 0

    @property
    def known(self) -> list[FactNow]:
        """What is known, in the order of the facts."""
        return [self.facts[fact] for fact in Fact.values if fact in self.facts]

    @property
    def power(self) -> int:
        return self.value("power")

    @property
    def stance(self) -> int:
        return self.value("stance")

    @property
    def weight(self) -> float:
        """Strength as it counts in shares: unknown power weighs like the least."""
        return self.strength * max(self.power, 1)

    @property
    def is_uncovered(self) -> bool:
        return self.strength < rules.WEAK

    @property
    def disagreement(self) -> str:
        """ "weaker" or "stronger": lived contact against the relationship that was declared."""
        return fact_rules.disagreement(str(self.value("level") or ""), self.strength)


@dataclass(frozen=True)
class Colleague:
    id: int
    name: str
    function: str
    is_owner: bool
    strength: float
    share: float


@dataclass(frozen=True)
class Bond:
    contact_id: int
    colleague_id: int
    strength: float
    last_on: dt.date | None
    is_faded: bool


@dataclass(frozen=True)
class Edge:
    id: int
    kind: str
    start: int
    end: int
    since: dt.date
    is_stale: bool


@dataclass(frozen=True)
class Picture:
    """All the map shows; nothing here asks the database again."""

    account: Account
    day: dt.date
    is_past: bool
    tier: str
    people: tuple[Person, ...]
    holes: tuple[Hole, ...]  # required, and not yet drawn as a place of their own
    required: dict[int, str]  # roles the tier requires: id → name
    edges: tuple[Edge, ...]
    bonds: tuple[Bond, ...]
    colleagues: tuple[Colleague, ...]
    places: dict[int, tuple[int, int, int]]  # contact → x, y, version
    settings: FieldSettings
    coverage_rules: tuple[CoverageRule, ...] = field(default=())

    @cached_property
    def by_id(self) -> dict[int, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def colleagues_by_id(self) -> dict[int, Colleague]:
        return {colleague.id: colleague for colleague in self.colleagues}

    @cached_property
    def superiors(self) -> dict[int, int]:
        return {edge.start: edge.end for edge in self.edges if edge.kind == LineKind.REPORTS_TO}

    @cached_property
    def paths(self) -> dict[int, rules.Path]:
        ties = [(bond.colleague_id, bond.contact_id, bond.strength) for bond in self.bonds]
        over = rules.bridges((edge.kind, edge.start, edge.end) for edge in self.edges)
        return rules.best_paths(ties, over)

    def edges_of(self, contact_id: int) -> list[Edge]:
        return [edge for edge in self.edges if contact_id in (edge.start, edge.end)]

    def risks_of(self, person: Person) -> list[str]:
        silent = (self.day - person.last_on).days if person.last_on else None
        return rules.risks(
            power=person.power, stance=person.stance, strength=person.strength,
            share=person.share, silent_days=silent,
        )  # fmt: skip


def sentence_of(kind: str, start: str, end: str) -> str:
    """A line in words; an empty name is somebody unknown."""
    words = {"start": start or _("somebody unknown"), "end": end or _("somebody unknown")}
    if kind == LineKind.REPORTS_TO:
        return _("%(start)s reports to %(end)s") % words
    if kind == LineKind.INFLUENCES:
        return _("%(start)s influences %(end)s") % words
    return _("%(start)s and %(end)s are in conflict") % words


def picture_of(account: Account, reader: User, on: dt.date | None = None) -> Picture:
    """The caller got `account` through visible_to. The number of queries does not grow with it."""
    today = timezone.localdate()
    day = min(on or today, today)
    settings = FieldSettings.current()
    tier = AccountScore.objects.filter(account=account).values_list("tier", flat=True).first()
    tier = tier or Tier.N
    present = people_at(account, reader, day)
    required = required_roles(tier)
    holes = holes_at(account, reader, day, present, required)
    facts = facts_of(account, day, settings=settings)
    ids = {row.contact.pk for row in present}
    ties = [tie for tie in ties_of(account, on=None if day == today else day)
            if tie.contact_id in ids]  # fmt: skip
    people = _people(present, facts, ties)
    rows = Line.objects.filter(account=account, start__in=ids, end__in=ids).on(day)
    places = account.map_places.filter(contact__in=ids).values_list("contact", "x", "y", "version")
    drawn = {person.role_id for person in people if person.is_hole and person.role_id}
    checks = CoverageRule.objects.filter(is_active=True).select_related("role")
    return Picture(
        account=account,
        day=day,
        is_past=day < today,
        tier=tier,
        people=people,
        holes=tuple(hole for hole in holes if hole.role.pk not in drawn),
        required={role.pk: role.name for role in required},
        edges=_edges(rows, day, fact_rules.shelf_days(settings.shelf_days, "line", tier)),
        bonds=_bonds(ties, day),
        colleagues=_colleagues(account, people, ties, day),
        places={contact: (x, y, version) for contact, x, y, version in places},
        settings=settings,
        coverage_rules=tuple(rule for rule in checks if tier in rule.tiers),
    )


def _people(present, facts, ties) -> tuple[Person, ...]:
    whole = {tie.contact_id: tie for tie in ties if tie.colleague_id is None}
    found = []
    for row in present:
        tie = whole.get(row.contact.pk)
        found.append(
            Person(
                id=row.contact.pk,
                name=row.contact.name,
                title=row.position.title,
                organisation=row.position.organisation,
                kind=row.position.kind,
                role_id=row.role.pk if row.role else None,
                role=row.role.name if row.role else "",
                division_id=row.division.pk if row.division else None,
                division=row.division.name if row.division else "",
                facts=facts.get(row.contact.pk, {}),
                strength=tie.strength if tie else 0.0,
                last_on=tie.last_on if tie else None,
                last_two_way_on=tie.last_two_way_on if tie else None,
            )
        )
    parts = rules.shares({person.id: person.weight for person in found})
    return tuple(Person(**{**vars(person), "share": parts.get(person.id, 0.0)}) for person in found)


def _edges(rows, day: dt.date, shelf: int) -> tuple[Edge, ...]:
    return tuple(
        Edge(
            row.pk, row.kind, row.start_id, row.end_id, row.valid_from,
            fact_rules.is_stale((day - row.valid_from).days, shelf),
        )
        for row in rows
    )  # fmt: skip


def _bonds(ties, day: dt.date) -> tuple[Bond, ...]:
    return tuple(
        Bond(
            tie.contact_id, tie.colleague_id, tie.strength, tie.last_on,
            tie.last_on is None or (day - tie.last_on).days > FADED,
        )
        for tie in ties
        if tie.colleague_id is not None and tie.strength >= 1
    )  # fmt: skip


def _colleagues(account: Account, people, ties, day: dt.date) -> tuple[Colleague, ...]:
    """Those assigned on the day and those with ties; the owner first, then by strength."""
    names: dict[int, str] = {}
    functions: dict[int, str] = {}
    owner = None
    assigned = Assignment.objects.on(day).filter(account=account).select_related("user")
    for row in assigned:
        names[row.user_id] = str(row.user)
        functions.setdefault(row.user_id, row.function or str(row.get_role_display()))
        if row.role == AssignmentRole.OWNER:
            owner = row.user_id
            functions[row.user_id] = str(row.get_role_display())
    power = {person.id: max(person.power, 1) for person in people}
    strength: dict[int, float] = defaultdict(float)
    for tie in ties:
        if tie.colleague_id is not None:
            strength[tie.colleague_id] += tie.strength * power[tie.contact_id]
    strength = {key: value for key, value in strength.items() if value >= 1 or key in names}
    others = [key for key in strength if key not in names]
    names |= {user.pk: str(user) for user in User.objects.filter(pk__in=others)}
    parts = rules.shares(strength)
    found = [
        Colleague(
            key, name, functions.get(key, ""), key == owner, strength.get(key, 0.0),
            parts.get(key, 0.0),
        )
        for key, name in names.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.is_owner, -one.strength, one.name)))

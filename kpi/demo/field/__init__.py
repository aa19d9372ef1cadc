"""Work in the field as a plan: who sits at the customers, what was said, what was promised.

Times are days before today, as in kpi.demo.company; a negative number lies ahead.
"""

from dataclasses import dataclass, field

# Codes of the roles a company starts from; the first six are asked for in tier A.
ROLES = ("decision_maker", "sponsor", "purchasing", "technical", "champion", "finance", "logistics", "quality", "gatekeeper")  # fmt: skip


@dataclass(frozen=True)
class PersonPlan:
    """One person at one customer; an empty name is a place whose holder nobody knows."""

    name: str
    title: str
    role: str = ""  # one of ROLES, or nothing
    other_name: str = ""
    honorific: str = ""
    languages: tuple[str, ...] = ()
    division: str = ""
    kind: str = "staff"
    organisation: str = ""
    chief: int | None = None  # index among the people of the same customer
    since: int = 1500
    until: int | None = None
    came_from: tuple[int, int] | None = None  # (customer, person) whose row this continues
    power: int = 0  # 0: nobody has judged it
    stance: int = 0
    access: int = 0
    warmth: float = 1.0  # how often they take part, beside the others
    silent_since: int = 0  # no touchpoint after this many days ago


@dataclass(frozen=True)
class TouchPlan:
    """One touchpoint; `who` are places in the customer's people, the first the most important."""

    ago: int
    hour: int
    minute: int
    channel: str
    who: tuple[int, ...]
    ours: tuple[str, ...]  # keys of colleagues, the author first
    direction: str = "both"
    tone: int | None = None
    subject: str = ""
    text: str = ""
    minutes: int | None = None
    place: str = ""
    late_hours: int = 0
    state: str = "done"


@dataclass(frozen=True)
class FactPlan:
    """One observation; `touch` is a place in the customer's touchpoints, or nothing: hearsay."""

    who: int
    fact: str
    value: str
    ago: int
    author: str
    touch: int | None = None
    confidence: int = 2
    colleague: str = ""


@dataclass(frozen=True)
class PromisePlan:
    ours: bool
    text: str
    colleague: str
    made: int
    due: int | None
    who: int | None = None
    touch: int | None = None
    state: str = "open"
    settled: int | None = None
    note: str = ""
    heard_by: str = ""


@dataclass(frozen=True)
class TaskPlan:
    title: str
    owner: str
    by: str
    made: int
    due: int | None
    minutes: int = 15
    who: int | None = None
    touch: int | None = None
    cause: str = ""
    state: str = "open"
    settled: int | None = None
    repeat: str = ""  # a unit: every one of it


@dataclass
class FieldPlan:
    """A customer in the field. `importance` 0 is tier A, 1 B, 2 the rest."""

    index: int  # place of the customer among the plans of the company
    importance: int
    people: list[PersonPlan]
    influences: list[tuple[int, int]] = field(default_factory=list)
    conflicts: list[tuple[int, int]] = field(default_factory=list)
    touches: list[TouchPlan] = field(default_factory=list)
    facts: list[FactPlan] = field(default_factory=list)
    promises: list[PromisePlan] = field(default_factory=list)
    tasks: list[TaskPlan] = field(default_factory=list)

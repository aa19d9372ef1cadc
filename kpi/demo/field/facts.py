"""What managers noticed about people, on which day and from what: fresh, old or hearsay."""

import numpy as np

from kpi.demo.company import AccountPlan
from kpi.demo.field import FactPlan, PersonPlan, TouchPlan
from kpi.demo.field.lore import PREFERENCES, SORE_SPOTS
from kpi.demo.field.names import pick
from kpi.demo.field.touches import owner_on, writes

RENEWED, FORGOTTEN = 90, 0.22  # days after which most facts were asked about again; share not
ORIENTATIONS = ("financial", "technical", "relationship", "business")


def plan_facts(rng: np.random.Generator, plan: AccountPlan, people: list[PersonPlan], touches: list[TouchPlan]) -> list[FactPlan]:  # fmt: skip
    """Of everybody who was judged at all; the older values stay under the newer ones."""
    met: dict[int, list[int]] = {}
    for at, touch in enumerate(touches):
        for who in touch.who if touch.state == "done" else ():
            met.setdefault(who, []).append(at)
    rows: list[FactPlan] = []
    for who, person in enumerate(people):
        if person.power:
            rows += _of_person(rng, plan, who, person, met.get(who, []), touches)
    return rows


def _of_person(rng, plan, who: int, person: PersonPlan, met: list[int], touches) -> list[FactPlan]:
    def seen(fact: str, value: str, *, old: bool = False, colleague: str = "") -> FactPlan:
        """Noticed at one of the touchpoints, or else heard of."""
        half = max(1, len(met) // 2)
        at = None
        if met and rng.random() < 0.72:
            at = met[int(rng.integers(half))] if old else met[-1 - int(rng.integers(half)) % 4]
        if at is not None and (old or touches[at].ago < RENEWED or rng.random() < FORGOTTEN):
            touch = touches[at]
            sure = int(rng.choice((1, 2, 3), p=(0.1, 0.5, 0.4)))
            return FactPlan(who, fact, value, touch.ago, touch.ours[0], at, sure, colleague)
        first, last = max(person.until or 0, 5), min(person.since - 1, plan.began - 1, 500)
        age = rng.uniform(first, 500) if old or rng.random() < FORGOTTEN else rng.exponential(45)
        ago = int(np.clip(first + age, first, max(last, first)))
        sure = 1 if rng.random() < 0.6 else 2
        return FactPlan(who, fact, value, ago, owner_on(plan, ago), None, sure, colleague)

    language = writes(owner_on(plan, 0))
    rows = [seen("power", str(person.power)), seen("access", str(person.access or 3))]
    rows += _stances(rng, person, seen)
    if rng.random() < 0.7:
        rows.append(seen("orientation", str(pick(rng, ORIENTATIONS))))
    level = int(np.clip(person.stance - 1 + rng.integers(-1, 2), 1, 4))
    rows.append(seen("level", str(level)))
    if person.power >= 2:
        rows.append(seen("level_wanted", str(min(4, level + int(rng.integers(0, 3))))))
        owner = owner_on(plan, 0)
        rows.append(seen("level", str(int(np.clip(level + rng.integers(0, 2), 1, 4))), colleague=owner))  # fmt: skip
    if rng.random() < 0.42:
        rows.append(seen("preference", str(pick(rng, PREFERENCES[language]))))
    if rng.random() < 0.22:
        rows.append(seen("sore_spot", str(pick(rng, SORE_SPOTS[language]))))
    return rows


def _stances(rng, person: PersonPlan, seen) -> list[FactPlan]:
    rows = []
    if rng.random() < 0.5:
        before = int(np.clip(person.stance + rng.integers(-1, 2), 1, 5))
        rows.append(seen("stance", str(before), old=True))
    last = seen("stance", str(person.stance))
    return [*rows, last] if not rows or rows[0].ago >= last.ago else [last]

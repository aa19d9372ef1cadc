"""All customers in the field: the same for the same seed and day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kpi.demo.company import HANSA, TWIN, UNOWNED, AccountPlan
from kpi.demo.field import FieldPlan, PersonPlan
from kpi.demo.field.facts import plan_facts
from kpi.demo.field.large import SIZES, lines_between, plan_organisation
from kpi.demo.field.people import plan_people
from kpi.demo.field.stories import CONFLICTS, DRAWN, INFLUENCES, KRAMER, recast, tell
from kpi.demo.field.touches import plan_ahead, plan_touches
from kpi.demo.field.work import plan_promises, plan_tasks

FIRST, SECOND, LAST = 13, 40, 250  # so many customers of the first two kinds, and in all
MOVES = [(UNOWNED, HANSA, KRAMER)]  # to, from, who


def plan_field(plans: list[AccountPlan], *, today: dt.date, rng: Callable[..., np.random.Generator]) -> list[FieldPlan]:  # fmt: skip
    """`rng(stream, customer)` draws for one customer alone, so that others do not move with it."""
    ranked = sorted(
        (i for i, p in enumerate(plans) if p.name != TWIN and p.status == "active"),
        key=lambda i: (-plans[i].revenue * (plans[i].ended < 300), i),
    )
    fields = []
    for rank, index in enumerate(ranked[:LAST]):
        importance = int(rank >= FIRST) + int(rank >= SECOND)
        if plans[index].name in SIZES or plans[index].name in DRAWN:
            importance = 0
        fields.append(
            FieldPlan(index, importance, _people(rng(21, index), plans[index], importance))
        )
    _move(plans, fields)
    for field in fields:
        _live(rng(22, field.index), plans[field.index], field, today)
    return fields


def _people(rng: np.random.Generator, plan: AccountPlan, importance: int) -> list[PersonPlan]:
    if plan.name in SIZES:
        people = plan_organisation(rng, plan)
    else:
        people = DRAWN.get(plan.name) or recast(plan, plan_people(rng, plan, importance))
    # Nobody is known to us from before the customer was.
    known = max(plan.began - 1, 1)
    return [replace(p, since=min(p.since, known)) if plan.began < p.since else p for p in people]


def _move(plans: list[AccountPlan], fields: list[FieldPlan]) -> None:
    """Those who left one customer and turned up at another, with the day between."""
    by_name = {plans[field.index].name: field for field in fields}
    pairs = [(by_name[to], by_name[source], who) for to, source, who in MOVES
             if to in by_name and source in by_name]  # fmt: skip
    left = [(field, i) for field in fields for i, p in enumerate(field.people)
            if p.until and p.until > 60 and p.name]  # fmt: skip
    for source, who in left[:3]:
        country = plans[source.index].country
        near = [f for f in fields if f is not source and f.importance == 1
                and plans[f.index].country == country and plans[f.index].began > 400]  # fmt: skip
        if near:
            pairs.append((near[source.index % len(near)], source, who))
    for to, source, who in pairs:
        person = source.people[who]
        to.people.append(replace(person, chief=0 if to.people else None, since=max(person.until - 14, 2), until=None,
                                 division="", came_from=(source.index, who), warmth=1.0, silent_since=0))  # fmt: skip


def _live(rng: np.random.Generator, plan: AccountPlan, field: FieldPlan, today: dt.date) -> None:
    people, importance = field.people, field.importance
    if plan.name in INFLUENCES:
        field.influences, field.conflicts = INFLUENCES[plan.name], CONFLICTS[plan.name]
    elif importance < 2:
        field.influences, field.conflicts = lines_between(rng, people)
    field.touches = plan_touches(rng, plan, people, importance, today)
    if plan.name == HANSA:  # its story is told by hand from the day the buyer left
        field.touches = [touch for touch in field.touches if touch.ago > 52]
    field.touches += plan_ahead(rng, plan, people, importance, today) if plan.name != HANSA else []
    if importance < 2:
        field.facts = plan_facts(rng, plan, people, field.touches)
    field.promises = plan_promises(rng, people, field.touches)
    field.tasks = plan_tasks(rng, plan, people, field.touches, importance)
    tell(rng, plan, field)
    _keep_weekends(field, today)


def _keep_weekends(field: FieldPlan, today: dt.date) -> None:
    """What is told by hand has days before today, whichever weekday that is: move it to Friday,
    what lies ahead to Monday, and what was noticed there with it."""
    moved = {}
    for at, touch in enumerate(field.touches):
        weekday = (today - dt.timedelta(days=touch.ago)).weekday()
        if weekday > 4:
            ago = touch.ago + (weekday - 4 if touch.ago > 0 else weekday - 7)
            moved[at] = ago
            field.touches[at] = replace(touch, ago=ago)
    field.facts = [
        replace(fact, ago=moved[fact.touch]) if fact.touch in moved else fact
        for fact in field.facts
    ]

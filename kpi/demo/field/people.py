"""Who works at a customer: the deciding seats, some of them empty, and those around them."""

from dataclasses import replace

import numpy as np

from kpi.demo.company import AccountPlan
from kpi.demo.field import ROLES, PersonPlan
from kpi.demo.field.names import person_name, pick
from kpi.demo.field.titles import CONSULTANTS, LEADERS, SPEECH, TITLES

POWER = {"decision_maker": 3, "sponsor": 3, "purchasing": 3, "champion": 2, "quality": 2, "technical": 2, "finance": 2, "logistics": 1, "gatekeeper": 1, "user": 1, "": 1}  # fmt: skip
WARMTH = {"decision_maker": 0.5, "sponsor": 0.4, "purchasing": 4.0, "champion": 1.6, "quality": 1.4, "logistics": 1.8, "technical": 1.2, "finance": 0.4, "gatekeeper": 0.8, "user": 1.2, "": 0.5}  # fmt: skip
SEATS = {
    0: ROLES[:7],
    1: ("decision_maker", "purchasing", "champion", "technical"),
    2: ("purchasing",),
}
EMPTY = {0: 0.14, 1: 0.2, 2: 0.0}  # share of seats nobody is known for
STANCES, STANCE_ODDS = (1, 2, 3, 4, 5), (0.06, 0.14, 0.32, 0.34, 0.14)


def plan_people(rng: np.random.Generator, plan: AccountPlan, importance: int) -> list[PersonPlan]:
    """The seats that the tier asks for, then helpers; the first is the one who decides."""
    speech = SPEECH[plan.country]
    people: list[PersonPlan] = []
    for role in SEATS[importance]:
        unknown = role != "purchasing" and rng.random() < EMPTY[importance]
        if unknown and rng.random() < 0.5:
            continue  # not even drawn: the seat is asked for by the tier alone
        people.append(make_person(rng, plan.country, role, pick(rng, TITLES[speech][role]),
                                  chief=0 if people and people[0].role == "decision_maker" else None,
                                  unknown=unknown))  # fmt: skip
    heads = len(people)
    for _ in range(int(rng.integers(*((2, 8), (1, 4), (0, 2))[importance]))):
        chief = int(rng.integers(heads)) if importance < 2 else 0
        people.append(
            make_person(rng, plan.country, "", pick(rng, TITLES[speech][""]), chief=chief)
        )
    if importance == 0:
        people += _outsiders(rng, plan)
    return with_newcomer(rng, plan, people) if importance < 2 else people


def make_person(rng, country: str, role: str, title: str, *, chief=None, unknown=False, **more) -> PersonPlan:  # fmt: skip
    if unknown:
        return PersonPlan(name="", title=title, role=role, chief=chief, warmth=0, **more)
    judged = role != "" or rng.random() < 0.4
    return PersonPlan(
        **person_name(rng, country),
        title=title,
        role=role,
        chief=chief,
        power=POWER[role] - int(role == "purchasing" and rng.random() < 0.4) if judged else 0,
        stance=int(rng.choice(STANCES, p=STANCE_ODDS)) if judged else 0,
        access=int(rng.integers(2, 5)) if judged else 0,
        warmth=WARMTH[role] * float(rng.uniform(0.5, 1.5)),
        **{"since": int(rng.integers(600, 3000)), **more},
    )


def _outsiders(rng, plan: AccountPlan) -> list[PersonPlan]:
    speech = SPEECH[plan.country]
    rows = []
    for kind, words, odds in (("consultant", CONSULTANTS, 0.5), ("leader", LEADERS, 0.3)):
        if rng.random() < odds:
            title, organisation = words[speech]
            person = make_person(rng, plan.country, "", title, kind=kind, organisation=organisation)
            rows.append(replace(person, power=2, stance=int(rng.integers(2, 5)), warmth=0.3))
    return rows


def with_newcomer(rng, plan: AccountPlan, people: list[PersonPlan]) -> list[PersonPlan]:
    """In every third customer somebody left within the year and another took the seat."""
    seats = [
        i
        for i, person in enumerate(people)
        if person.name and person.role not in ("", "decision_maker")
    ]
    if not seats or plan.began < 500 or rng.random() > 0.34:
        return people
    seat, ago = pick(rng, seats), int(rng.integers(40, 330))
    left = people[seat]
    people[seat] = replace(left, until=ago)
    new = make_person(
        rng, plan.country, left.role, left.title, chief=left.chief, since=max(ago - 20, 5)
    )
    people = [replace(p, chief=len(people)) if p.chief == seat else p for p in people]
    return [*people, new]

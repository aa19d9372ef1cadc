"""What was promised and what is to be done: kept and broken, in time, late and handed on."""

import numpy as np

from kpi.demo.company import AccountPlan
from kpi.demo.field import PersonPlan, PromisePlan, TaskPlan, TouchPlan
from kpi.demo.field.names import pick
from kpi.demo.field.talk import BROKEN, FOR_ASSISTANT, FOR_TEAM, KEPT, MONTHLY, OURS, STEPS, THEIRS
from kpi.demo.field.touches import ASSISTANT, owner_on, writes
from kpi.demo.people import FUNCTIONS

PROMISED, STEPPED = 0.13, 0.3  # share of meetings and calls with a promise, with a next step


def plan_promises(rng: np.random.Generator, people: list[PersonPlan], touches: list[TouchPlan]) -> list[PromisePlan]:  # fmt: skip
    rows = []
    for at, touch in _spoken(touches):
        if rng.random() > PROMISED:
            continue
        language, ours = writes(touch.ours[0]), rng.random() < 0.6
        text = str(pick(rng, (OURS if ours else THEIRS)[language]))
        due = touch.ago - int(rng.integers(7, 60)) if rng.random() < 0.85 else None
        state, settled = _settled(rng, touch.ago, due)
        heard = people[touch.who[1]].name if len(touch.who) > 1 else ""
        note = {"kept": KEPT, "broken": BROKEN}.get(state, {}).get(language, "")
        rows.append(PromisePlan(ours, text, touch.ours[0], touch.ago, due, touch.who[0], at, state, settled, note, heard))  # fmt: skip
    return rows


def _settled(rng, made: int, due: int | None) -> tuple[str, int | None]:
    """Old promises are settled but for a few that were forgotten."""
    if made < 20 or (due is not None and due < -3) or rng.random() < 0.06:
        return "open", None
    state = str(rng.choice(("kept", "broken", "released"), p=(0.78, 0.14, 0.08)))
    around = due if due is not None else made - 20
    settled = int(np.clip(around + rng.integers(-6, 8), 1, made))
    return state, settled


def plan_tasks(rng: np.random.Generator, plan: AccountPlan, people: list[PersonPlan], touches: list[TouchPlan], importance: int) -> list[TaskPlan]:  # fmt: skip
    owner = owner_on(plan, 0)
    rows = [_step(rng, plan, at, touch) for at, touch in _spoken(touches) if rng.random() < STEPPED]
    assistant, language = ASSISTANT.get(owner), writes(owner)
    if importance == 0 and assistant:
        title = str(pick(rng, FOR_ASSISTANT[language]))
        made = int(rng.integers(1, 9))
        rows.append(TaskPlan(title, assistant, owner, made, made - int(rng.integers(4, 12)), 20))
    if importance == 0 and rng.random() < 0.6:
        function = str(pick(rng, tuple(FUNCTIONS)))
        made = int(rng.integers(1, 12))
        rows.append(TaskPlan(FOR_TEAM[function][language], FUNCTIONS[function], owner, made, made - int(rng.integers(5, 14)), 30))  # fmt: skip
    if importance == 0 and rng.random() < 0.4:
        rows.append(TaskPlan(MONTHLY[language], assistant or owner, owner, 30, -int(rng.integers(1, 15)), 10, repeat="month"))  # fmt: skip
    if importance < 2 and rng.random() < 0.5:
        known = [i for i, p in enumerate(people) if p.name and not p.until]
        title, minutes = pick(rng, STEPS[language])
        made = int(rng.integers(2, 15))
        due = made - int(rng.integers(1, 20))
        rows.append(TaskPlan(title, owner, owner, made, due, minutes, pick(rng, known) if known else None))  # fmt: skip
    return rows


def _step(rng, plan, at: int, touch: TouchPlan) -> TaskPlan:
    """The next step of a touchpoint: old ones are done, a few of the last weeks were forgotten."""
    author, owner = touch.ours[0], owner_on(plan, 0)
    title, minutes = pick(rng, STEPS[writes(author)])
    due = touch.ago - int(rng.integers(2, 15))
    if touch.ago < 10 and due < 4 or (touch.ago < 70 and rng.random() < 0.12):
        return TaskPlan(title, owner, author, touch.ago, due, minutes, touch.who[0], at)
    settled = int(np.clip(due + rng.integers(-6, 3), 0, touch.ago))
    state = "dropped" if rng.random() < 0.06 else "done"
    return TaskPlan(title, author, author, touch.ago, due, minutes, touch.who[0], at, "", state, settled)  # fmt: skip


def _spoken(touches: list[TouchPlan]):
    return [(at, touch) for at, touch in enumerate(touches)
            if touch.state == "done" and touch.channel in ("meeting", "call", "video")]  # fmt: skip

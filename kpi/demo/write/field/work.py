"""Promises, tasks, rhythms that were agreed, and the colleagues who help."""

from accounts.choices import AssignmentRole
from accounts.commands import search_texts
from accounts.models import Assignment, Cadence, Promise, Task
from kpi.demo.field import FieldPlan, PromisePlan, TaskPlan
from kpi.demo.field.touches import owner_on
from kpi.demo.people import FUNCTIONS
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH

AGREED = (7, 30, 21, None, 60)  # days between touchpoints; None: they call us
AGREED_AGO, HELPED_AGO = 200, 280


def write_work(world: World) -> None:
    promises = [_promise(world, field, row) for field in world.fields for row in field.promises]
    Promise.objects.bulk_create(promises, batch_size=BATCH)
    tasks = [_task(world, field, row) for field in world.fields for row in field.tasks]
    Task.objects.bulk_create(tasks, batch_size=BATCH)
    _write_cadences(world)
    _write_team(world)


def _promise(world: World, field: FieldPlan, row: PromisePlan) -> Promise:
    index = field.index
    return Promise(
        account=world.accounts[index],
        is_ours=row.ours,
        text=row.text,
        colleague=world.users[row.colleague],
        contact=None if row.who is None else world.contacts[index, row.who],
        heard_by=row.heard_by,
        made_on=world.day(row.made),
        due=None if row.due is None else world.day(row.due),
        state=row.state,
        settled_on=None if row.settled is None else world.day(row.settled),
        note=row.note,
        touchpoint=None if row.touch is None else world.touchpoints[index, row.touch],
        author=world.users[row.colleague],
        recorded_at=world.at(row.made, 17),
    )


def _task(world: World, field: FieldPlan, row: TaskPlan) -> Task:
    index = field.index
    settled = None if row.settled is None else world.at(row.settled, 5)
    due = None if row.due is None else world.day(row.due)
    return Task(
        account=world.accounts[index],
        contact=None if row.who is None else world.contacts[index, row.who],
        title=row.title,
        owner=world.users[row.owner],
        created_by=world.users[row.by],
        created_at=world.at(row.made, 4),
        due=due,
        minutes=row.minutes,
        repeat_every=1 if row.repeat else None,
        repeat_unit=row.repeat,
        repeat_from=due if row.repeat else None,
        touchpoint=None if row.touch is None else world.touchpoints[index, row.touch],
        cause=row.cause,
        state=row.state,
        settled_at=settled,
        settled_by=world.users[row.owner] if settled else None,
        search_text=search_texts.of_task(row.title),
    )


def _write_cadences(world: World) -> None:
    """A few customers said how often they want to hear from us; one wants no rhythm at all."""
    important = [field for field in world.fields if field.importance < 2]
    rows = [
        _cadence(world, field, AGREED[place % len(AGREED)], None)
        for place, field in enumerate(important[::4])
    ]
    for field in important[1::6]:
        decides = (i for i, p in enumerate(field.people) if p.power == 3 and p.name and not p.until)
        if (who := next(decides, None)) is not None:
            rows.append(_cadence(world, field, 90, who))
    Cadence.objects.bulk_create(rows)


def _cadence(world: World, field: FieldPlan, days: int | None, who: int | None) -> Cadence:
    plan = world.plans[field.index]
    since = min(
        AGREED_AGO, max(plan.began - 1, 1), 9999 if who is None else field.people[who].since
    )
    return Cadence(
        account=world.accounts[field.index],
        contact=None if who is None else world.contacts[field.index, who],
        days=days,
        valid_from=world.day(since),
        made_by=world.users[owner_on(plan, 0)],
        made_at=world.at(since, 11),
    )


def _write_team(world: World) -> None:
    """Those of other departments on the largest customers, and wherever they have a task."""
    functions = {key: name for name, key in FUNCTIONS.items()}
    pairs = {
        (field.index, row.owner)
        for field in world.fields
        for row in field.tasks
        if row.owner in functions
    }
    largest = [field.index for field in world.fields if field.importance == 0][:5]
    pairs |= {(index, FUNCTIONS[name]) for index in largest for name in ("logistics", "finance")}
    Assignment.objects.bulk_create(
        Assignment(
            account=world.accounts[index],
            user=world.users[key],
            role=AssignmentRole.TEAM,
            function=functions[key],
            valid_from=world.day(min(HELPED_AGO, max(world.plans[index].began - 2, 1))),
            made_by=world.users[owner_on(world.plans[index], 0)],
            made_at=world.at(min(HELPED_AGO, max(world.plans[index].began - 2, 1)), 10),
        )
        for index, key in sorted(pairs)
    )

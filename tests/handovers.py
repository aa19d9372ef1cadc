"""Makers of handovers: one account from Lena to Karl, with somebody of power to introduce."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.commands import handover, handover_items
from accounts.models import Account, Contact, Handover, Promise, Task, Touchpoint
from accounts.queries.handover_lines import lines_of
from people.models import User, company_day
from tests.cast import LONG_AGO, Cast
from tests.field import make_contact, make_observation, make_touchpoint
from tests.gate import employ, make_key_account


@dataclass
class Road:
    """A handover and who has to do with it."""

    cast: Cast
    account: Account
    giver: User
    taker: User
    boss: Contact
    promise: Promise
    task: Task
    row: Handover = field(default=None)


def make_road(cast: Cast, *, name: str = "Hansa", begun: bool = True, **fields) -> Road:
    """A key account of Lena's for Karl, with one person of power, one promise and one task."""
    employ(cast.lena, 2)
    employ(cast.karl, 2)
    account = make_key_account(name, owner=cast.lena)
    boss = make_contact(account, "Ursula Boss")
    make_observation(boss, "power", "3")
    promise = Promise.objects.create(
        account=account, text="A sample by June", colleague=cast.lena, made_on=LONG_AGO
    )
    task = Task.objects.create(account=account, title="Send the list", owner=cast.lena)
    road = Road(cast, account, cast.lena, cast.karl, boss, promise, task)
    if begun:
        road.row = begin(road, **fields)
    return road


def begin(road: Road, *, actor: User | None = None, **fields) -> Handover:
    values = {
        "cause": "load", "planned_for": company_day() + dt.timedelta(days=14), "joint_meetings": 1
    } | fields  # fmt: skip
    return handover.plan_handover(
        actor=actor or road.cast.dora, account_id=road.account.pk, to_user=road.taker, **values
    )


def tell(road: Road) -> None:
    """The former manager answers everything and passes everything on."""
    pk, actor = road.row.pk, road.giver
    for line in lines_of(road.row).told:
        given = {"actor": actor, "handover_id": pk, "item_id": line.item.pk}
        if line.is_question:
            version = line.item.version
            handover_items.answer_question(answer="This and that.", version=version, **given)
        else:
            handover_items.tick_check(**given)
    for line in lines_of(road.row).promises:
        handover_items.pass_promise(actor=actor, handover_id=pk, promise_id=line.row.pk)
    for line in lines_of(road.row).tasks:
        handover_items.pass_task(actor=actor, handover_id=pk, task_id=line.row.pk)


def meet(road: Road, *people: Contact, ours=(), **fields) -> Touchpoint:
    """A talk of both managers with these people, now; `ours` says who else was there instead."""
    made = make_touchpoint(road.account, *people, **fields)
    for colleague in ours or (road.giver, road.taker):
        made.attendances.create(colleague=colleague)
    return made


def see_all(road: Road) -> None:
    lines = lines_of(road.row)
    for line in (*lines.told, *lines.promises, *lines.tasks):
        if line.item is not None:
            handover_items.see_item(actor=road.taker, handover_id=road.row.pk, item_id=line.item.pk)


def to_state(road: Road, state: str) -> Road:
    """As far along the road as `state`, by the people who walk it."""
    steps = (("captured", road.giver), ("introduced", road.giver), ("joint", road.taker))
    if road.row.state == "planned" and state != "planned":
        tell(road)
        meet(road, road.boss)
        meet(road)
    for name, actor in steps:
        road.row.refresh_from_db()
        if road.row.state == state or state == "planned":
            return road
        handover.move_on(actor=actor, handover_id=road.row.pk, state=name)
    road.row.refresh_from_db()
    if state == "watch":
        accept(road)
    return road


def accept(road: Road, signature: str = "Karl") -> Handover:
    see_all(road)
    road.row = handover.accept_handover(
        actor=road.taker, handover_id=road.row.pk, signature=signature
    )
    return road.row


def digest(account: Account) -> dict:
    """Who answers when, whose every promise and task is: what undoing has to bring back."""
    rows = account.assignments.values_list("user", "role", "valid_from", "valid_to", "expires_at")
    return {
        "assignments": sorted(map(str, rows)),
        "owner": Account.objects.values_list("owner", flat=True).get(pk=account.pk),
        "promises": sorted(account.promises.values_list("pk", "colleague", "state")),
        "tasks": sorted(map(str, account.tasks.values_list("pk", "owner", "state", "planned_on"))),
    }

"""Who did what, and when it happened in the story rather than when it was written."""

import datetime as dt

from django.db.models import Model, QuerySet
from django.utils.http import urlencode

from accounts.choices import AssignmentRole
from accounts.commands import merge
from accounts.models import Assignment, CriterionMark, Merge, Pin, Policy, Tag, Territory
from common.choices import JobState
from common.models import Job
from kpi.demo.company import HANSA, TWIN
from kpi.demo.people import TEAMS
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH
from people.choices import Role
from people.commands import invite_people
from people.commands.view import save_view
from people.models import Event, Invitation, Team

NIGHT, NIGHTS = "kpi.jobs.recompute", 6


def date_back(target: Model, moment: dt.datetime, *, verb: str) -> None:
    """Events are never edited; the invented ones are laid into the past once, as they are made."""
    rows = QuerySet(Event).filter(
        target_kind=target._meta.label_lower, target_id=target.pk, verb=verb
    )
    rows.update(at=moment)


def order_record() -> None:
    """Number the entries by their time, as they would be had they been written then."""
    rows = sorted(Event.objects.all(), key=lambda event: (event.at, event.pk))
    QuerySet(Event).all().delete()
    for row in rows:
        row.pk = None
    Event.objects.bulk_create(rows, batch_size=BATCH)


def write_events(world: World) -> None:
    """The record of assignments, pins, marks and policies that were written without commands."""
    events = [_assigned(row) for row in Assignment.objects.select_related("user", "account")
              if row.role != AssignmentRole.OWNER or row.reason or row.valid_to]  # fmt: skip
    events += [_pinned(pin) for pin in Pin.objects.select_related("account", "by")]
    marks = CriterionMark.objects.select_related("account", "criterion", "by")
    events += [_marked(mark) for mark in marks]
    events += [
        event_of(policy.adopted_by, "policy.adopted", policy, policy.made_at,
               {"name": policy.name, "note": policy.note})
        for policy in Policy.objects.exclude(adopted_on=None).select_related("adopted_by")
    ]  # fmt: skip
    Event.objects.bulk_create(events, batch_size=BATCH)
    world.say(f"{len(events)} entries of the record")


def merge_twin(world: World) -> None:
    """One customer had been entered twice and was made one of."""
    survivor, absorbed = world.account(HANSA), world.account(TWIN)
    if survivor is None or absorbed is None:
        return
    director = world.users["marina_sokolova"]
    made = merge.merge_accounts(actor=director, survivor_id=survivor.pk, absorbed_id=absorbed.pk)
    moment = world.at(118, 14, 10)
    Merge.objects.filter(pk=made.pk).update(at=moment)
    date_back(survivor, moment, verb="account.merged")
    date_back(absorbed, moment, verb="account.absorbed")


def write_nights(world: World) -> None:
    """The runs of last week, as the page of runs would show them."""
    rng = world.rng(5)
    rows = []
    for ago in range(NIGHTS, 0, -1):
        begun = world.at(ago, 1) + dt.timedelta(seconds=int(rng.integers(2, 9)))
        counts = {"accounts": len(world.accounts), "changed": int(rng.integers(30, 70))}
        rows.append(
            Job(
                name=NIGHT,
                key=f"night:{world.day(ago)}",
                kwargs={"as_of": world.day(ago).isoformat()},
                state=JobState.DONE,
                attempts=1,
                done=3,
                total=3,
                result={**counts, "moves": 0, "as_of": world.day(ago).isoformat()},
                created_at=begun,
                wake_at=begun,
                started_at=begun,
                finished_at=begun + dt.timedelta(seconds=float(rng.uniform(0.6, 1.4))),
            )
        )
    Job.objects.bulk_create(rows)


def write_invitations(world: World) -> None:
    """One person is asked in and has not answered; another's link has run out."""
    director = world.users["marina_sokolova"]
    team = Team.objects.get(name=TEAMS["north"][0])
    invited = [("ingrid.solberg@severpack.example", "Ingrid Solberg")]
    late = [("pavel.gromov@severpack.example", "Павел Громов")]
    invite_people(actor=director, people=invited, roles={Role.KAM}, team=team)
    for row in invite_people(actor=director, people=late, roles={Role.ASSISTANT}):
        Invitation.objects.filter(pk=row.pk).update(
            created_at=world.at(20), expires_at=world.at(17)
        )
        date_back(row, world.at(20), verb="user.invited")


def write_views(world: World) -> None:
    """Lists as some of them like to see them; one shared with everybody."""
    tags = dict(Tag.objects.values_list("name", "pk"))
    volga = Territory.objects.get(code="ru-volga").pk
    seasonal = urlencode({"view": "all", "tag": tags["seasonal"], "sort": "-change"})
    rows = [
        ("marina_sokolova", "Seasonal business", seasonal, True),
        ("marina_sokolova", "Пишут нам из Казахстана", "view=all&country=KZ", False),
        ("anna_lindqvist", "Silent for a month", "view=all&silent=30&sort=last_order", False),
        ("igor_lebedev", "Волга, группы A и B", f"view=all&territory={volga}&tier=A&tier=B", False),
    ]
    for owner, name, query, shared in rows:
        save_view(actor=world.users[owner], page="accounts", name=name, query=query, shared=shared)


def event_of(actor, verb: str, target: Model, at: dt.datetime, data: dict) -> Event:
    return Event(
        actor=actor,
        verb=verb,
        target_kind=target._meta.label_lower,
        target_id=target.pk,
        data=data,
        at=at,
    )


def _assigned(row: Assignment) -> Event:
    data = {
        "user": row.user_id,
        "name": str(row.user),
        "role": row.role,
        "start": row.valid_from.isoformat(),
        "to": row.valid_to and row.valid_to.isoformat(),
        "reason": row.reason,
        "function": row.function,
    }
    return event_of(row.made_by, "account.assigned", row.account, row.made_at, data)


def _pinned(pin: Pin) -> Event:
    data = {"kind": pin.kind, "reason": pin.reason, "until": pin.valid_to.isoformat()}
    return event_of(pin.by, "account.pinned", pin.account, pin.made_at, data)


def _marked(mark: CriterionMark) -> Event:
    data = {
        "criterion": mark.criterion.code,
        "changes": {"mark": [None, mark.mark]},
        "reason": mark.reason,
    }
    return event_of(mark.by, "account.marked", mark.account, mark.made_at, data)

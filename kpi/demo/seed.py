"""The whole demo company in one call."""

import datetime as dt
from collections.abc import Callable

import numpy as np
from django.db import transaction

from accounts.commands.ties import rebuild_ties
from common.choices import JobState
from common.jobs import enqueue, run_now
from common.models import Job
from kpi.commands import write_readings
from kpi.demo.company import plan_accounts
from kpi.demo.write import World, measures
from kpi.demo.write.accounts import write_accounts
from kpi.demo.write.care import write_care, write_course
from kpi.demo.write.care.standing import write_employments, write_profiles
from kpi.demo.write.field import write_field
from kpi.demo.write.hiring import write_hiring
from kpi.demo.write.ledger import write_ledger
from kpi.demo.write.measures.health import write_health
from kpi.demo.write.measures.talks import write_judgements, write_talks
from kpi.demo.write.measures.warnings import write_warnings
from kpi.demo.write.past import (
    NIGHT,
    merge_twin,
    order_record,
    write_events,
    write_invitations,
    write_nights,
    write_views,
)
from kpi.demo.write.people import write_people
from kpi.demo.write.policy import write_policies
from kpi.models import Reading, ReadingDay


def read_measures() -> None:
    """Anew, as of nights that knew the whole story: the night above ran before its end was told."""
    Reading.objects.all().delete()
    ReadingDay.objects.all().delete()
    write_readings()


def compute_night(world: World) -> None:
    """What the imports left to do, as tonight's run; the scheduler finds the night done."""
    for job in Job.objects.unfinished().exclude(name=NIGHT):
        run_now(job.pk)
    with transaction.atomic():
        job = enqueue(NIGHT, key="recompute")
        day = {"as_of": world.today.isoformat()}
        Job.objects.filter(pk=job.pk).update(key=f"night:{world.today}", kwargs=day)
    finished = run_now(job.pk)
    if finished.state != JobState.DONE:
        raise RuntimeError(f"the night failed: {finished.error}")


@transaction.atomic
def tie_up(world: World) -> None:
    """What lived contact has left, by the tiers that the night found."""
    for field in world.fields:
        rebuild_ties(world.accounts[field.index].pk)


def seed_company(
    *,
    accounts: int,
    months: int,
    seed: int,
    today: dt.date,
    say: Callable[[str], None],
    candidates: int = 0,
) -> World:
    """Write Severpack into an empty database; the ledger ends the day before `today`.

    There are never fewer candidates than the story needs (kpi.demo.hiring).
    """
    plans = plan_accounts(np.random.default_rng([seed, 1]), accounts)
    world = World(today=today, months=months, seed=seed, plans=plans, say=say)
    write_people(world)
    write_employments(world)
    write_accounts(world)
    write_profiles(world)
    write_nights(world)
    write_ledger(world)
    write_policies(world)
    write_field(world)
    write_hiring(world, candidates=candidates)
    write_events(world)
    merge_twin(world)
    write_invitations(world)
    write_views(world)
    compute_night(world)
    measures.write(world)
    write_care(world)
    tie_up(world)
    write_course(world)
    write_health(world)
    write_warnings(world)
    write_judgements(world)
    read_measures()
    write_talks(world)
    order_record()
    return world

"""The whole demo company in one call."""

import datetime as dt
from collections.abc import Callable

import numpy as np
from django.db import transaction

from common.jobs import enqueue, run_now
from kpi.demo.company import plan_accounts
from kpi.demo.write import World
from kpi.demo.write.accounts import write_accounts
from kpi.demo.write.ledger import write_ledger
from kpi.demo.write.people import write_people
from kpi.demo.write.policy import write_policies


def compute_night(world: World) -> None:
    """Tonight's work as a run that people can see; the scheduler finds it done."""
    with transaction.atomic():
        job = enqueue(
            "kpi.jobs.recompute", key=f"night:{world.today}", as_of=world.today.isoformat()
        )
    finished = run_now(job.pk)
    world.say(f"Night: {finished.get_state_display()} {finished.error}".strip())


def seed_company(
    *, accounts: int, months: int, seed: int, today: dt.date, say: Callable[[str], None]
) -> World:
    """Write Severpack into an empty database; the ledger ends the day before `today`."""
    plans = plan_accounts(np.random.default_rng([seed, 1]), accounts)
    world = World(today=today, months=months, seed=seed, plans=plans, say=say)
    write_people(world)
    write_accounts(world)
    write_ledger(world)
    write_policies(world)
    compute_night(world)
    return world

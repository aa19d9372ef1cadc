"""Scorecards, one-to-ones and assessments for the walk of all addresses."""

import datetime as dt
from itertools import count

from kpi.models import Appraisal, OneToOne
from people.models import User
from tests.cast import Cast, make_account

numbers = count(1)
DAY = dt.date(2026, 1, 5)


def scored(cast: Cast, owner: User) -> dict:
    make_account(f"Scored access {next(numbers)}", owner=owner)
    return {"pk": owner.pk}


def talk(cast: Cast, owner: User) -> dict:
    """Held by the owner."""
    made = OneToOne.objects.create(manager=cast.sam, held_by=owner, held_on=DAY, notes="access")
    return {"pk": made.pk}


def judged(cast: Cast, owner: User) -> dict:
    by = cast.sam if owner == cast.dora else cast.dora
    made = Appraisal.objects.create(
        manager=owner, by=by, first=DAY, last=DAY, mark=3, note="access"
    )
    return {"pk": made.pk}


MAKERS = {"scored": scored, "talk": talk, "judged": judged}

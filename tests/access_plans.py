"""Plans for the walk of all addresses."""

from itertools import count

from kpi.models import PlanVersion
from people.models import User
from tests.cast import Cast
from tests.kpi.plans import FLAT, make_plan, plan_months

years = count()


def plan_draft(cast: Cast, owner: User) -> dict:
    return {"pk": _made(owner, adopted=False).pk}


def plan_adopted(cast: Cast, owner: User) -> dict:
    return {"pk": _made(owner, adopted=True).pk}


def _made(owner: User, *, adopted: bool) -> PlanVersion:
    version = make_plan(2040 + next(years) % 60, adopted=adopted)
    plan_months(version, owner, FLAT)
    return version


MAKERS = {"plan_draft": plan_draft, "plan_adopted": plan_adopted}

"""Drafts of probations, their goals and limits: Lena leads those of Karl's team."""

import datetime as dt
from itertools import count

from hiring.commands.probation_goal import remove_goal
from hiring.commands.probation_limit import remove_limit
from hiring.models import Probation, ProbationLimit
from people.choices import Role
from people.models import User, company_day
from tests.cast import Cast, make_user

numbers = count(1)


def _draft(cast: Cast, owner: User) -> Probation:
    """Of somebody new in the owner's team; the owner is not the newcomer."""
    user = make_user(f"newcomer-{next(numbers)}", Role.KAM)
    today = company_day()
    return Probation.objects.create(
        user=user, grade=2, country="RU", starts_on=today + dt.timedelta(days=7),
        ends_on=today + dt.timedelta(days=21), lead=cast.lena if owner == cast.karl else cast.dora,
    )  # fmt: skip


def trial_draft(cast: Cast, owner: User) -> dict:
    return {"pk": _draft(cast, owner).pk}


def trial_goal(cast: Cast, owner: User) -> dict:
    row = _draft(cast, owner)
    goal = row.goals.create(kind="contact", target=5)
    return {"pk": row.pk, "goal": goal.pk}


def trial_limit(cast: Cast, owner: User) -> dict:
    row = ProbationLimit.objects.create(
        country="SE", case=f"access {next(numbers)}", source="access", on=company_day(),
        most_days=180,
    )  # fmt: skip
    return {"pk": row.pk}


def trial_removed_goal(cast: Cast, owner: User) -> dict:
    parts = trial_goal(cast, owner)
    event = remove_goal(actor=cast.rita, probation_id=parts["pk"], goal_id=parts["goal"])
    return {"pk": parts["pk"], "event": event.pk}


def trial_removed_limit(cast: Cast, owner: User) -> dict:
    return {"event": remove_limit(actor=cast.rita, limit_id=trial_limit(cast, owner)["pk"]).pk}


MAKERS = {
    "trial_draft": trial_draft,
    "trial_goal": trial_goal,
    "trial_limit": trial_limit,
    "trial_removed_goal": trial_removed_goal,
    "trial_removed_limit": trial_removed_limit,
}

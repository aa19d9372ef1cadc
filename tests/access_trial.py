"""Probations that addresses are about: one running for each, led by who leads them."""

import datetime as dt

from hiring.models import Probation
from people.models import User, company_day
from tests.cast import Cast


def made(cast: Cast, owner: User) -> Probation:
    """The director can be no newcomer: theirs is Karl's."""
    user = cast.karl if owner == cast.dora else owner
    today = company_day()
    fields = {
        "state": "running", "grade": 2, "country": "RU", "starts_on": today - dt.timedelta(days=7),
        "ends_on": today + dt.timedelta(days=7), "criteria": "As agreed",
        "lead": cast.lena if user == cast.karl else cast.dora,
    }  # fmt: skip
    return Probation.objects.get_or_create(user=user, defaults=fields)[0]


def trial(cast: Cast, owner: User) -> dict:
    return {"pk": made(cast, owner).pk}


MAKERS = {"trial": trial}

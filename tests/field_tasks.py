"""Makers of tasks, rhythms and contacts in time, past the commands."""

import datetime as dt

from accounts.models import Account, AccountRhythm, AccountScore, Assignment, Cadence, Task
from accounts.rules import search
from people.models import User
from tests.cast import LONG_AGO


def make_task(title: str = "Call back", *, owner: User, account: Account | None = None, **fields):
    fields.setdefault("created_by", owner)
    text = search.task_text(title, fields.get("note", ""))
    return Task.objects.create(
        title=title, owner=owner, account=account, search_text=text, **fields
    )


def make_helper(account: Account, user: User, function: str = "logistics", **fields) -> Assignment:
    fields.setdefault("valid_from", LONG_AGO)
    return Assignment.objects.create(
        account=account, user=user, role="team", function=function, **fields
    )


def make_rhythm(account: Account, last: dt.date | None = None, **fields) -> AccountRhythm:
    return AccountRhythm.objects.create(
        account=account, last_on=last, last_two_way_on=last, touchpoints=bool(last), **fields
    )


def make_cadence(account: Account, days: int | None, **fields) -> Cadence:
    fields.setdefault("valid_from", LONG_AGO)
    return Cadence.objects.create(account=account, days=days, **fields)


def make_tier(account: Account, tier: str, **fields) -> AccountScore:
    fields.setdefault("as_of", LONG_AGO)
    return AccountScore.objects.create(account=account, tier=tier, **fields)

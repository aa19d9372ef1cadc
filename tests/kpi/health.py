"""Accounts with a health: makers of what the parts are read from."""

import datetime as dt
from decimal import Decimal

from accounts.models import (
    Account,
    AccountRhythm,
    AccountScore,
    Contact,
    ContactRole,
    Observation,
    Position,
    Promise,
    Scoring,
    ServiceLine,
    ServiceMonth,
    Tie,
    Touchpoint,
)
from kpi.models import Health
from people.models import User
from tests.kpi.facts import make_day

DAY = dt.date(2026, 3, 31)
YEAR_AGO = dt.date(2025, 3, 20)


def day_before(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def make_scoring(day: dt.date = DAY) -> Scoring:
    row = {"as_of": day, "whole": True, "first_day": day - dt.timedelta(days=900)}
    return Scoring.objects.update_or_create(pk=1, defaults=row)[0]


def make_score(account: Account, *, last=10, amber=40, alarm=60, tier="A", **fields):
    """Ordered `last` days ago; unusual and alarming so many days after that order."""
    on = day_before(last)
    row = {
        "as_of": DAY, "last_order": on, "tier": tier, "order_days": 9,
        "amber_day": amber and on + dt.timedelta(days=amber),
        "alarm_day": alarm and on + dt.timedelta(days=alarm),
    }  # fmt: skip
    return AccountScore.objects.update_or_create(account=account, defaults=row | fields)[0]


def make_orders(account: Account, now=100, before=100) -> None:
    """Money of this March and of the last one."""
    for day, net in ((day_before(1), now), (YEAR_AGO, before)):
        if net:
            make_day(account, day, Decimal(net))


def make_lines(account: Account, *, now: int, before: int) -> None:
    """So many service lines bought this month, and so many half a year ago."""
    for number in range(max(now, before)):
        line, _made = ServiceLine.objects.get_or_create(code=f"line-{number}")
        months = [dt.date(2026, 3, 1)] * (number < now) + [dt.date(2025, 9, 1)] * (number < before)
        for month in months:
            ServiceMonth.objects.create(account=account, service_line=line, month=month, net=10)


def make_person(
    account: Account, *, power: int = 0, energy: float = 0, role: str = "", left: int | None = None
) -> Contact:
    """Somebody of theirs; `energy` 12 makes a tie of 70, `left` is days ago."""
    contact = Contact.objects.create(name=f"Person {Contact.objects.count()}")
    Position.objects.create(
        account=account, contact=contact, valid_from=day_before(800),
        valid_to=None if left is None else day_before(left),
        role=ContactRole.objects.get_or_create(code=role)[0] if role else None,
    )  # fmt: skip
    if power:
        Observation.objects.create(
            account=account, contact=contact, fact="power", value=str(power), day=day_before(30)
        )
    if energy:
        Tie.objects.create(
            account=account, contact=contact, energy=energy, as_of=DAY, half_life=45, touchpoints=1
        )
    return contact


def make_talk(account: Account, user: User, days: int = 5) -> Touchpoint:
    at = dt.datetime.combine(day_before(days), dt.time(10), tzinfo=dt.UTC)
    AccountRhythm.objects.update_or_create(
        account=account, defaults={"last_two_way_on": day_before(days), "touchpoints": 1}
    )
    return Touchpoint.objects.create(
        account=account, at=at, state="done", direction="both", channel="call", author=user
    )


def make_promise(account: Account, user: User, **fields) -> Promise:
    row = {"text": "Samples", "colleague": user, "made_on": day_before(60)}
    return Promise.objects.create(account=account, **(row | fields))


def make_whole(account: Account, user: User) -> None:
    """Known well enough for a number: orders, people and plan, 60 % of the weight."""
    make_scoring()
    make_score(account)
    make_orders(account)
    make_person(account, power=3, energy=12)
    make_talk(account, user)


def health(account: Account) -> Health:
    return Health.objects.get(account=account)

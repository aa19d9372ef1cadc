"""The night's last step: what each manager carries and what hangs on them and on their people.

One row per manager and one for each of the people on whom most hangs, replaced when the day is
reckoned again. Daily rows are kept for a quarter, then the last of each week.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import transaction

from accounts.models import Assignment, ContactDay, ManagerDay
from accounts.queries.dependence import Ties, our_parts, revenues, their_parts, ties_on
from accounts.queries.load import loads
from accounts.rules import dependence as rules
from accounts.rules import load as load_rules
from common.money import from_units
from people.choices import Role
from people.models import User

TOP_CONTACTS = 200
DAILY = dt.timedelta(days=90)
VERSION = f"{rules.VERSION} {load_rules.VERSION}"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Found:
    managers: int
    contacts: int
    thinned: int


def write_dependence(*, day: dt.date) -> Found:
    """Load and dependence as of `day` (today: ties are kept as of now); a constant number of
    queries, whatever the number of accounts and people."""
    owners = dict(Assignment.objects.owners().on(day).unexpired().values_list("account", "user"))
    money, ties = revenues(), ties_on(day)
    managers = _manager_days(day, owners, money, ties)
    contacts = _contact_days(day, money, ties)
    with transaction.atomic():
        ManagerDay.objects.filter(day=day).delete()
        ManagerDay.objects.bulk_create(managers, batch_size=500)
        ContactDay.objects.filter(day=day).delete()
        ContactDay.objects.bulk_create(contacts, batch_size=500)
        thinned = _thin(day)
    return Found(len(managers), len(contacts), thinned)


def _manager_days(
    day: dt.date, owners: dict[int, int], money: dict[int, int], ties: Ties
) -> list[ManagerDay]:
    parts = our_parts(ties)
    tied = set(parts.account.tolist())
    rows = zip(parts.account.tolist(), parts.person.tolist(), parts.part.tolist(), strict=True)
    held = {account: part for account, person, part in rows if owners.get(account) == person}
    by_user: dict[int, list[tuple[int, float | None]]] = defaultdict(list)
    for account, user in owners.items():
        part = held.get(account, 0.0) if account in tied else None
        by_user[user].append((money.get(account, 0), part))
    kams = User.objects.active().holding(Role.KAM).values_list("pk", flat=True)
    found = []
    for user, load in sorted(loads({*kams, *by_user}, day).items()):
        hangs = rules.hanging(by_user[user])
        found.append(
            ManagerDay(
                user_id=user, day=day,
                hours=Decimal(load.load.hours).quantize(TENTH),
                capacity=Decimal(load.load.capacity).quantize(TENTH),
                key=load.key, regular=load.regular, relationships=load.relationships,
                revenue=from_units(hangs.revenue), hanging=from_units(hangs.hanging),
                unknown=from_units(hangs.unknown), untied=hangs.untied,
                rule_version=VERSION,
            )
        )  # fmt: skip
    return found


def _contact_days(day: dt.date, money: dict[int, int], ties: Ties) -> list[ContactDay]:
    """Of all people at customers those on whom most money hangs."""
    parts = their_parts(ties)
    revenue = np.array([money.get(pk, 0) for pk in parts.account.tolist()], dtype=np.int64)
    hanging = np.rint(np.maximum(revenue, 0) * parts.part).astype(np.int64)
    order = np.lexsort((parts.person, -hanging))[:TOP_CONTACTS]
    return [
        ContactDay(
            contact_id=int(parts.person[i]), account_id=int(parts.account[i]), day=day,
            revenue=from_units(revenue[i]), hanging=from_units(hanging[i]),
            rule_version=rules.VERSION,
        )
        for i in order[hanging[order] > 0].tolist()
    ]  # fmt: skip


def _thin(day: dt.date) -> int:
    """Of weeks older than a quarter only the last day stays; how many rows went."""
    gone = 0
    for model in (ManagerDay, ContactDay):
        old = model.objects.filter(day__lt=day - DAILY)
        days = sorted(old.order_by().values_list("day", flat=True).distinct())
        last = {one.isocalendar()[:2]: one for one in days}
        drop = [one for one in days if last[one.isocalendar()[:2]] != one]
        gone += old.filter(day__in=drop).delete()[0] if drop else 0
    return gone

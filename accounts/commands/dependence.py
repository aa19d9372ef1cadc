"""The night's last step: what each manager carries and what hangs on them and on their people.

One row per manager and one for each of the people on whom most hangs, replaced when the day is
reckoned again. Daily rows are kept for a quarter, then the last of each week.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import transaction

from accounts.models import ContactDay, ManagerDay
from accounts.queries.dependence import (
    FAINT,
    Lively,
    lively,
    looked_up,
    our_parts,
    our_ties,
    their_parts,
    ties_on,
)
from accounts.queries.owned import Book, Owned, book, carried, owned_on
from accounts.rules import dependence as rules
from accounts.rules import load as load_rules
from accounts.rules.dependence import Parts
from common.money import from_units
from people.choices import Role
from people.models import User

TOP_CONTACTS = 200
READS = (4 * TOP_CONTACTS, 40 * TOP_CONTACTS)  # so many accounts first, then all
CONTACT, HANGING = 0, 3
DAILY = dt.timedelta(days=90)
VERSION = f"{rules.VERSION} {load_rules.VERSION}"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Found:
    managers: int
    contacts: int
    thinned: int


def write_dependence(*, day: dt.date) -> Found:
    """Load and dependence as of `day` (today: ties are kept as of now)."""
    left, alive = book(), lively(day)
    managers = _manager_days(day, left, alive)
    contacts = _contact_days(day, left, alive)
    with transaction.atomic():
        ManagerDay.objects.filter(day=day).delete()
        ManagerDay.objects.bulk_create(managers, batch_size=500)
        ContactDay.objects.filter(day=day).delete()
        ContactDay.objects.bulk_create(contacts, batch_size=500)
        thinned = _thin(day)
    return Found(len(managers), len(contacts), thinned)


def _manager_days(day: dt.date, left: Book, alive: Lively | None) -> list[ManagerDay]:
    """A constant number of queries, whatever the number of accounts and people."""
    owned = owned_on(day)
    kams = User.objects.active().holding(Role.KAM).values_list("pk", flat=True)
    users = np.union1d(owned.user, np.array(kams, dtype=np.int64))
    hanging = _hanging(owned, left, our_parts(our_ties(day, alive)), users)
    found = carried(users.tolist(), owned, left, day)
    return [
        ManagerDay(
            user_id=user, day=day,
            hours=Decimal(found[user].load.hours).quantize(TENTH),
            capacity=Decimal(found[user].load.capacity).quantize(TENTH),
            key=found[user].key, regular=found[user].regular,
            relationships=found[user].relationships,
            revenue=from_units(hangs.revenue), hanging=from_units(hangs.hanging),
            unknown=from_units(hangs.unknown), untied=hangs.untied,
            rule_version=VERSION,
        )
        for user, hangs in zip(users.tolist(), hanging, strict=True)
    ]  # fmt: skip


def _hanging(owned: Owned, left: Book, parts: Parts, users: np.ndarray) -> list[rules.Hanging]:
    """What of their accounts' money hangs on each of the users; `users` ascend."""
    part = looked_up(
        rules.pair(owned.account, owned.user), rules.pair(parts.account, parts.person), parts.part
    )
    part = np.where(np.isin(owned.account, parts.account), part, np.nan)
    money = looked_up(owned.account, left.account, left.revenue)
    return rules.hanging_by(np.searchsorted(users, owned.user), money, part, len(users))


def _contact_days(day: dt.date, left: Book, alive: Lively | None) -> list[ContactDay]:
    """Of all people at customers those on whom most money hangs.

    No more can hang on a person than their account brings: the largest accounts are read, and more
    of them until enough people are found on whom more hangs than the next account brings.
    """
    largest = np.argsort(-left.revenue, kind="stable")[: np.count_nonzero(left.revenue > 0)]
    if alive is not None:
        largest = largest[np.isin(left.account[largest], alive.whole)]
    found, done = np.empty((0, 4), dtype=np.int64), 0
    for until in (*READS, len(largest)):
        found = np.concatenate([found, _hanging_on(day, left, largest[done:until])])
        found = found[np.lexsort((found[:, CONTACT], -found[:, HANGING]))][:TOP_CONTACTS]
        least, done = found[TOP_CONTACTS - 1 :, HANGING], until
        if done >= len(largest) or (len(least) and least > left.revenue[largest[done]]):
            break
    return [
        ContactDay(
            contact_id=contact, account_id=account, day=day,
            revenue=from_units(revenue), hanging=from_units(hanging),
            rule_version=rules.VERSION,
        )
        for contact, account, revenue, hanging in found.tolist()
    ]  # fmt: skip


def _hanging_on(day: dt.date, left: Book, places: np.ndarray) -> np.ndarray:
    """Rows of contact, account, revenue and what of it hangs on them."""
    accounts = left.account[places]
    ids = accounts.tolist() if len(accounts) <= READS[-1] else None
    parts = their_parts(ties_on(day, ids, named=False, above=FAINT))
    here = np.isin(parts.account, accounts)
    revenue = looked_up(parts.account, left.account, left.revenue)
    hanging = np.rint(revenue * parts.part).astype(np.int64)
    rows = np.column_stack([parts.person, parts.account, revenue, hanging])
    return rows[here & (hanging > 0)]


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

"""Managers with their hours against what they have: all for directors, the team for its lead."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Assignment
from accounts.models.coverage import people_led
from accounts.queries.gate import Standing, standings
from accounts.queries.load import LoadNow, loads, nights_of, over_running
from accounts.queries.taker_words import over_words
from people.choices import Role
from people.models import Absence, Membership, User

SOON = dt.timedelta(days=60)
EVERY = 3  # nights to a point of the line


@dataclass(frozen=True, slots=True)
class ManagerRow:
    """One manager in the month of the page's day."""

    user: User
    team: str
    now: LoadNow
    standing: Standing
    trend: list[float]
    absences: tuple[Absence, ...]
    is_running_over: bool

    @property
    def full(self) -> float:
        """The length of the bar: capacity, or the hours where they are more."""
        return max(self.now.load.capacity, self.now.load.hours, 1)

    @property
    def reasons(self) -> list[str]:
        return [over_words(over, self.now) for over in self.now.overs]

    @property
    def is_over(self) -> bool:
        return bool(self.now.overs)

    @property
    def tone(self) -> str:
        share = self.now.load.share
        return "cau" if share is not None and share > 1 else "acc"

    @property
    def accounts(self) -> int:
        return len(self.now.accounts)


@dataclass(frozen=True, slots=True)
class Totals:
    managers: int
    hours: float
    capacity: float
    key: int
    regular: int
    over: int

    @property
    def share(self) -> float | None:
        return self.hours / self.capacity if self.capacity else None


def people_of(reader: User, day: dt.date) -> QuerySet[User]:
    """Whose load the reader may know: themselves, whom they lead, a director everybody who is a
    manager or holds accounts."""
    rows = User.objects.active()
    if reader.is_director:
        owning = Assignment.objects.owners().on(day).filter(user=OuterRef("pk"))
        managers = Q(pk__in=User.objects.holding(Role.KAM).values("pk"))
        return rows.filter(managers | Exists(owning)).order_by("name", "pk")
    return rows.filter(Q(pk=reader.pk) | Q(pk__in=people_led(reader))).order_by("name", "pk")


def manager_rows(reader: User, day: dt.date) -> list[ManagerRow]:
    """The heaviest first; a constant number of queries."""
    users = list(people_of(reader, day))
    ids = [user.pk for user in users]
    found, nights = loads(ids, day), nights_of(ids, day)
    running, teams = over_running(nights, day), _teams(ids, day)
    grades, away = standings(ids, day), _absences(ids, day)
    rows = [
        ManagerRow(
            user=user,
            team=teams.get(user.pk, ""),
            now=found[user.pk],
            standing=grades[user.pk],
            trend=[hours / capacity for _night, hours, capacity in nights[user.pk][::EVERY]
                   if capacity],
            absences=tuple(away[user.pk]),
            is_running_over=user.pk in running,
        )
        for user in users
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-(row.now.load.share or 0), row.user.name, row.user.pk))


def totals(rows: Collection[ManagerRow]) -> Totals:
    return Totals(
        managers=len(rows),
        hours=sum(row.now.load.hours for row in rows),
        capacity=sum(row.now.load.capacity for row in rows),
        key=sum(row.now.key for row in rows),
        regular=sum(row.now.regular for row in rows),
        over=sum(row.is_over for row in rows),
    )


def by_team(rows: Collection[ManagerRow]) -> list[tuple[str, Totals]]:
    """Only where there is more than one team."""
    teams: dict[str, list[ManagerRow]] = defaultdict(list)
    for row in rows:
        teams[row.team].append(row)
    return [(name, totals(teams[name])) for name in sorted(teams)] if len(teams) > 1 else []


def _teams(ids: Collection[int], day: dt.date) -> dict[int, str]:
    rows = Membership.objects.on(day).filter(user__in=ids)
    return dict(rows.values_list("user", "team__name"))


def _absences(ids: Collection[int], day: dt.date) -> dict[int, list[Absence]]:
    rows = Absence.objects.filter(user__in=ids, cancelled_at=None, valid_to__gt=day)
    found = defaultdict(list)
    for row in rows.filter(valid_from__lt=day + SOON):
        found[row.user_id].append(row)
    return found

"""What managers carry in the month of a day, from the relationships that live.

A constant number of queries, however many managers. Rights are the caller's: the rows name
accounts and figures of other people.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.choices import AccountStatus, CoverState, Tier
from accounts.models import (
    Account,
    Assignment,
    CareSettings,
    Cover,
    ManagerDay,
    ManagerProfile,
)
from accounts.models.coverage import AssignmentQuerySet
from accounts.rules import load as rules
from accounts.rules.load import Figures, Load, Over
from common import dbops
from people.models import Absence

Span = tuple[dt.date, dt.date]
TREND = 90  # days of the drawn line; two months of them are judged


@dataclass(frozen=True, slots=True)
class AccountLoad:
    """What one account asks of one person a month.

    `part`: of the month's working days; below 1 it is given away, or taken on, for an absence.
    `is_counted` against the limits: it buys or has living relationships, and is not part of another
    account of the same person.
    """

    account_id: int
    name: str
    tier: str
    is_key: bool
    relationships: int
    hours: float
    is_fresh: bool = False
    is_counted: bool = True
    part: float = 1.0

    @property
    def hours_now(self) -> float:
        return self.hours * self.part


@dataclass(frozen=True, slots=True)
class LoadNow:
    """Of one person; `accounts` owned, heaviest first, `covered` those they stand in for."""

    user_id: int
    load: Load
    figures: Figures
    present: float
    accounts: tuple[AccountLoad, ...] = ()
    covered: tuple[AccountLoad, ...] = ()

    @property
    def key(self) -> int:
        return sum(row.is_counted and row.is_key for row in self.accounts)

    @property
    def regular(self) -> int:
        return sum(row.is_counted and not row.is_key for row in self.accounts)

    @property
    def relationships(self) -> int:
        return sum(row.relationships for row in self.accounts)

    @property
    def fresh(self) -> int:
        return sum(row.is_fresh for row in self.accounts)

    @property
    def overs(self) -> tuple[Over, ...]:
        return rules.overs(self.load, self.key, self.regular, self.figures)

    def taking(self, row: AccountLoad) -> "LoadNow":
        """With this account too."""
        return self._of((*self.accounts, row))

    def without(self, account_id: int) -> "LoadNow":
        return self._of(tuple(row for row in self.accounts if row.account_id != account_id))

    def _of(self, accounts: tuple[AccountLoad, ...]) -> "LoadNow":
        hours = sum(row.hours_now for row in (*accounts, *self.covered))
        return replace(self, accounts=accounts, load=Load(hours, self.load.capacity))


def figures_of(user_ids: Collection[int]) -> dict[int, Figures]:
    """The company's, with what a manager's own profile says instead; two queries."""
    care = CareSettings.current()
    company = Figures(
        care.hours_a_month, care.hours_by_tier, care.fixed_by_tier, care.most_key, care.most_regular
    )
    found = dict.fromkeys(user_ids, company)
    fields = ("hours_a_month", "most_key", "most_regular")
    for row in ManagerProfile.objects.filter(user__in=user_ids).values("user", *fields):
        own = {name: row[name] for name in fields if row[name] is not None}
        found[row["user"]] = replace(company, **own)
    return found


def loads(user_ids: Collection[int], day: dt.date) -> dict[int, LoadNow]:
    """Of each of them for the month that holds `day`, those without accounts too."""
    ids = set(user_ids)
    start, end = rules.month_of(day)
    figures = figures_of(ids)
    away = absences_within(ids, start, end)
    covers = covers_within(ids, start, end)
    rows = _owned(ids, day)
    people = relationships_at(
        {row["account"] for row in rows} | {c["account"] for c in covers}, day
    )
    given, taken = cover_parts(covers, people, figures, start, end)
    owned = defaultdict(list)
    for row in rows:
        owned[row["user"]].append(row)
    found = {}
    for pk in ids:
        present = 1 - rules.share_within(away[pk], start, end)
        mine = _account_loads(owned[pk], people, figures[pk], given)
        found[pk] = LoadNow(
            user_id=pk,
            load=Load(
                sum(row.hours_now for row in (*mine, *taken[pk])),
                figures[pk].hours_a_month * present,
            ),
            figures=figures[pk],
            present=present,
            accounts=mine,
            covered=tuple(taken[pk]),
        )
    return found


def account_load(account: Account, figures: Figures, relationships: int) -> AccountLoad:
    """What it would ask of somebody who takes it over: all its people are new to them."""
    score = getattr(account, "score", None)
    tier = (score and score.tier) or Tier.N
    hours = rules.account_hours(tier, relationships, figures, is_fresh=True)
    is_key = bool(score and score.is_key)
    return AccountLoad(
        account.pk, account.name, tier, is_key, relationships, hours, is_fresh=True,
        is_counted=tier != Tier.N or relationships > 0,
    )  # fmt: skip


def relationships_at(account_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """How many named people with a place there on `day` are a relationship (rules.lived_after)."""
    return dict(relationship_counts(account_ids, day).tolist())


def relationship_counts(account_ids: Iterable[int] | None, day: dt.date) -> np.ndarray:
    """The same as rows of account and number, without those that have none; all accounts for None.

    One query, which begins with whom somebody spoke to or who came, each once. Ties are read as
    they are kept today.
    """
    spoken_after, came_after = rules.lived_after(day)
    condition, ids = "TRUE", list[int]()
    if account_ids is not None:
        condition, ids = dbops.one_of("account_id", account_ids)
    spoken = "t.colleague_id IS NULL AND t.last_two_way_on > %s"
    return dbops.read_ints(
        ["lived.account_id", "COUNT(*)"],
        f"FROM (SELECT account_id, contact_id FROM accounts_tie t WHERE {spoken} AND {condition}"  # noqa: S608  ours
        " UNION ALL SELECT DISTINCT account_id, contact_id FROM accounts_position came"
        " WHERE valid_from > %s AND valid_from <= %s AND NOT EXISTS (SELECT 1 FROM accounts_tie t"
        f" WHERE t.account_id = came.account_id AND t.contact_id = came.contact_id AND {spoken})"
        f" AND {condition}) lived"
        " WHERE NOT EXISTS (SELECT 1 FROM accounts_contact c WHERE c.id = lived.contact_id"
        " AND (c.name = '' OR c.merged_into_id IS NOT NULL))"
        " AND EXISTS (SELECT 1 FROM accounts_position p"
        " WHERE p.account_id = lived.account_id AND p.contact_id = lived.contact_id"
        " AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s))"
        " GROUP BY lived.account_id",
        [spoken_after, *ids, came_after, day, spoken_after, *ids, day, day],
    )


def freshly_owned(day: dt.date) -> AssignmentQuerySet:
    """Owners' assignments taken over from somebody within the days of a watch; one query more."""
    since = day - dt.timedelta(days=CareSettings.current().watch_days)
    before = Assignment.objects.owners().filter(
        account=OuterRef("account"), valid_from__lt=OuterRef("valid_from")
    )
    rows = Assignment.objects.owners().filter(valid_from__gt=since)
    return rows.filter(Exists(before.exclude(user=OuterRef("user"))))


def _owned(ids: Collection[int], day: dt.date) -> list[dict]:
    rows = Assignment.objects.owners().on(day).unexpired().filter(user__in=ids)
    rows = rows.exclude(account__status__in=(AccountStatus.CLOSED, AccountStatus.MERGED))
    return list(
        rows.annotate(
            is_fresh=Exists(freshly_owned(day).filter(pk=OuterRef("pk"))),
            name=F("account__name"), tier=F("account__score__tier"),
            is_key=F("account__score__is_key"), head=F("account__score__counts_with"),
        )
        .order_by("account")
        .values("account", "user", "name", "tier", "is_key", "head", "is_fresh")
    )  # fmt: skip


def _account_loads(
    rows: list[dict], people: dict[int, int], figures: Figures, given: dict[int, float]
) -> tuple[AccountLoad, ...]:
    own = {row["account"] for row in rows}
    found = []
    for row in rows:
        number, tier = people.get(row["account"], 0), row["tier"] or Tier.N
        is_alone = row["head"] not in own
        is_fresh = bool(row["is_fresh"])
        found.append(
            AccountLoad(
                account_id=row["account"],
                name=row["name"],
                tier=tier,
                is_key=bool(row["is_key"]),
                relationships=number,
                hours=rules.account_hours(
                    tier, number, figures, is_fresh=is_fresh, is_own=is_alone
                ),
                is_fresh=is_fresh,
                is_counted=is_alone and (tier != Tier.N or number > 0),
                part=1 - given.get(row["account"], 0),
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.hours, row.name, row.account_id)))


def absences_within(ids: Collection[int], start: dt.date, end: dt.date) -> dict[int, list[Span]]:
    rows = Absence.objects.filter(user__in=ids, cancelled_at=None)
    rows = rows.filter(valid_from__lt=end, valid_to__gt=start)
    found = defaultdict(list)
    for user, first, last in rows.values_list("user", "valid_from", "valid_to"):
        found[user].append((first, last))
    return found


def covers_within(ids: Collection[int], start: dt.date, end: dt.date) -> list[dict]:
    """Agreed ones that touch the month and either of whose two sides is among `ids`; each with the
    days of its right, which are fewer where another took over midway."""
    rows = Cover.objects.filter(state__in=(CoverState.AGREED, CoverState.ENDED))
    rows = rows.filter(Q(substitute__in=ids) | Q(absence__user__in=ids), absence__cancelled_at=None)
    rows = rows.filter(absence__valid_from__lt=end, absence__valid_to__gt=start)
    return list(
        rows.order_by("account").values(
            "account", "substitute", name=F("account__name"), tier=F("account__score__tier"),
            is_key=F("account__score__is_key"),
            first=Coalesce("assignment__valid_from", "absence__valid_from"),
            last=Coalesce("assignment__valid_to", "absence__valid_to"),
        )
    )  # fmt: skip


def cover_parts(
    covers: list[dict],
    people: dict[int, int],
    figures: dict[int, Figures],
    start: dt.date,
    end: dt.date,
) -> tuple[dict[int, float], dict[int, list[AccountLoad]]]:
    """By account the part of the month it is given away; by substitute what they take on."""
    given: dict[int, float] = defaultdict(float)
    taken: dict[int, list[AccountLoad]] = defaultdict(list)
    for row in covers:
        part = rules.share_within([(row["first"], row["last"])], start, end)
        given[row["account"]] = min(given[row["account"]] + part, 1.0)
        if row["substitute"] not in figures or not part:
            continue
        tier, number = row["tier"] or Tier.N, people.get(row["account"], 0)
        hours = rules.account_hours(tier, number, figures[row["substitute"]])
        taken[row["substitute"]].append(
            AccountLoad(
                row["account"], row["name"], tier, bool(row["is_key"]), number, hours, part=part
            )
        )
    return given, taken


def nights_of(
    user_ids: Collection[int], day: dt.date, *, days: int = TREND
) -> dict[int, list[tuple[dt.date, float, float]]]:
    """(day, hours, capacity) of the last nights up to `day`, oldest first; one query."""
    rows = ManagerDay.objects.filter(user__in=user_ids, day__lte=day)
    rows = rows.filter(day__gt=day - dt.timedelta(days=days)).order_by("day")
    found: dict[int, list] = {pk: [] for pk in user_ids}
    for user, night, hours, capacity in rows.values_list("user", "day", "hours", "capacity"):
        found[user].append((night, float(hours), float(capacity)))
    return found


def over_running(
    nights: Mapping[int, Iterable[tuple[dt.date, float, float]]], day: dt.date
) -> set[int]:
    """Of whom the nights of both last months asked for more hours than there were."""
    return {pk for pk, rows in nights.items() if rules.is_over_running(rows, day)}


def hours_of(account: AccountLoad, figures: Figures) -> float:
    """What an account asks for a month once its people are no longer new."""
    return rules.account_hours(account.tier, account.relationships, figures)

"""All accounts as columns and what each manager carries of them, for the night.

`queries.load` tells the same of a few managers, account by account.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from accounts.choices import AccountStatus, Tier
from accounts.models import Account, Assignment, CareSettings
from accounts.queries.dependence import looked_up
from accounts.queries.load import (
    absences_within,
    cover_parts,
    covers_within,
    figures_of,
    freshly_owned,
    relationship_counts,
)
from accounts.rules import load as rules
from accounts.rules.load import Figures, Load
from common import dbops

TIERS = tuple(Tier)
NOT_TIERED = TIERS.index(Tier.N)


@dataclass(frozen=True)
class Book:
    """What the last night left of each account: its id, ascending, its units of twelve months with
    what was merged into it (see dependence.revenues), its tier's place in TIERS, whether it is
    key, and whom it counts with or 0."""

    account: np.ndarray
    revenue: np.ndarray
    tier: np.ndarray
    is_key: np.ndarray
    head: np.ndarray


@dataclass(frozen=True)
class Owned:
    """One element per account that somebody owns; a closed or merged one is no work."""

    account: np.ndarray
    user: np.ndarray
    is_fresh: np.ndarray
    is_work: np.ndarray

    def only(self, which: np.ndarray) -> "Owned":
        columns = (self.account, self.user, self.is_fresh, self.is_work)
        return Owned(*(column[which] for column in columns))


@dataclass(frozen=True, slots=True)
class Carried:
    load: Load
    key: int
    regular: int
    relationships: int


def book() -> Book:
    """Two queries."""
    told = (
        ("COALESCE(counts_with_id, 0)", 59),
        (dbops.place_in("tier", TIERS, NOT_TIERED), 3),
        ("CASE WHEN is_key THEN 1 ELSE 0 END", 1),
    )
    rows = dbops.read_ints(
        ["account_id", "own_revenue", dbops.side_by_side(*told)], "FROM accounts_accountscore"
    )
    head, tier, is_key = dbops.apart(rows[:, 2], *(bits for _sql, bits in told))
    merged = Account.objects.exclude(merged_into=None).order_by("pk")
    pairs = np.array(list(merged.values_list("pk", "merged_into")), dtype=np.int64).reshape(-1, 2)
    own, survivors = rows[:, 0], pairs[:, 1]
    every = np.union1d(own, survivors)
    at = np.searchsorted(every, own)
    found = np.zeros((len(every), 4), dtype=np.int64)
    found[:, 1] = NOT_TIERED
    found[at, 1:] = np.stack([tier, is_key, head], axis=1)
    credited = own + looked_up(own, pairs[:, 0], survivors - pairs[:, 0])
    np.add.at(found[:, 0], np.searchsorted(every, credited), rows[:, 1])
    return Book(every, found[:, 0], found[:, 1], found[:, 2], found[:, 3])


def owned_on(day: dt.date) -> Owned:
    """Four queries; one less where nobody took over lately."""
    watched = day - dt.timedelta(days=CareSettings.current().watch_days)
    rows = Assignment.objects.owners().on(day).unexpired().order_by()
    sql, params = rows.values("account_id", "user_id", "valid_from").query.sql_with_params()
    found = dbops.read_ints(
        ["account_id", "user_id", "CASE WHEN valid_from > %s THEN 1 ELSE 0 END"],
        f"FROM ({sql}) AS owned",
        [watched, *params],
    )
    account, user, is_new = found[np.argsort(found[:, 0])].T
    fresh: Iterable[int] = ()
    if is_new.any():
        fresh = freshly_owned(day).on(day).unexpired().values_list("account", flat=True)
    idle = Account.objects.filter(status__in=(AccountStatus.CLOSED, AccountStatus.MERGED))
    idle_ids = idle.order_by().values_list("pk", flat=True)
    return Owned(account, user, _among(account, fresh), ~_among(account, idle_ids))


def _among(account: np.ndarray, ids: Iterable[int]) -> np.ndarray:
    return np.isin(account, np.array(list(ids), dtype=np.int64))


def carried(
    user_ids: Collection[int], owned: Owned, left: Book, day: dt.date
) -> dict[int, Carried]:
    """Of each of them for the month that holds `day`, as `loads` tells it."""
    start, end = rules.month_of(day)
    figures, away = figures_of(user_ids), absences_within(user_ids, start, end)
    covers, counts = covers_within(user_ids, start, end), relationship_counts(None, day)
    given, taken = cover_parts(covers, dict(counts.tolist()), figures, start, end)
    users = sorted(user_ids)
    rows = _work(owned, left, counts, users)
    is_counted = rows.is_alone & ((rows.tier != NOT_TIERED) | (rows.people > 0))
    columns = zip(
        users,
        _hours(rows, [figures[pk] for pk in users], given),
        _summed(rows.who, is_counted & rows.is_key, len(users)),
        _summed(rows.who, is_counted & ~rows.is_key, len(users)),
        _summed(rows.who, rows.people, len(users)),
        strict=True,
    )
    found = {}
    for pk, hours, key, regular, people in columns:
        present = 1 - rules.share_within(away[pk], start, end)
        hours += sum(row.hours_now for row in taken[pk])
        load = Load(hours, figures[pk].hours_a_month * present)
        found[pk] = Carried(load, key, regular, people)
    return found


@dataclass(frozen=True)
class _Work:
    """One element per account that is work for one of the users, `who` their place."""

    account: np.ndarray
    who: np.ndarray
    tier: np.ndarray
    is_key: np.ndarray
    people: np.ndarray
    is_fresh: np.ndarray
    is_alone: np.ndarray


def _summed(who: np.ndarray, numbers: np.ndarray, users: int) -> list[int]:
    total = np.zeros(users, dtype=np.int64)
    np.add.at(total, who, numbers)
    return total.tolist()


def _work(owned: Owned, left: Book, counts: np.ndarray, users: list[int]) -> _Work:
    owned = owned.only(owned.is_work & np.isin(owned.user, users))
    head = looked_up(owned.account, left.account, left.head)
    counts = counts[np.argsort(counts[:, 0])]
    return _Work(
        account=owned.account,
        who=np.searchsorted(users, owned.user),
        tier=looked_up(owned.account, left.account, left.tier - NOT_TIERED) + NOT_TIERED,
        is_key=looked_up(owned.account, left.account, left.is_key) == 1,
        people=looked_up(owned.account, counts[:, 0], counts[:, 1]),
        is_fresh=owned.is_fresh,
        is_alone=looked_up(head, owned.account, owned.user) != owned.user,
    )


def _hours(rows: _Work, figures: list[Figures], given: Mapping[int, float]) -> list[float]:
    """By user what their own accounts ask for, less the part of the month that is given away."""
    size = len(figures), len(TIERS)
    each = np.reshape([one.for_relationship(tier) for one in figures for tier in TIERS], size)
    fixed = np.reshape([one.for_account(tier) for one in figures for tier in TIERS], size)
    place = rows.who, rows.tier
    hours = rules.hours(rows.people, each[place], fixed[place], rows.is_fresh, rows.is_alone)
    away = np.array(sorted(given.items()), dtype=float).reshape(-1, 2)
    part = 1 - looked_up(rows.account, away[:, 0], away[:, 1])
    return np.bincount(rows.who, weights=hours * part, minlength=len(figures)).tolist()

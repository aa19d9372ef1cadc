"""What hangs on whom: lived ties of any number of accounts, their powers and money, as arrays.

A constant number of queries, whatever their number. Rights are the caller's: give ids that the
reader may open, or none for the whole company.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Case, When

from accounts.choices import Fact, Power
from accounts.models import Observation
from accounts.rules import strength
from accounts.rules.dependence import LEAST, VERSION, Parts, Web, pair, parts_held
from common import dbops

MICRO = 1_000_000
__all__ = ["VERSION", "pair"]
MOST_POWER = max(int(power) for power in Power)
FAINT = 0.9 * LEAST / MOST_POWER  # a single tie of less holds nothing, whatever the power
FEW = 50_000  # ties whose accounts are sooner looked up than read with all others
US = 0  # instead of a colleague: with us all
Powers = tuple[np.ndarray, np.ndarray]  # see powers_seen
NO_POWERS: Powers = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(frozen=True)
class Ties:
    """One element per lived tie to somebody who is at the account; `colleague` may be US."""

    account: np.ndarray
    contact: np.ndarray
    colleague: np.ndarray
    strength: np.ndarray
    power: np.ndarray

    @property
    def weight(self) -> np.ndarray:
        """As it counts in shares: unknown power weighs like the least."""
        return self.strength * np.maximum(self.power, 1)


def ties_on(
    day: dt.date,
    account_ids: Collection[int] | None = None,
    *,
    named: bool = True,
    whole: bool = True,
    powers: Powers | None = None,
    above: float | None = None,
) -> Ties:
    """As kept, brought to `day` (today or later); two queries, one where `powers` are given.

    Without `named` only those with us all, without `whole` only those with one of us; not those
    whose strength has faded below what is given as `above`.
    """
    condition, params = ("TRUE", []) if account_ids is None else _among("t", account_ids)
    if not named:
        condition += " AND t.colleague_id IS NULL"
    if not whole:
        condition += " AND t.colleague_id IS NOT NULL"
    if above is not None:
        lasts, more = _lasting(day, strength.energy_of(above))
        condition, params = f"{condition} AND {lasts}", [*params, *more]
    told = ((f"COALESCE(t.colleague_id, {US})", 24), (dbops.day_number("t.as_of"), 22),
            ("t.half_life", 16))  # fmt: skip
    rows = dbops.read_ints(
        ["t.account_id", "t.contact_id", f"t.energy * {MICRO}", dbops.side_by_side(*told)],
        "FROM accounts_tie t WHERE EXISTS (SELECT 1 FROM accounts_position p"  # noqa: S608  ours
        " WHERE p.account_id = t.account_id AND p.contact_id = t.contact_id"
        " AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s))"
        f" AND {condition}",
        [day, day, *params],
    )
    account, contact = rows[:, 0], rows[:, 1]
    colleague, as_of, half_life = dbops.apart(rows[:, 3], *(bits for _sql, bits in told))
    held = strength.strengths(rows[:, 2] / MICRO, day.toordinal() - as_of, half_life)
    if powers is None:
        powers = powers_seen(day, account_ids) if len(rows) else NO_POWERS
    return Ties(account, contact, colleague, held, looked_up(pair(account, contact), *powers))


def _lasting(day: dt.date, energy: float) -> tuple[str, list]:
    """SQL condition and parameters for what is left of a tie on `day` being more than `energy`."""
    age = f"({day.toordinal()} - {dbops.day_number('t.as_of')})"
    halves = "LN(t.energy / %s) / LN(2.0)"
    return f"CASE WHEN t.energy > %s THEN {age} < t.half_life * {halves} ELSE 1 = 0 END", [
        energy, energy,
    ]  # fmt: skip


def _among(table: str, ids: Collection[int]) -> tuple[str, list]:
    return dbops.one_of(f"{table}.account_id", ids)


def powers_seen(day: dt.date, account_ids: Collection[int] | None = None) -> Powers:
    """Keys (see pair, ascending) of all whose power was seen, and the newest value of each; an
    empty one says that it is not known any more and is 0. One query."""
    values = Case(*(When(value=one.value, then=int(one.value)) for one in Power), default=0)
    seen = Observation.objects.filter(fact=Fact.POWER, colleague=None, day__lte=day)
    seen = seen.standing().order_by().annotate(power=values)
    names = ("account_id", "contact_id", "day", "id", "power")
    sql, params = seen.values(*names).query.sql_with_params()
    condition, ids = ("TRUE", []) if account_ids is None else _among("seen", account_ids)
    rows = dbops.read_ints(
        ["account_id", "contact_id", dbops.day_number("day"), "id", "power"],
        f"FROM ({sql}) AS seen WHERE {condition}",
        [*params, *ids],
    )
    keys = pair(rows[:, 0], rows[:, 1])
    order = np.lexsort((rows[:, 3], rows[:, 2], keys))
    keys, found = keys[order], rows[order, 4]
    newest = np.append(keys[1:] != keys[:-1], True)[: len(keys)]
    return keys[newest], found[newest]


def looked_up(wanted: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """values where keys (ascending) are the wanted ones, else 0."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=values.dtype)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


def our_parts(ties: Ties) -> Parts:
    """Of each account the part of all ties that runs through each of ours: the bow tie."""
    named = ties.colleague != US
    return parts_held(ties.account[named], ties.colleague[named], ties.weight[named])


def their_parts(ties: Ties) -> Parts:
    """Of each account the part of the relationship that goes with each of theirs."""
    whole = ties.colleague == US
    return parts_held(ties.account[whole], ties.contact[whole], ties.weight[whole])


@dataclass(frozen=True)
class Lively:
    """Accounts, ascending, at which a tie with one of `ours`, or with us all, says anything."""

    ours: np.ndarray
    whole: np.ndarray


def lively(day: dt.date) -> Lively | None:
    """None where they are not few. Even as many fainter ties as any account has would hold nothing
    together; two queries."""
    named = "FROM accounts_tie t WHERE t.colleague_id IS NOT NULL"
    counted = f"FROM (SELECT COUNT(*) AS ties {named} GROUP BY t.account_id) AS counted"
    most = dbops.read_ints(["COALESCE(MAX(ties), 1)"], counted)[0, 0]
    lasts, params = _lasting(day, strength.energy_of(FAINT / int(most)))
    rows = dbops.read_ints(
        ["t.account_id", "CASE WHEN t.colleague_id IS NULL THEN 1 ELSE 0 END"],
        f"FROM accounts_tie t WHERE {lasts} LIMIT {2 * FEW + 1}",
        params,
    )
    if len(rows) > 2 * FEW:
        return None
    return Lively(*(np.unique(rows[rows[:, 1] == with_all, 0]) for with_all in (0, 1)))


def our_ties(day: dt.date, alive: Lively | None) -> Ties:
    """Ties with each of ours at all accounts, for `our_parts`: not those where all have faded, and
    powers only where they tell who holds what; two queries."""
    ids = None if alive is None else alive.ours.tolist()
    ties = ties_on(day, ids, whole=False, powers=NO_POWERS)
    accounts, first, at = np.unique(ties.account, return_index=True, return_inverse=True)
    held = np.bincount(at, weights=ties.strength, minlength=len(accounts))
    is_faint = (held < LEAST) & (held > FAINT)
    is_shared = np.zeros(len(accounts), dtype=bool)
    is_shared[at[ties.colleague != ties.colleague[first][at]]] = True
    powers = powers_seen(day, accounts[is_faint | is_shared].tolist())
    return replace(ties, power=looked_up(pair(ties.account, ties.contact), *powers))


def webs(ties: Ties) -> dict[int, Web]:
    """The same ties by account, for what happens when several people leave at once."""
    found: dict[int, Web] = {}
    columns = (ties.account, ties.contact, ties.colleague, ties.strength, ties.power)
    for account, contact, colleague, held, power in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        web = found.setdefault(account, Web({}, {}, {}))
        web.power[contact] = power
        if colleague == US:
            web.whole[contact] = held
        elif held >= 1:
            web.pairs[contact, colleague] = held
    return found


def revenues(account_ids: Collection[int] | None = None) -> dict[int, int]:
    """Units of twelve months as the last night left them: each account's own with what was merged
    into it, so that accounts add up to the company; one query."""
    condition, params = "TRUE", []
    head = "COALESCE(a.merged_into_id, a.id)"
    if account_ids is not None:
        condition, params = dbops.one_of(head, account_ids)
    rows = dbops.read_ints(
        [head, "SUM(s.own_revenue)"],
        "FROM accounts_accountscore s JOIN accounts_account a ON a.id = s.account_id"
        f" WHERE {condition} GROUP BY 1",
        params,
    )
    return dict(rows.tolist())

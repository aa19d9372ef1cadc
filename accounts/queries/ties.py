"""The strength of ties between their people and ours, today or on any day."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from accounts.choices import Direction, Tier, TouchpointState
from accounts.models import (
    Account,
    AccountScore,
    FieldSettings,
    Tie,
    TierSpan,
    TouchpointColleague,
    TouchpointContact,
)
from accounts.rules import strength
from common import dbops
from people.models import company_day, company_zone

Pair = tuple[int, int | None]
MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class TieNow:
    """Between one of theirs and one of ours; `colleague_id` None: with us all."""

    contact_id: int
    colleague_id: int | None
    strength: float
    last_on: dt.date | None
    last_two_way_on: dt.date | None
    touchpoints: int


def half_life_of(account_id: int, on: dt.date | None = None) -> int:
    """Days, by the account's tier of last night or of a past day."""
    rows = AccountScore.objects if on is None else TierSpan.objects.on(on)
    tier = rows.filter(account=account_id).values_list("tier", flat=True).first()
    return half_lives()[tier or Tier.N]


def half_lives() -> dict[str, int]:
    """For every tier, "" (not computed yet) too."""
    figures = FieldSettings.current().half_life_days
    untiered = figures[Tier.N]
    return {"": untiered} | {tier: figures.get(tier, untiered) for tier in Tier.values}


def ties_of(account: Account, on: dt.date | None = None) -> list[TieNow]:
    """Every tie at the account, in no order. The caller got `account` through visible_to.

    Today's are read as they are kept; a past day's are reckoned from the touchpoints until then,
    by the half life of the tier the account had then.
    """
    today = company_day()
    if on is None or on >= today:
        day = on or today
        return kept_ties(account, day)
    half_life = half_life_of(account.pk, on)
    bonds = bonds_of(account.pk, half_life, until=on)
    return [_now(pair, bond, half_life, on) for pair, bond in bonds.items()]


def kept_ties(account: Account, day: dt.date) -> list[TieNow]:
    """Every tie as it is kept, brought to `day` (today or later); one query."""
    return [_kept(tie, day) for tie in Tie.objects.filter(account=account)]


def _kept(tie: Tie, day: dt.date) -> TieNow:
    bond = strength.Bond(tie.energy, tie.as_of, tie.touchpoints, tie.last_two_way_on)
    return _now((tie.contact_id, tie.colleague_id), bond, tie.half_life, day)


def _now(pair: Pair, bond: strength.Bond, half_life: int, day: dt.date) -> TieNow:
    age = max((day - bond.as_of).days, 0)
    energy = bond.energy * strength.decay(age, half_life)
    return TieNow(
        *pair, strength.strength(energy), bond.as_of, bond.last_two_way_on, bond.touchpoints
    )


def bonds_of(
    account_id: int,
    half_life: int,
    *,
    until: dt.date | None = None,
    contact_ids: Iterable[int] | None = None,
) -> dict[Pair, strength.Bond]:
    """From the touchpoints themselves: two queries, whatever their number."""
    zone = company_zone()
    done = {"touchpoint__account": account_id, "touchpoint__state": TouchpointState.DONE}
    rows = TouchpointContact.objects.filter(**done)
    if contact_ids is not None:
        rows = rows.filter(contact__in=contact_ids)
    present = rows.order_by().values_list(
        "touchpoint", "contact", "position", "touchpoint__at", "touchpoint__channel",
        "touchpoint__direction", "touchpoint__tone", "touchpoint__late_hours",
    )  # fmt: skip
    ours: dict[int, list[int | None]] = {}
    there = TouchpointColleague.objects.filter(**done).order_by()
    if contact_ids is not None:
        there = there.filter(touchpoint__in=rows.order_by().values("touchpoint"))
    for touchpoint, colleague in there.values_list("touchpoint", "colleague"):
        ours.setdefault(touchpoint, []).append(colleague)
    events: dict[Pair, list[strength.Lived]] = {}
    for touchpoint, contact, place, at, channel, direction, tone, late in present:
        day = at.astimezone(zone).date()
        if until is not None and day > until:
            continue
        points = strength.event_points(channel, direction, tone, late, place)
        lived = strength.Lived(day, points, direction == Direction.BOTH)
        for colleague in (None, *ours.get(touchpoint, ())):
            events.setdefault((contact, colleague), []).append(lived)
    return {pair: strength.bond_of(lived, half_life) for pair, lived in events.items()}


def with_us_all(
    day: dt.date, account_ids: Collection[int] | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, contact and strength on `day` (today or later) of every tie with us all, of those
    who left too; without ids of the whole company. One query; rights are the caller's."""
    condition, params = "TRUE", []
    if account_ids is not None:
        condition, params = dbops.one_of("account_id", account_ids)
    rows = dbops.read_ints(
        ["account_id", "contact_id", f"energy * {MICRO}", dbops.day_number("as_of"), "half_life"],
        f"FROM accounts_tie WHERE colleague_id IS NULL AND {condition}",
        params,
    )
    held = strength.strengths(rows[:, 2] / MICRO, day.toordinal() - rows[:, 3], rows[:, 4])
    return rows[:, 0], rows[:, 1], held

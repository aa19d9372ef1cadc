"""Ties and the account's rhythm follow its touchpoints in the same transaction.

What joins is added; what parts is taken off, or, where it was the newest of its pair, the pair is
reckoned anew. Both end where `rebuild_ties` ends that starts from nothing. The caller holds the
lock of the account.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from accounts.choices import Direction, TouchpointState
from accounts.models import (
    Account,
    AccountRhythm,
    Scoring,
    Tie,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from accounts.queries.ties import Pair, bonds_of, half_life_of, half_lives
from accounts.rules import strength
from common import dbops
from common.jobs import enqueue
from people.models import company_zone


def day_of(touchpoint: Touchpoint) -> dt.date:
    return touchpoint.at.astimezone(company_zone()).date()


def lived_of(touchpoint: Touchpoint) -> dict[Pair, strength.Lived]:
    """What a touchpoint that took place leaves with each pair; nothing for any other."""
    if touchpoint.state != TouchpointState.DONE:
        return {}
    day, is_two_way = day_of(touchpoint), touchpoint.direction == Direction.BOTH
    ours = list(touchpoint.attendances.values_list("colleague", flat=True))
    found = {}
    for contact, place in touchpoint.presences.values_list("contact", "position"):
        points = strength.event_points(
            touchpoint.channel, touchpoint.direction, touchpoint.tone, touchpoint.late_hours, place
        )
        lived = strength.Lived(day, points, is_two_way)
        found |= {(contact, colleague): lived for colleague in (None, *ours)}
    return found


def renew(
    touchpoint: Touchpoint,
    *,
    before: dict[Pair, strength.Lived],
    after: dict[Pair, strength.Lived],
) -> None:
    """Carry a changed touchpoint over to the ties; `before` and `after` are its `lived_of`."""
    account_id = touchpoint.account_id
    contacts = {contact for contact, _ in before | after}
    if not contacts:
        return
    half_life = half_life_of(account_id)
    ties = {
        (tie.contact_id, tie.colleague_id): tie
        for tie in Tie.objects.filter(account=account_id, contact__in=contacts)
    }
    if any(tie.half_life != half_life for tie in ties.values()):
        rebuild_ties(account_id)
        return
    bonds = {pair: _bond(tie) for pair, tie in ties.items()}
    anew = set()
    for pair, lived in before.items():
        left = pair in bonds and _parted(touchpoint, pair, bonds[pair], lived, half_life)
        if left:
            bonds[pair] = left
        else:
            anew.add(pair)
    for pair, lived in after.items():
        bonds[pair] = strength.joined(bonds.get(pair, strength.Bond()), lived, half_life)
    if anew:
        counted = bonds_of(account_id, half_life, contact_ids={pair[0] for pair in anew})
        for pair in anew:
            bonds[pair] = counted.get(pair, strength.Bond())
    _save(account_id, {pair: bonds[pair] for pair in before | after}, ties, half_life)


def _parted(
    touchpoint: Touchpoint, pair: Pair, bond: strength.Bond, lived: strength.Lived, half_life: int
) -> strength.Bond | None:
    """Without the touchpoint. The newest of a pair is found from the newest end of the timeline,
    however long it is; None where only a new reckoning tells."""
    if strength.can_part(bond, lived):
        return strength.parted(bond, lived, half_life)
    contact, colleague = pair
    there = TouchpointContact.objects.filter(touchpoint=OuterRef("pk"), contact=contact)
    rows = Touchpoint.objects.done().filter(Exists(there), account=touchpoint.account_id)
    if colleague is not None:
        ours = TouchpointColleague.objects.filter(touchpoint=OuterRef("pk"), colleague=colleague)
        rows = rows.filter(Exists(ours))
    rows = rows.exclude(pk=touchpoint.pk).order_by("-at", "-pk")
    last, two_way = rows.first(), bond.last_two_way_on
    if last is None:
        return None
    if lived.is_two_way and lived.day == two_way:
        newest = rows.filter(direction=Direction.BOTH).first()
        two_way = newest and day_of(newest)
    return strength.parted_newest(
        bond, lived, half_life, last_on=day_of(last), last_two_way_on=two_way
    )


def _bond(tie: Tie) -> strength.Bond:
    return strength.Bond(tie.energy, tie.as_of, tie.touchpoints, tie.last_two_way_on)


def _save(
    account_id: int, bonds: dict[Pair, strength.Bond], ties: dict[Pair, Tie], half_life: int
) -> None:
    gone, changed, new = [], [], []
    for pair, bond in bonds.items():
        tie = ties.get(pair)
        if not bond.touchpoints:
            gone += [tie.pk] if tie else []
            continue
        row = tie or Tie(account_id=account_id, contact_id=pair[0], colleague_id=pair[1])
        row.energy, row.as_of, row.half_life = bond.energy, bond.as_of, half_life
        row.touchpoints, row.last_on = bond.touchpoints, bond.as_of
        row.last_two_way_on = bond.last_two_way_on
        (changed if tie else new).append(row)
    Tie.objects.filter(pk__in=gone).delete()
    Tie.objects.bulk_update(changed, FIGURES)
    Tie.objects.bulk_create(new, batch_size=500)


FIGURES = ("energy", "as_of", "half_life", "touchpoints", "last_on", "last_two_way_on")


@transaction.atomic
def rebuild_ties(account_id: int) -> int:
    """All ties and the rhythm of an account from its touchpoints; how many ties there are."""
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
    half_life = half_life_of(account_id)
    Tie.objects.filter(account=account_id).delete()
    bonds = bonds_of(account_id, half_life)
    _save(account_id, bonds, {}, half_life)
    renew_rhythm(account_id)
    return len(bonds)


def renew_rhythm(account_id: int) -> AccountRhythm:
    """Last and next days of the account, from its touchpoints; a plan not told yet is still next.

    The timeline's index gives the newest and the count without reading the rows.
    """
    rows = Touchpoint.objects.filter(account=account_id).order_by()
    found = rows.aggregate(
        touchpoints=Count("pk", filter=Q(state=TouchpointState.DONE)),
        last=Max("at", filter=Q(state=TouchpointState.DONE)),
        two_way=Max("at", filter=Q(state=TouchpointState.DONE, direction=Direction.BOTH)),
        next=Min("at", filter=Q(state=TouchpointState.PLANNED)),
    )
    zone = company_zone()

    def day(at: dt.datetime | None) -> dt.date | None:
        return at.astimezone(zone).date() if at else None

    return AccountRhythm.objects.update_or_create(
        account_id=account_id,
        defaults={
            "touchpoints": found["touchpoints"],
            "last_on": day(found["last"]),
            "last_two_way_on": day(found["two_way"]),
            "next_on": day(found["next"]),
        },
    )[0]


def stale_accounts() -> list[int]:
    """Accounts whose ties were reckoned with another half life than their tier's of today."""
    return _stale()


def _stale(where: str = "TRUE", params: Sequence = ()) -> list[int]:
    days = sorted(half_lives().items())
    rows = dbops.read_ints(
        ["t.account_id"],
        "FROM accounts_tie t LEFT JOIN accounts_accountscore s ON s.account_id = t.account_id"
        f" WHERE t.half_life <> CASE COALESCE(s.tier, '') {'WHEN %s THEN %s ' * len(days)}END"
        f" AND {where} GROUP BY t.account_id ORDER BY t.account_id",
        [*(value for pair in days for value in pair), *params],
    )
    return rows[:, 0].tolist()


def renew_stale_ties(ids: Iterable[int] | None = None) -> int:
    """Rebuild what `stale_accounts` names, each in its own transaction; how many there were."""
    stale = list(stale_accounts() if ids is None else ids)
    for account_id in stale:
        rebuild_ties(account_id)
    return len(stale)


def enqueue_renewal() -> None:
    """After a night or a change of the half lives: a job, where any account needs it. Most nights
    those whose tier has just begun tell already; all ties are looked at only if they do not."""
    begun = "t.account_id IN (SELECT account_id FROM accounts_tierspan WHERE valid_from >= %s)"
    as_of = Scoring.current().as_of
    if (as_of and _stale(begun, [as_of])) or stale_accounts():
        enqueue("accounts.jobs.renew_ties", key="accounts.renew_ties")

"""A cover plan as a proposal: for each account the best taker, who gets heavier with each one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import (
    Account,
    AccountScore,
    CareSettings,
    GateOverride,
    ManagerProfile,
    Position,
)
from accounts.queries.gate import standings
from accounts.queries.load import LoadNow, account_load, loads, relationships_at
from accounts.queries.takers import (
    Known,
    Taker,
    days_away,
    grounds_of,
    may_take,
    score_of,
    taker_of,
    whose_load,
)
from common.i18n import language_code
from people.choices import Role
from people.models import User, company_day, company_midnight

Strongest = Mapping[int, tuple[float, str]]  # by colleague: strength, and with whom


@dataclass(frozen=True, slots=True)
class Successor:
    """`taker` None: nobody may, so that a director takes personal control."""

    account: Account
    taker: Taker | None


@dataclass(frozen=True, slots=True)
class Carrying:
    """What a taker carries before and after the whole plan; None: not the reader's to know."""

    user: User
    accounts: int
    before: LoadNow | None
    after: LoadNow | None


@dataclass(frozen=True, slots=True)
class CoverPlan:
    rows: tuple[Successor, ...]
    carrying: tuple[Carrying, ...]

    @property
    def uncovered(self) -> int:
        return sum(row.taker is None for row in self.rows)


def cover_plan(
    accounts: Sequence[Account],
    reader: User,
    *,
    leaving: Collection[int],
    ties: Mapping[int, Strongest],
    day: dt.date | None = None,
) -> CoverPlan:
    """In the order of `accounts`, which come through visible_to with their score. A constant number
    of queries; nobody of `leaving` takes anything."""
    if not accounts:
        return CoverPlan((), ())
    day = day or company_day()
    users = User.objects.active().holding(Role.KAM).exclude(pk__in=leaving)
    people = list(users.order_by("name", "pk"))
    ids = [user.pk for user in people]
    shared = _shared(ids, accounts, day)
    before = dict(shared["loads"])
    open_to = whose_load(reader, people)
    rows, taken = [], defaultdict(int)
    for account in accounts:
        known = _known(account, shared, ties, day)
        able = (user for user in people if may_take(user, known))
        best = min(able, key=lambda user: _order(user, known), default=None)
        if best is None:
            rows.append(Successor(account, None))
            continue
        rows.append(Successor(account, taker_of(best, known, is_open=best.pk in open_to)))
        now = known.loads[best.pk]
        row = account_load(account, now.figures, known.people_count)
        known.loads[best.pk] = now.taking(row)
        taken[best.pk] += 1
    by_id = {user.pk: user for user in people}
    carrying = [
        Carrying(
            by_id[pk], number,
            before[pk] if pk in open_to else None,
            shared["loads"][pk] if pk in open_to else None,
        )
        for pk, number in taken.items()
    ]  # fmt: skip
    return CoverPlan(tuple(rows), tuple(sorted(carrying, key=lambda one: one.user.name)))


def _order(user: User, known: Known) -> tuple:
    """The best first; among those with too much already the one with the least."""
    share = known.loads[user.pk].load.share
    is_away = share is None
    return (-score_of(user, known), is_away, share or 0, user.name, user.pk)


def _shared(ids: Collection[int], accounts: Sequence[Account], day: dt.date) -> dict:
    """What does not depend on the account, and what does by its id."""
    at = company_midnight(day)
    numbers = [account.pk for account in accounts]
    through: dict[int, set[int]] = defaultdict(set)
    for account, user in (
        GateOverride.objects.at(at).filter(account__in=numbers).values_list("account", "user")
    ):
        through[account].add(user)
    spoken: dict[int, list[list[str]]] = defaultdict(list)
    rows = Position.objects.on(day).filter(account__in=numbers, contact__merged_into=None)
    rows = rows.exclude(contact__name="").order_by()
    for account, codes in rows.values_list("account", "contact__languages"):
        spoken[account].append([language_code(name) for name in codes or []])
    profiles = ManagerProfile.objects.filter(user__in=ids)
    keys = AccountScore.objects.filter(account__in=numbers, is_key=True)
    return {
        "standings": standings(ids, day),
        "loads": loads(ids, day),
        "profiles": {
            row.pk: row for row in profiles.prefetch_related("segments", "territories")
        },
        "grounds": grounds_of(ids, day),
        "away": days_away(ids, day),
        "directors": set(User.objects.holding(Role.DIRECTOR).values_list("pk", flat=True)),
        "through": through,
        "languages": spoken,
        "people": relationships_at(numbers, day),
        "keys": set(keys.values_list("account", flat=True)),
        "key_grade": CareSettings.current().key_grade,
    }  # fmt: skip


def _known(account: Account, shared: dict, ties: Mapping[int, Strongest], day: dt.date) -> Known:
    needed = account.grade_needed or shared["key_grade"]
    return Known(
        account=account,
        day=day,
        needed=needed if account.pk in shared["keys"] else None,
        ties=dict(ties.get(account.pk, {})),
        languages=shared["languages"][account.pk],
        standings=shared["standings"],
        loads=shared["loads"],
        profiles=shared["profiles"],
        grounds=shared["grounds"],
        away=shared["away"],
        through=shared["through"][account.pk],
        directors=shared["directors"],
        people_count=shared["people"].get(account.pk, 0),
    )

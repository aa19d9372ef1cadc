"""Who could stand in for an account while its owner is away: gate, ties, other absences."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from accounts.choices import AccountStatus, AssignmentRole
from accounts.models import Account, AccountScore, Assignment, CareSettings, GateOverride
from accounts.queries.dependence import ties_on
from accounts.queries.gate import standings
from accounts.rules import cover as rules
from accounts.rules import gate
from accounts.rules.cover import Candidate
from people.choices import Role
from people.models import Absence, Membership, User, company_day
from people.queries.staff import absences_between

SHUT = (AccountStatus.CLOSED, AccountStatus.MERGED)


def owned_during(absence: Absence) -> list[Account]:
    """Open accounts that the person owns on some day of it, key ones and the largest first."""
    rows = Assignment.objects.owners().filter(user=absence.user_id, valid_from__lt=absence.valid_to)
    last = absence.valid_to - dt.timedelta(days=1)
    first = max(absence.valid_from, min(company_day(), last))
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=first))
    found = Account.objects.filter(pk__in=rows.values("account")).exclude(status__in=SHUT)
    key_first = F("score__is_key").desc(nulls_last=True)
    largest_first = F("score__revenue").desc(nulls_last=True)
    return list(found.select_related("score").order_by(key_first, largest_first, "name", "pk"))


@dataclass(frozen=True)
class Substitute:
    """One choice for one account, as its line says it."""

    user: User
    candidate: Candidate

    @property
    def may(self) -> bool:
        return self.candidate.may


def substitutes(absence: Absence, accounts: Sequence[Account]) -> dict[int, list[Substitute]]:
    """For each account everybody who could, the best first; a constant number of queries."""
    people = {user.pk: user for user in _people(absence)}
    ids = [account.pk for account in accounts]
    away = absences_between(people, absence.valid_from, absence.valid_to)
    whole = (absence.valid_from, absence.valid_to)
    days = {
        pk: rules.overlap(whole, [(row.valid_from, row.valid_to) for row in rows])
        for pk, rows in away.items()
    }
    mates = _mates(absence)
    load = _load(people)
    deputies = _deputies(ids)
    strengths = _strengths(ids)
    may = _may(accounts, people)
    found = {}
    for account in accounts:
        candidates = [
            Candidate(
                pk, may[account.pk, pk], pk in deputies[account.pk], pk in mates,
                strengths.get((account.pk, pk), 0.0), days[pk], load.get(pk, 0),
            )
            for pk in people
        ]  # fmt: skip
        found[account.pk] = [Substitute(people[c.id], c) for c in rules.ranked(candidates)]
    return found


def proposed(choices: Sequence[Substitute]) -> int | None:
    return rules.proposal([choice.candidate for choice in choices])


def _people(absence: Absence) -> list[User]:
    rows = User.objects.active().filter(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
    return list(rows.exclude(pk=absence.user_id).distinct().prefetch_related("role_grants"))


def _mates(absence: Absence) -> set[int]:
    today = Membership.objects.on(company_day())
    teams = today.filter(user=absence.user_id).values("team")
    return set(today.filter(team__in=teams).values_list("user", flat=True))


def _load(people: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = Assignment.objects.today().owners().filter(user__in=people)
    for user in rows.values_list("user", flat=True):
        found[user] += 1
    return found


def _deputies(ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.today().filter(account__in=ids, role=AssignmentRole.DEPUTY)
    for account, user in rows.values_list("account", "user"):
        found[account].add(user)
    return found


def _strengths(ids: Collection[int]) -> dict[tuple[int, int], float]:
    """The strongest tie of each colleague at each account."""
    if not ids:
        return {}
    ties, found = ties_on(company_day(), ids), {}
    rows = zip(ties.account.tolist(), ties.colleague.tolist(), ties.strength.tolist(), strict=True)
    for account, user, strength in rows:
        if user:
            found[account, user] = max(found.get((account, user), 0.0), strength)
    return found


def _may(accounts: Sequence[Account], people: dict[int, User]) -> dict[tuple[int, int], bool]:
    """What the gate will say of a deputy, for all pairs at once."""
    keys = set(
        AccountScore.objects.filter(account__in=accounts, is_key=True)
        .values_list("account", flat=True)
    )  # fmt: skip
    grades, company = standings(people, company_day()), CareSettings.current().key_grade
    directors = {
        pk for pk, user in people.items()
        if any(grant.role == Role.DIRECTOR for grant in user.role_grants.all())
    }  # fmt: skip
    running = GateOverride.objects.at(timezone.now()).filter(account__in=accounts)
    through = set(running.values_list("account", "user"))
    return {
        (account.pk, pk): (account.pk, pk) in through
        or gate.refusal(
            role=AssignmentRole.DEPUTY, is_key=account.pk in keys, is_director=pk in directors,
            grade=grades[pk].grade, on_probation=grades[pk].on_probation,
            needed=account.grade_needed or company,
        )
        is None
        for account in accounts
        for pk in people
    }  # fmt: skip

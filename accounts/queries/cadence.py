"""How often accounts and people are to be met, whether they were, and the coverage of a book."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.choices import AccountStatus
from accounts.models import Account, AccountRhythm, Cadence, Contact, FieldSettings, Tie
from accounts.rules import cadence as rules
from accounts.rules.cadence import Standing
from common.dates import on as held_on
from people.models import User

OPEN = (AccountStatus.ACTIVE, AccountStatus.PROSPECT)


@dataclass(frozen=True, slots=True)
class CadenceNow:
    """The rhythm of an account or (with `contact`) a person; `every` None: none is wanted.

    `is_agreed`: somebody set it; else it is the tier's. `last_on` is the last two-way contact.
    """

    account_id: int
    every: int | None
    is_agreed: bool
    standing: Standing
    last_on: dt.date | None = None
    next_on: dt.date | None = None
    contact: Contact | None = None
    note: str = ""

    @property
    def due_on(self) -> dt.date | None:
        if not self.every or self.last_on is None:
            return None
        return self.last_on + dt.timedelta(days=self.every)


def tier_of(account: Account) -> str:
    score = getattr(account, "score", None)
    return score.tier if score and score.tier else "N"


def cadence_of(account: Account, on: dt.date | None = None) -> CadenceNow:
    return cadences_of([account], on)[account.pk]


def cadences_of(
    accounts: Iterable[Account],
    on: dt.date | None = None,
    settings: FieldSettings | None = None,
    agreed: Iterable[Cadence] | None = None,
) -> dict[int, CadenceNow]:
    """By account, in three queries for any number; fewer with `settings`, with `agreed` (agreed_at)
    and with `rhythm` selected; `score` should be."""
    accounts = list(accounts)
    day = on or timezone.localdate()
    if not accounts:
        return {}
    settings = settings or FieldSettings.current()
    if agreed is None:
        agreed = agreed_at([account.pk for account in accounts], day).filter(contact=None)
    by_account = {row.account_id: row for row in agreed if row.contact_id is None}
    rhythms = _rhythms(accounts)
    return {
        account.pk: _now(
            account, by_account.get(account.pk), rhythms.get(account.pk), settings, day
        )
        for account in accounts
    }


def agreed_at(account_ids: Iterable[int], day: dt.date) -> QuerySet[Cadence]:
    """What is agreed for these accounts and their people on a day; `met_on`: the person's last."""
    tie = Tie.objects.filter(
        colleague=None, account=OuterRef("account"), contact=OuterRef("contact")
    )
    rows = Cadence.objects.on(day).filter(account__in=account_ids)
    met = Subquery(tie.values("last_two_way_on")[:1])
    return rows.select_related("contact").annotate(met_on=met)


def _rhythms(accounts: list[Account]) -> dict[int, AccountRhythm]:
    if all("rhythm" in account._state.fields_cache for account in accounts):
        return {account.pk: account.rhythm for account in accounts if hasattr(account, "rhythm")}
    return AccountRhythm.objects.in_bulk([account.pk for account in accounts])


def _now(account, agreed, rhythm, settings: FieldSettings, day: dt.date) -> CadenceNow:
    every = agreed.days if agreed else settings.cadence_days.get(tier_of(account))
    last = rhythm.last_two_way_on if rhythm else None
    return CadenceNow(
        account_id=account.pk,
        every=every,
        is_agreed=agreed is not None,
        standing=rules.standing(last, every, day),
        last_on=last,
        next_on=rhythm.next_on if rhythm else None,
        note=agreed.note if agreed else "",
    )


def people_cadences(
    account_ids: Iterable[int],
    on: dt.date | None = None,
    agreed: Iterable[Cadence] | None = None,
) -> list[CadenceNow]:
    """Of the people a rhythm was agreed for, at these accounts; one query, none with `agreed`."""
    day = on or timezone.localdate()
    rows = agreed_at(account_ids, day) if agreed is None else agreed
    return [
        CadenceNow(
            account_id=row.account_id,
            every=row.days,
            is_agreed=True,
            standing=rules.standing(row.met_on, row.days, day),
            last_on=row.met_on,
            contact=row.contact,
            note=row.note,
        )
        for row in rows
        if row.contact_id is not None
    ]


def person_cadence(
    account: Account, contact: Contact, on: dt.date | None = None
) -> CadenceNow | None:
    """The rhythm agreed for one person of the account, if any."""
    found = people_cadences([account.pk], on)
    return next((row for row in found if row.contact.pk == contact.pk), None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Methods 1.17: of `of` accounts with a target, `covered` were met within it."""

    covered: int
    of: int
    never: int
    without: int

    @property
    def share(self) -> float | None:
        return self.covered / self.of if self.of else None


NOTHING = Coverage(0, 0, 0, 0)


def coverage_of(
    reader: User, manager: User | None = None, on: dt.date | None = None,
    settings: FieldSettings | None = None,
) -> Coverage:  # fmt: skip
    """Over the open accounts the reader may open, or those of them that `manager` owns."""
    rows = Account.objects.visible_to(reader).filter(status__in=OPEN)
    if manager is not None:
        rows = rows.filter(owner=manager)
    found = _coverage(rows, on, settings).values()
    return Coverage(*(sum(part) for part in zip(*found, strict=True))) if found else NOTHING


def coverage_by_owner(
    reader: User | None, on: dt.date | None = None, settings: FieldSettings | None = None
) -> dict[int | None, Coverage]:
    """The same for each owner among the accounts the reader may open, or (None: the night) among
    all; one query."""
    rows = Account.objects.all() if reader is None else Account.objects.visible_to(reader)
    rows = rows.filter(status__in=OPEN)
    return {owner: Coverage(*parts) for owner, parts in _coverage(rows, on, settings).items()}


def met_in_time(on: dt.date) -> list[tuple[int, int | None, bool]]:
    """Every open account that has a rhythm: its owner, and whether it was met within it."""
    settings = FieldSettings.current()
    rows = _with_rhythm(Account.objects.filter(status__in=OPEN), on).values_list(
        "pk", "owner", "agreed__pk", "agreed__days", "score__tier", "rhythm__last_two_way_on"
    )
    found = []
    for pk, owner, agreed, own, tier, last in rows:
        every = own if agreed else settings.cadence_days.get(tier or "N")
        if every:
            found.append((pk, owner, rules.is_within(last, every, on)))
    return found


def _with_rhythm(rows: QuerySet[Account], day: dt.date) -> QuerySet[Account]:
    """`agreed`: what is agreed with the account on the day, if anything."""
    held = Q(cadences__contact=None) & held_on(day, "cadences__")
    return rows.order_by().annotate(agreed=FilteredRelation("cadences", condition=held))


def _coverage(
    rows: QuerySet[Account], on: dt.date | None, settings: FieldSettings | None
) -> dict[int | None, list[int]]:
    """Owner → covered, of, never, without."""
    day = on or timezone.localdate()
    settings = settings or FieldSettings.current()
    groups = _with_rhythm(rows, day).values_list(
        "owner", "agreed__pk", "agreed__days", "score__tier", "rhythm__last_two_way_on"
    )
    found: dict[int | None, list[int]] = {}
    for owner, agreed, own, tier, last, number in groups.annotate(number=Count("pk")):
        parts = found.setdefault(owner, [0, 0, 0, 0])
        every = own if agreed else settings.cadence_days.get(tier or "N")
        if not every:
            parts[3] += number
            continue
        parts[0] += number if rules.is_within(last, every, day) else 0
        parts[1] += number
        parts[2] += number if last is None else 0
    return found


def agreed_join(day: dt.date) -> tuple[str, list]:
    """SQL that joins to scores `s` what is agreed with their accounts on a day as `c`, and its
    parameters."""
    join = (
        "LEFT JOIN accounts_cadence c ON c.account_id = s.account_id AND c.contact_id IS NULL"
        " AND c.valid_from <= %s AND (c.valid_to IS NULL OR c.valid_to > %s)"
    )
    return join, [day, day]


def wanted_every() -> str:
    """SQL, with `c` (agreed_join) and scores `s`: every how many days; 0: no talk is wanted."""
    tiers = FieldSettings.current().cadence_days
    cases = " ".join(f"WHEN '{tier}' THEN {int(days or 0)}" for tier, days in sorted(tiers.items()))
    of_tier = f"CASE COALESCE(NULLIF(s.tier, ''), 'N') {cases} ELSE 0 END" if cases else "0"
    return f"CASE WHEN c.id IS NOT NULL THEN COALESCE(c.days, 0) ELSE {of_tier} END"


def condition(
    standing: str, day: dt.date, *, account: str = "", settings: FieldSettings | None = None
) -> Q:
    """Accounts of this standing, for a queryset of accounts or (`account` "account__") of scores.

    One query: how many different rhythms are agreed; each makes one branch.
    """
    settings = settings or FieldSettings.current()
    agreed = Cadence.objects.on(day).filter(contact=None)
    by_tier = ~Q(**{f"{account or ''}pk__in": agreed.values("account")})
    if account:
        by_tier = ~Q(account__in=agreed.values("account"))
    found = Q(pk__in=[])
    score = "" if account else "score__"
    for tier, every in settings.cadence_days.items():
        of_tier = Q(**{f"{score}tier": tier})
        if tier == "N" and not account:
            of_tier |= Q(score=None)
        found |= by_tier & of_tier & _stands(standing, every, day, account)
    for every in agreed.order_by().values_list("days", flat=True).distinct():
        those = agreed.filter(days=every).values("account")
        own = Q(account__in=those) if account else Q(pk__in=those)
        found |= own & _stands(standing, every, day, account)
    return found


def _stands(standing: str, every: int | None, day: dt.date, account: str) -> Q:
    if not every:
        return Q() if standing == Standing.NONE else Q(pk__in=[])
    path = f"{account}rhythm__last_two_way_on"
    due, soon = rules.edges(every, day)
    never = Q(**{f"{path}__isnull": True})
    return {
        Standing.NONE: Q(pk__in=[]),
        Standing.DUE: never | Q(**{f"{path}__lte": due}),
        Standing.SOON: Q(**{f"{path}__gt": due, f"{path}__lte": soon}),
        Standing.FINE: Q(**{f"{path}__gt": soon}),
    }[Standing(standing)]

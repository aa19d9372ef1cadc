"""What somebody who leaves would leave behind, in the order to look at it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from accounts.choices import AccountStatus, AssignmentRole, CoverState, CustomerLetterState
from accounts.models import (
    Account,
    Assignment,
    Control,
    Cover,
    CustomerLetter,
    Handover,
    Promise,
    Task,
    Touchpoint,
)
from accounts.queries.dependence import ties_on, webs
from accounts.rules.departure import Stake, order
from accounts.rules.dependence import Web, loss
from accounts.rules.handover import BEFORE
from common.models import Job
from common.money import from_units, to_units
from people.choices import Role
from people.models import Departure, Event, Membership, Session, Team, User, company_day
from people.queries.staff import lead_of

SHUT = (AccountStatus.CLOSED, AccountStatus.MERGED)


def director_after(user: User) -> User | None:
    """Who takes the key accounts of `user`: the director who leads their team, else the one who has
    been here longest; never `user`."""
    rows = User.objects.active().filter(role_grants__role=Role.DIRECTOR).exclude(pk=user.pk)
    teams = Membership.objects.on(company_day()).filter(user=user).values("team")
    lead = rows.filter(teams_led__in=teams).order_by("created_at", "pk").first()
    return lead or rows.order_by("created_at", "pk").first()


def heir_of(user: User) -> User | None:
    """Who takes their other accounts unless the director says otherwise."""
    return lead_of(user) or director_after(user)


def possible_heirs(user: User) -> QuerySet[User]:
    held = User.objects.active().filter(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
    return held.exclude(pk=user.pk).distinct().order_by("name", "pk")


@dataclass(frozen=True)
class StakeLine:
    """One account they answer for; `deputies` know it too."""

    account: Account
    is_key: bool
    tier: str
    stake: Stake
    tasks: int
    promises: int
    deputies: tuple[str, ...]

    @property
    def revenue(self) -> Decimal:
        return from_units(self.stake.revenue)

    @property
    def money(self) -> Decimal:
        return from_units(self.stake.money)


@dataclass(frozen=True)
class Stakes:
    """All that hangs on `user` today; `director` and `heir` are who would follow."""

    user: User
    lines: list[StakeLine]
    director: User | None
    heir: User | None
    tasks: int
    promises: int
    meetings: int
    covers: list[Cover]
    coming: list[Handover]
    leads: list[Team]
    sessions: int
    jobs: int

    @property
    def key(self) -> int:
        return sum(line.is_key for line in self.lines)

    @property
    def others(self) -> int:
        return len(self.lines) - self.key

    @property
    def revenue(self) -> Decimal:
        return sum((line.revenue for line in self.lines), Decimal())

    @property
    def money(self) -> Decimal:
        return sum((line.money for line in self.lines), Decimal())

    @property
    def singles(self) -> int:
        return sum(line.stake.is_single for line in self.lines)


def stakes_of(user: User, reader: User, day: dt.date | None = None) -> Stakes:
    """The reader is a director. A constant number of queries, whatever they hold."""
    day = day or company_day()
    owned = Assignment.objects.owners().on(day).filter(user=user).values("account")
    rows = Account.objects.visible_to(reader).filter(pk__in=owned).exclude(status__in=SHUT)
    accounts = list(rows.select_related("score"))
    held = webs(ties_on(day, [row.pk for row in accounts])) if accounts else {}
    counts = _counts(user, accounts), _deputies(user, accounts, day)
    lines = [_line(row, user, held.get(row.pk, Web()), *counts) for row in accounts]
    lines.sort(key=lambda line: (*order(line.stake, is_key=line.is_key), line.account.name))
    live = (CoverState.PROPOSED, CoverState.AGREED)
    covers = Cover.objects.filter(substitute=user, state__in=live, absence__valid_to__gt=day)
    meetings = Touchpoint.objects.planned().filter(colleagues=user)
    return Stakes(
        user=user, lines=lines, director=director_after(user), heir=heir_of(user),
        tasks=Task.objects.open().filter(owner=user).count(),
        promises=Promise.objects.open().filter(colleague=user).count(),
        meetings=meetings.count(),
        covers=list(covers.select_related("account", "absence__user")),
        coming=list(coming_to(user, reader)),
        leads=list(Team.objects.filter(lead=user)),
        sessions=Session.objects.filter(user=user).count(),
        jobs=Job.objects.unfinished().filter(created_by=user).count(),
    )  # fmt: skip


def coming_to(user: User, reader: User) -> QuerySet[Handover]:
    """Accounts on their way to `user`: these handovers are called off when they leave."""
    rows = Handover.objects.visible_to(reader).filter(to_user=user, state__in=BEFORE)
    return rows.select_related("account", "from_user").order_by("account__name")


def _line(
    account: Account, user: User, web: Web, counts: dict[str, dict[int, int]],
    deputies: dict[int, list[str]],
) -> StakeLine:  # fmt: skip
    score = getattr(account, "score", None)
    units = to_units(score.own_revenue) if score else 0
    stake = Stake(units, loss(web, ours={user.pk}), web.our_threads)
    return StakeLine(
        account, bool(score and score.is_key), score.tier if score else "", stake,
        counts["tasks"].get(account.pk, 0), counts["promises"].get(account.pk, 0),
        tuple(deputies.get(account.pk, ())),
    )  # fmt: skip


def _counts(user: User, accounts: Iterable[Account]) -> dict[str, dict[int, int]]:
    tasks = Task.objects.open().filter(owner=user, account__in=accounts)
    promises = Promise.objects.open().filter(account__in=accounts)
    return {"tasks": _by_account(tasks), "promises": _by_account(promises)}


def _by_account(rows: QuerySet) -> dict[int, int]:
    counted = rows.order_by().values("account").annotate(n=Count("pk"))
    return dict(counted.values_list("account", "n"))


def _deputies(user: User, accounts: Iterable[Account], day: dt.date) -> dict[int, list[str]]:
    rows = Assignment.objects.on(day).filter(account__in=accounts, role=AssignmentRole.DEPUTY)
    found: dict[int, list[str]] = {}
    for account, name in rows.exclude(user=user).values_list("account", "user__name"):
        found.setdefault(account, []).append(name)
    return found


def departures(reader: User) -> list[Departure]:
    """Noted and done, the open ones first."""
    rows = Departure.objects.visible_to(reader).filter(cancelled_at=None).select_related("user")
    return sorted(rows[:200], key=lambda row: (row.closed_at is not None, row.last_day))


def departure_of(reader: User, user: User) -> Departure | None:
    """The newest that stands."""
    rows = Departure.objects.visible_to(reader).filter(user=user, cancelled_at=None)
    return rows.select_related("user", "made_by").order_by("-pk").first()


@dataclass(frozen=True)
class Leaver:
    """Somebody to choose, with what they hold."""

    user: User
    key: int
    accounts: int


def people_with_accounts(reader: User, text: str = "") -> list[Leaver]:
    """Active colleagues who answer for accounts, the most key ones first."""
    rows = Assignment.objects.owners().today().filter(user__is_active=True)
    rows = rows.exclude(account__status__in=SHUT).exclude(user=reader)
    if text.strip():
        rows = rows.filter(user__name__icontains=text.strip())
    key = Count("pk", filter=Q(account__score__is_key=True))
    counted = rows.order_by().values("user").annotate(n=Count("pk"), key=key)
    found = {row["user"]: row for row in counted}
    users = User.objects.in_bulk(found)
    people = [Leaver(users[pk], row["key"], row["n"]) for pk, row in found.items()]
    return sorted(people, key=lambda one: (-one.key, -one.accounts, one.user.name))


@dataclass(frozen=True)
class Settled:
    """How a departure was settled: who answers now, counts of what moved, letters that wait."""

    controls: list[Control]
    others: int
    heir: User | None
    tasks: int
    promises: int
    meetings: int
    jobs: int
    handovers: int
    drafts: int


def settled(departure: Departure, deed: Event, reader: User) -> Settled:
    controls = Control.objects.visible_to(reader).filter(departure=departure)
    letters = CustomerLetter.objects.visible_to(reader).filter(departure=departure)
    data = deed.data
    return Settled(
        controls=list(controls.select_related("account", "director").order_by("pk")),
        others=data["others"], heir=User.objects.filter(pk=data["heir"]).first(),
        tasks=data["tasks"], promises=data["promises"], meetings=data["meetings"],
        jobs=data["jobs"], handovers=data.get("handovers", 0),
        drafts=letters.filter(state=CustomerLetterState.DRAFT).count(),
    )  # fmt: skip

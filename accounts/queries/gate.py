"""What the gate says of somebody and an account, in words, and who could answer instead."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, AssignmentRole
from accounts.models import Account, AccountScore, Assignment, CareSettings, GateOverride
from accounts.rules import gate as rules
from accounts.rules.gate import Refusal
from people.choices import Grade, Role
from people.models import Employment, Membership, RoleGrant, User, company_day

NAMED = 3
GONE = (AccountStatus.MERGED, AccountStatus.CLOSED)
OWNING = (Role.KAM, Role.DIRECTOR)


@dataclass(frozen=True)
class Standing:
    """Grade and probation of one person on one day; the default is what a stranger has."""

    grade: int | None = None
    on_probation: bool = False


@dataclass(frozen=True)
class GateAnswer:
    """Whether somebody may take a role at an account; `override` is what lets them through."""

    refusal: Refusal | None = None
    override: GateOverride | None = None
    sentence: str = ""

    @property
    def allowed(self) -> bool:
        return self.refusal is None or self.override is not None


def standings(user_ids: Collection[int], day: dt.date) -> dict[int, Standing]:
    """Of each of them, those without a row too."""
    found = {pk: Standing() for pk in user_ids}
    rows = Employment.objects.on(day).filter(user__in=user_ids)
    for user, grade, on_probation in rows.values_list("user", "grade", "on_probation"):
        found[user] = Standing(grade, on_probation)
    return found


def is_key(account: Account) -> bool:
    return AccountScore.objects.filter(account=account, is_key=True).exists()


def grade_needed(account: Account) -> int:
    return account.grade_needed or CareSettings.current().key_grade


def gate_answer(
    account: Account, user: User, *, role: str = "owner", day: dt.date, at: dt.datetime
) -> GateAnswer:
    """`day` is the first with the role; an override counts when it runs at the moment `at`."""
    if role not in rules.GUARDED or user.is_director or not is_key(account):
        return GateAnswer()
    standing = standings([user.pk], day)[user.pk]
    needed = grade_needed(account)
    refusal = rules.refusal(
        role=role, is_key=True, is_director=False, grade=standing.grade,
        on_probation=standing.on_probation, needed=needed,
    )  # fmt: skip
    if refusal is None:
        return GateAnswer()
    running = GateOverride.objects.at(at).filter(account=account, user=user)
    override = running.order_by("-valid_until").first()
    sentence = "" if override else f"{_why(refusal, user, needed)} {_who_can(account, day)}"
    return GateAnswer(refusal, override, sentence)


def overrides_of(account: Account) -> list[GateOverride]:
    """Those that run now, the first to end first."""
    rows = GateOverride.objects.at(timezone.now()).filter(account=account)
    return list(rows.select_related("user", "made_by").order_by("valid_until", "pk"))


def stands_free(account: Account, user: User, day: dt.date) -> bool:
    """Whether they might answer for it as a key account without being let through."""
    standing = standings([user.pk], day)[user.pk]
    return not rules.refusal(
        role=AssignmentRole.OWNER, is_key=True, is_director=user.is_director,
        grade=standing.grade, on_probation=standing.on_probation, needed=grade_needed(account),
    )  # fmt: skip


def _why(refusal: Refusal, user: User, needed: int) -> str:
    words = {
        Refusal.PROBATION: _("%(name)s is on probation; key accounts come after it."),
        Refusal.UNGRADED: _("%(name)s has no grade yet; this key account asks for %(grade)s."),
        Refusal.GRADE: _("%(name)s has a lower grade than this key account asks for: %(grade)s."),
    }
    return words[refusal] % {"name": user, "grade": Grade(needed).label}


def _who_can(account: Account, day: dt.date) -> str:
    names = list(may_own(account, day).values_list("name", flat=True)[: NAMED + 1])
    if not names:
        return _("Only a director may take it, or let somebody through for a stated time.")
    shown = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return _("%(names)s may; a director may let somebody through for a stated time.") % {
        "names": shown
    }


def may_own(account: Account, day: dt.date | None = None) -> QuerySet[User]:
    """Managers who may own this account as a key account, without directors and overrides."""
    employed = Employment.objects.on(day or company_day()).filter(on_probation=False)
    graded = employed.filter(grade__gte=grade_needed(account))
    people = User.objects.active().filter(role_grants__role=Role.KAM, pk__in=graded.values("user"))
    return people.order_by("name", "pk")


def director_for(account: Account, user_id: int | None = None) -> User | None:
    """Who takes a key account that nobody else may own: the director who leads the team of
    `user_id`, else the director who has been here longest."""
    directors = User.objects.active().filter(role_grants__role=Role.DIRECTOR)
    if user_id is not None:
        teams = Membership.objects.on(company_day()).filter(user=user_id).values("team")
        lead = directors.filter(teams_led__in=teams).order_by("created_at", "pk").first()
        if lead:
            return lead
    return directors.order_by("created_at", "pk").first()


class Watch:
    """Whether people may hold their roles at key accounts, asked once for all of them."""

    def __init__(self, user_ids: Collection[int], day: dt.date, at: dt.datetime):
        grants = RoleGrant.objects.filter(user__in=user_ids, user__is_active=True, role__in=OWNING)
        self.roles: dict[int, set[str]] = {}
        for user, role in grants.values_list("user", "role"):
            self.roles.setdefault(user, set()).add(role)
        self.standings = standings(user_ids, day)
        self.through = set(GateOverride.objects.at(at).values_list("account", "user"))
        self.company = CareSettings.current().key_grade

    def passes(self, role: str, user: int, grade_needed: int | None) -> bool:
        """An active holder of a fitting role whom the gate passes."""
        roles, standing = self.roles.get(user, set()), self.standings[user]
        refusal = rules.refusal(
            role=role, is_key=True, is_director=Role.DIRECTOR in roles, grade=standing.grade,
            on_probation=standing.on_probation, needed=grade_needed or self.company,
        )  # fmt: skip
        return bool(roles) and refusal is None

    def carries(self, row: Assignment) -> bool:
        """An active holder of a fitting role whom an override lets through."""
        return row.user_id in self.roles and (row.account_id, row.user_id) in self.through


def _keys(account: int | None) -> QuerySet[Account]:
    keys = Account.objects.filter(score__is_key=True).exclude(status__in=GONE)
    return keys if account is None else keys.filter(pk=account)


def _at_keys(rows: QuerySet[Assignment], account: int | None) -> QuerySet[Assignment]:
    """Those of them at `_keys`, which are not asked for by themselves."""
    rows = rows.filter(account__score__is_key=True).exclude(account__status__in=GONE)
    return rows if account is None else rows.filter(account=account)


def breaches(
    day: dt.date, at: dt.datetime, *, account: int | None = None
) -> list[tuple[Account, User | None]]:
    """Key accounts that have had an owner and whose owner of `day` may not own them, or is gone;
    each with that owner (None: nobody). As many queries for one as for all."""
    owners = Assignment.objects.owners()
    now = owners.on(day).filter(account=OuterRef("account"))
    ended = owners.filter(valid_to__lte=day).filter(~Exists(now)).order_by()
    left = _keys(account).filter(pk__in=ended.values("account"))
    held = _at_keys(owners.on(day), account)
    found: list[tuple[Account, User | None]] = [(row, None) for row in left]
    found += [(row.account, row.user) for row in _stopped(held, AssignmentRole.OWNER, day, at)]
    return sorted(found, key=lambda row: row[0].pk)


def wrong_deputies(
    day: dt.date, at: dt.datetime, *, account: int | None = None
) -> list[Assignment]:
    """Who stands in for the owner of a key account on `day` and may not."""
    rows = Assignment.objects.on(day).filter(role=AssignmentRole.DEPUTY)
    return _stopped(_at_keys(rows, account), AssignmentRole.DEPUTY, day, at)


def _stopped(
    rows: QuerySet[Assignment], role: str, day: dt.date, at: dt.datetime
) -> list[Assignment]:
    """Those of key accounts, all of one role, whose holder may not hold them. The gate is asked
    once for each person and each grade that an account may ask for, and only rows of those whom it
    stops are read."""
    users = list(User.objects.order_by().values_list("pk", flat=True))
    watch = Watch(users, day, at)
    theirs = Q(pk__in=[])
    for needed in (None, *Grade.values):
        stopped = [user for user in users if not watch.passes(role, user, needed)]
        if stopped:
            theirs |= Q(account__grade_needed=needed, user__in=stopped)
    found = rows.filter(theirs).select_related("user", "account")
    return [row for row in found if not watch.carries(row)]

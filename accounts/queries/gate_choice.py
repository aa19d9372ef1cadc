"""Whom a form offers for a role at some accounts: all who might, those whom the gate stops shut."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Account, CareSettings, GateOverride
from accounts.queries.gate import NAMED, Standing, standings
from accounts.rules import gate as rules
from accounts.rules.assignment import HOLDERS
from accounts.rules.gate import Refusal
from people.choices import Grade, Role
from people.models import RoleGrant, User


@dataclass(frozen=True)
class Choice:
    """`why` they may not, in a few words; empty when they may."""

    user: User
    why: str = ""


@dataclass(frozen=True)
class Choices:
    """By name; `who_can` is a sentence where the gate stops somebody, else empty."""

    rows: list[Choice]
    who_can: str = ""

    @property
    def closed(self) -> dict[str, str]:
        """Why not, by the number of the person as a form sends it."""
        return {str(row.user.pk): row.why for row in self.rows if row.why}


def holders(role: str) -> QuerySet[User]:
    """Active people who may hold the role anywhere, by name."""
    people = User.objects.active().order_by("name", "pk")
    if role not in HOLDERS:
        return people
    grants = RoleGrant.objects.filter(role__in=HOLDERS[role])
    return people.filter(pk__in=grants.values("user"))


def gate_choices(
    accounts: Collection[int], *, role: str, day: dt.date, at: dt.datetime | None
) -> Choices:
    """For all of these accounts at once; the same number of queries however many there are.

    Overrides that run `at` that moment count; none with None.
    """
    people = list(holders(role))
    needed = _needed(accounts) if role in rules.GUARDED else {}
    if not needed:
        return Choices([Choice(user) for user in people])
    known = standings({user.pk for user in people}, day)
    grants = RoleGrant.objects.filter(role=Role.DIRECTOR)
    directors = set(grants.values_list("user", flat=True))
    running = GateOverride.objects.at(at) if at else GateOverride.objects.none()
    through = set(running.filter(account__in=needed).values_list("account", "user"))

    def why(user: User) -> str:
        if user.pk in directors:
            return ""
        asked = [grade for account, grade in needed.items() if (account, user.pk) not in through]
        return _why(role, known[user.pk], max(asked)) if asked else ""

    rows = [Choice(user, why(user)) for user in people]
    able = [row.user for row in rows if not row.why and row.user.pk not in directors]
    return Choices(rows, _who_can(able) if len(able) < len(rows) - len(directors) else "")


def _needed(accounts: Collection[int]) -> dict[int, int]:
    """The grade each key account among them asks for."""
    company = CareSettings.current().key_grade
    keys = Account.objects.filter(pk__in=accounts, score__is_key=True)
    return {pk: grade or company for pk, grade in keys.values_list("pk", "grade_needed")}


def _why(role: str, standing: Standing, needed: int) -> str:
    refusal = rules.refusal(
        role=role, is_key=True, is_director=False, grade=standing.grade,
        on_probation=standing.on_probation, needed=needed,
    )  # fmt: skip
    if refusal is None:
        return ""
    words = {
        Refusal.PROBATION: _("on probation"),
        Refusal.UNGRADED: _("no grade yet"),
        Refusal.GRADE: _("grade %(has)s, asked for is %(needed)s"),
    }
    return words[refusal] % {"has": standing.grade, "needed": Grade(needed).value}


def _who_can(able: list[User]) -> str:
    if not able:
        return _("The gate: only a director may, or whom a director lets through for a time.")
    names = ", ".join(str(user) for user in able[:NAMED]) + (" …" if len(able) > NAMED else "")
    words = _("The gate: %(names)s may; a director may let others through for a time.")
    return words % {"names": names}

"""How contact and tasks stand: of one's own book, of a team's members, of managers one serves."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import FieldSettings, Task
from accounts.queries.cadence import NOTHING, Coverage, coverage_of
from accounts.queries.task_list import TaskRow, rows_of
from accounts.queries.tasks import in_order
from common import formats
from kpi.queries.start import own, places
from kpi.queries.start.parts import Why
from people.models import Membership, User, company_day

MOST = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the reader: coverage with its why."""

    coverage: Coverage
    words: str
    why: Why


@dataclass(frozen=True, slots=True)
class Member:
    person: User
    coverage: Coverage
    overdue: int


def standing(
    user: User, settings: FieldSettings, covered: dict[int | None, Coverage] | None = None
) -> Standing:
    """Of a manager's own accounts, of those an assistant helps with; one query without `covered`
    (coverage_by_owner)."""
    if covered is not None:
        coverage = covered.get(user.pk, NOTHING)
    else:
        coverage = coverage_of(user, user if user.is_kam else None, settings=settings)
    return Standing(coverage, covered_words(coverage), why(coverage))


def covered_words(found: Coverage) -> str:
    """Counts before rates."""
    if not found.of:
        return _("No account has a rhythm of contact yet.")
    return ngettext(
        "%(covered)s of %(of)s account was met within its rhythm.",
        "%(covered)s of %(of)s accounts were met within their rhythm.",
        found.of,
    ) % {"covered": formats.number(found.covered), "of": formats.number(found.of)}


def why(found: Coverage) -> Why:
    return Why(
        _(
            "Accounts whose last talk in which both sides spoke lies within the rhythm agreed for"
            " them, of those that have a rhythm. It is no quota: a rhythm may be changed, or none"
            " agreed, on each account."
        ),
        [
            (_("Share"), formats.percent(found.share, 0)),
            (_("Never met"), formats.number(found.never)),
            (_("Without a rhythm"), formats.number(found.without)),
        ],
        rule="coverage-1",
        url=places.accounts(cadence="due"),
        link=_("Show who is due"),
    )


def members(user: User, covered: dict[int | None, Coverage]) -> list[Member]:
    """For a team lead: each manager's; empty for everybody else."""
    led = Membership.objects.on(company_day()).filter(team__lead=user).exclude(user=user)
    people = [row.user for row in led.select_related("user")]
    return _members(user, people, covered) if people else []


def _members(reader: User, people: list[User], covered: dict[int | None, Coverage]) -> list[Member]:
    today = timezone.localdate()
    late: dict[int, int] = {}
    rows = Task.objects.visible_to(reader).overdue(today).filter(owner__in=people)
    for owner in rows.values_list("owner", flat=True):
        late[owner] = late.get(owner, 0) + 1
    found = [
        Member(person, covered.get(person.pk, NOTHING), late.get(person.pk, 0)) for person in people
    ]
    return sorted(found, key=lambda row: (-row.overdue, row.coverage.share or 1, row.person.name))


@dataclass(frozen=True, slots=True)
class Served:
    """What an assistant watches over: overdue tasks of a manager they serve."""

    manager: User
    overdue: list[TaskRow]
    count: int


def served(user: User, today: dt.date) -> list[Served]:
    """By manager, in three queries for any number."""
    managers = own.managers_served(user)
    rows = Task.objects.visible_to(user).overdue(today).filter(owner__in=managers)
    rows = list(in_order(rows).select_related("owner", "account", "contact")[:200])
    drawn = rows_of(user, rows, today)
    found = []
    for manager in managers:
        late = [row for row in drawn if row.task.owner_id == manager.pk]
        found.append(Served(manager, late[:MOST], len(late)))
    return sorted(found, key=lambda item: -item.count)

"""What the brief is made from, read at once: the same number of queries for any account."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.choices import Channel, PromiseState, Tier, TouchpointState
from accounts.models import (
    Account,
    AccountDay,
    ContactNote,
    ContactRole,
    CoverageRule,
    DossierEntry,
    FieldSettings,
    Position,
    Promise,
    Scoring,
    ServiceMonth,
    Task,
    TierSpan,
    Touchpoint,
)
from accounts.queries.facts import FactsOfPerson, facts_of
from accounts.queries.kin import family_rows
from accounts.queries.ties import TieNow, kept_ties
from accounts.rules.facts import Shelf
from common.dates import year_before
from common.i18n import pick
from people.models import User

RECENT, PLANS, BOUGHT = 4, 6, 3
WHEN_NEVER_MET = 90  # days that "what changed" looks back where there was no meeting yet
FACE_TO_FACE = (Channel.MEETING, Channel.VIDEO)


@dataclass(frozen=True)
class Rows:
    """All of it is the reader's to see; `since` is the day of the last meeting."""

    account: Account
    day: dt.date
    since: dt.date
    was_met: bool
    planned: list[Touchpoint]
    recent: list[Touchpoint]
    present: dict[int, list[int]]  # contacts by touchpoint, in order
    names: dict[int, str]  # of contacts who took part, wherever they are now
    positions: list[Position]
    roles: list[ContactRole]
    coverage: list[CoverageRule]  # rules about roles that apply to the tier
    shelf: Shelf
    facts: dict[int, FactsOfPerson]
    ties: list[TieNow]
    promises: list[Promise]
    tasks: list[Task]
    dossier: list[DossierEntry]
    scoring: Scoring
    net: dict[dt.date, Decimal]  # by day with orders, two years to the last night
    bought: list[str]  # service lines of the last twelve months, the largest first

    @property
    def tier(self) -> str:
        return _tier(self.account)

    @property
    def here(self) -> list[Position]:
        """Who holds a place today."""
        return [
            row for row in self.positions if row.valid_from <= self.day and _is_on(row, self.day)
        ]


def _tier(account: Account) -> str:
    score = getattr(account, "score", None)
    return score.tier if score else Tier.N


def _is_on(row: Position, day: dt.date) -> bool:
    return row.valid_to is None or row.valid_to > day


def account_for(reader: User, account_id: int) -> Account:
    """With its score, the tier's last move, whether the reader may write, and the company's
    figures; Account.DoesNotExist when it is not the reader's to open."""
    spans = TierSpan.objects.filter(account=OuterRef("pk")).order_by("-valid_from")
    mine = Account.objects.editable_by(reader).filter(pk=OuterRef("pk"))
    scoring, settings = Scoring.objects.filter(pk=1), FieldSettings.objects.filter(pk=1)
    rows = Account.objects.visible_to(reader).select_related("score", "segment", "owner")
    return rows.annotate(
        may_edit=Exists(mine),
        tier_since=Subquery(spans.values("valid_from")[:1]),
        tier_before=Subquery(spans.values("tier")[1:2]),
        ledger_from=Subquery(scoring.values("first_day")),
        ledger_to=Subquery(scoring.values("as_of")),
        shelf_days=Subquery(settings.values("shelf_days")),
    ).get(pk=account_id)


def read(reader: User, account: Account, touchpoint_id: int | None) -> Rows:
    """`account` came from account_for."""
    day = timezone.localdate()
    talks = _talks(account, touchpoint_id)
    met = [row for row in talks.recent if row.channel in FACE_TO_FACE] or talks.recent
    since = timezone.localdate(met[0].at) if met else day - dt.timedelta(days=WHEN_NEVER_MET)
    shelf = account.shelf_days or FieldSettings().shelf_days
    roles, coverage = _roles()
    net, bought = _money(account, account.ledger_to) if account.ledger_to else ({}, [])
    return Rows(
        account=account,
        day=day,
        since=since,
        was_met=bool(met),
        planned=talks.planned,
        recent=talks.recent[:RECENT],
        present=talks.present,
        names=talks.names,
        positions=_positions(reader, account, since),
        roles=roles,
        coverage=[rule for rule in coverage if _tier(account) in rule.tiers],
        shelf=shelf,
        facts=facts_of(account, settings=FieldSettings(shelf_days=shelf)),
        ties=kept_ties(account, day),
        promises=_promises(reader, account, since),
        tasks=_tasks(reader, account),
        dossier=_dossier(reader, account, day),
        scoring=Scoring(as_of=account.ledger_to, first_day=account.ledger_from),
        net=net,
        bought=bought,
    )


@dataclass(frozen=True)
class Talks:
    """Planned ones, the nearest first; those that took place, the newest first; who was there."""

    planned: list[Touchpoint]
    recent: list[Touchpoint]
    present: dict[int, list[int]]
    names: dict[int, str]


def _talks(account: Account, chosen: int | None) -> Talks:
    """The newest that counts as a meeting is among the recent, so that the last one is known.

    Touchpoints come once for each of theirs who took part: one query for both.
    """
    rows = Touchpoint.objects.filter(account=account)
    done = rows.done().order_by("-at", "-pk")
    newest = done.values("pk")[:RECENT]
    meeting = done.filter(channel__in=FACE_TO_FACE).values("pk")[:1]
    planned = rows.planned().order_by("at", "pk").values("pk")[:PLANS]
    wanted = Q(pk__in=newest) | Q(pk__in=meeting) | Q(pk__in=planned)
    if chosen:
        wanted |= Q(pk=chosen, state=TouchpointState.PLANNED)
    joined = rows.filter(wanted).annotate(
        who=F("presences__contact"), who_name=F("presences__contact__name")
    )
    found: dict[int, Touchpoint] = {}
    present: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for row in joined.order_by("-at", "-pk", "presences__position", "presences__pk"):
        found.setdefault(row.pk, row)
        if row.who is not None:
            present.setdefault(row.pk, []).append(row.who)
            names[row.who] = row.who_name
    ahead = [row for row in found.values() if row.state == TouchpointState.PLANNED]
    past = [row for row in found.values() if row.state == TouchpointState.DONE]
    return Talks(ahead[::-1], past, present, names)


def _positions(reader: User, account: Account, since: dt.date) -> list[Position]:
    """Places of today and those that ended since the last meeting, with the newest private note
    for those who may read it."""
    rows = Position.objects.visible_to(reader).filter(account=account)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=since))
    notes = ContactNote.objects.visible_to(reader).filter(account=account).order_by("-at", "-pk")
    notes = notes.filter(contact=OuterRef("contact"))
    rows = rows.annotate(
        note=Subquery(notes.values("text")[:1]), note_at=Subquery(notes.values("at")[:1])
    )
    return list(rows.select_related("contact", "role", "division").order_by("pk"))


def _roles() -> tuple[list[ContactRole], list[CoverageRule]]:
    """All roles and the rules about them, by one join; rules about anybody with power are not
    about a question to one customer."""
    own = ("pk", "code", "names", "required_in", "position")
    asked = ("pk", "tiers", "people", "access", "strength", "colleagues", "importance", "is_active")
    joined = [f"coveragerule__{name}" for name in asked]
    roles: dict[int, ContactRole] = {}
    rules = []
    for row in ContactRole.objects.order_by("position", "pk").values_list(*own, *joined):
        role = roles.setdefault(row[0], ContactRole(**dict(zip(own, row[: len(own)], strict=True))))
        values = dict(zip(asked, row[len(own) :], strict=True))
        if values["pk"] and values["is_active"]:
            rules.append(CoverageRule(role=role, **values))
    return list(roles.values()), rules


def _promises(reader: User, account: Account, since: dt.date) -> list[Promise]:
    """Open ones, and those settled since the last meeting."""
    rows = Promise.objects.visible_to(reader).filter(account=account)
    settled = Q(settled_on__gte=since) & ~Q(state=PromiseState.OPEN)
    rows = rows.filter(Q(state=PromiseState.OPEN) | settled)
    return list(rows.select_related("contact", "colleague").order_by("due", "pk")[:60])


def _tasks(reader: User, account: Account) -> list[Task]:
    rows = Task.objects.visible_to(reader).open().filter(account=account)
    return list(rows.select_related("owner").order_by("due", "pk")[:40])


def _dossier(reader: User, account: Account, day: dt.date) -> list[DossierEntry]:
    """What each section, and each competitor in it, says today; the newest first."""
    rows = DossierEntry.objects.visible_to(reader).filter(account=account, day__lte=day)
    found = rows.standing().newest().order_by("-day", "-pk")
    return [row for row in found if not row.is_gone and (row.text or row.title)]


def _money(account: Account, as_of: dt.date) -> tuple[dict[dt.date, Decimal], list[str]]:
    """Net of every day with orders in two years, with all that counts for the account; and the
    service lines of the last twelve months, the largest first: both in one query."""
    family = family_rows(account)
    line = Cast("service_line__names", TextField())
    days = AccountDay.objects.filter(account__in=family, day__lte=as_of)
    days = days.filter(day__gt=year_before(year_before(as_of))).order_by()
    months = ServiceMonth.objects.filter(account__in=family, month__gt=year_before(as_of))
    by_day = days.values_list("day", "net", Value("", output_field=TextField()))
    by_line = months.order_by().values_list("month", "net", line)
    net: dict[dt.date, Decimal] = {}
    lines: dict[str, Decimal] = {}
    for day, sum_of_day, names in by_day.union(by_line, all=True):
        if names:
            lines[names] = lines.get(names, Decimal(0)) + sum_of_day
        else:
            net[day] = net.get(day, Decimal(0)) + sum_of_day
    largest = sorted((-value, names) for names, value in lines.items() if value > 0)[:BOUGHT]
    return dict(sorted(net.items())), [pick(json.loads(names)) for _value, names in largest]

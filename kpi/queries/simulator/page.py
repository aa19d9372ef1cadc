"""The simulator's answer: what falls, in order of money, and the cover plan as a proposal."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, AccountScore
from accounts.queries.dependence import VERSION
from accounts.queries.leaving import AccountLeft, Leaving, leaving
from accounts.queries.leaving_who import Who
from accounts.queries.successors import CoverPlan, Successor, cover_plan
from accounts.queries.taker_words import load_words
from common import formats
from common.why import Why
from people.models import User

SHOWN = 100
PLANNED = 60  # accounts of the cover plan: each is weighed for every manager


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One account of those who leave, and who could take it; without a name a director would.

    `url` is where its handover is planned, "" for readers who may not.
    """

    account: Account
    is_key: bool
    name: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class LoadRow:
    name: str
    accounts: int
    words: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class Simulation:
    """`share` is of the company's twelve months for directors, else of the reader's accounts."""

    leaving: Leaving
    finding: str
    why: Why
    share: float | None
    is_company: bool
    rows: tuple[AccountLeft, ...]
    plan: tuple[PlanRow, ...]
    loads: tuple[LoadRow, ...]
    uncovered: int
    unplanned: int
    actions: tuple[Action, ...]

    @property
    def overloaded(self) -> int:
        """Takers who would pass a limit with what the plan gives them."""
        return sum(row.is_over for row in self.loads)

    @property
    def more(self) -> int:
        return len(self.leaving.accounts) - len(self.rows)


def if_leaves(reader: User, who: Who, currency: str) -> Simulation:
    """`who` came from who_leaves; a constant number of queries, however many leave."""
    found = leaving(reader, who)
    whole = _whole(reader)
    owned = [row.account for row in found.owned]
    ties = {row.account.pk: row.strongest for row in found.owned}
    plan = cover_plan(owned[:PLANNED], reader, leaving=who.ours, ties=ties)
    return Simulation(
        leaving=found,
        finding=_finding(found, currency),
        why=_why(found, currency),
        share=float(found.hanging / whole) if whole > 0 else None,
        is_company=reader.is_director,
        rows=tuple(found.accounts[:SHOWN]),
        plan=_plan_rows(reader, plan, {row.account.pk: row.is_key for row in found.owned}),
        loads=tuple(
            LoadRow(
                one.user.name,
                one.accounts,
                load_words(one.after) if one.after else "",
                bool(one.after and one.after.overs),
            )
            for one in plan.carrying
        ),  # fmt: skip
        uncovered=plan.uncovered,
        unplanned=max(len(owned) - PLANNED, 0),
        actions=_actions(reader, who),
    )


def _whole(reader: User) -> Decimal:
    scores = AccountScore.objects.all()
    if not reader.is_director:
        scores = scores.filter(account__in=Account.objects.visible_to(reader).values("pk"))
    return scores.aggregate(sum=Sum("own_revenue"))["sum"] or Decimal()


def _names(who: Who) -> str:
    return ", ".join([*(user.name for user in who.users), *(one.name for one in who.contacts)])


def _finding(found: Leaving, currency: str) -> str:
    number = len(found.who.users) + len(found.who.contacts)
    words = {"names": _names(found.who), "money": formats.money_short(found.hanging, currency)}
    if not found.accounts:
        return (
            ngettext(
                "If %(names)s leaves, no account loses anything we know of.",
                "If %(names)s leave, no account loses anything we know of.",
                number,
            )
            % words
        )
    if not found.hanging:
        return (
            ngettext(
                "If %(names)s leaves, no money is known to hang on it.",
                "If %(names)s leave, no money is known to hang on it.",
                number,
            )
            % words
        )
    return (
        ngettext(
            "If %(names)s leaves, %(money)s of the last twelve months’ revenue is at stake.",
            "If %(names)s leave, %(money)s of the last twelve months’ revenue is at stake.",
            number,
        )
        % words
    )


def _why(found: Leaving, currency: str) -> Why:
    return Why(
        sentence=_(
            "Of each account the revenue of twelve months, times the part of all lived ties that"
            " goes with these people. Ties come from touchpoints and fade with time; power weighs."
            " A relationship is a tie of 30 or more."
        ),
        inputs=(
            (_("Accounts touched"), formats.number(len(found.accounts))),
            (_("Revenue of accounts they own"), formats.money_short(found.owned_revenue, currency)),
            (_("Accounts without any tie: unknown"), formats.number(len(found.unknown))),
        ),
        rule=VERSION,
    )


def _plan_rows(reader: User, plan: CoverPlan, keys: dict[int, bool]) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            account=row.account,
            is_key=keys.get(row.account.pk, False),
            name=row.taker.user.name if row.taker else "",
            why=row.taker.sentence if row.taker else _("No manager may own it yet."),
            url=_handover_url(reader, row),
        )
        for row in plan.rows
    )


def _handover_url(reader: User, row: Successor) -> str:
    """Directors and the owner begin handovers."""
    if row.taker is None or not (reader.is_director or row.account.owner_id == reader.pk):
        return ""
    page = reverse("accounts:handover_create", args=[row.account.pk])
    return f"{page}?to={row.taker.user.pk}"


def _actions(reader: User, who: Who) -> tuple[Action, ...]:
    """What can be done about one of ours."""
    if len(who.users) != 1 or who.contacts:
        return ()
    (user,) = who.users
    found = [Action(_("Note an absence"), "calendar-event", reverse("accounts:absence_create"))]
    if reader.is_director:
        page = reverse("accounts:departure_page", args=[user.pk])
        found.append(Action(_("Settle their leaving, take control"), "shield-check", page))
    return tuple(found)

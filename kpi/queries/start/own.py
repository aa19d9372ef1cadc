"""A manager's, a team lead's and an assistant's accounts: figures, silences, hand-overs, team."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import AssignmentRole
from accounts.models import Account, AccountDay, AccountScore, Assignment
from common import formats
from common.dates import year_before
from kpi.queries.start import places
from kpi.queries.start.company import compared, month_tile, same_day
from kpi.queries.start.parts import Action, Matter, Tile, Why, change_of, short_money
from kpi.queries.start.silences import SilentAccount, days_words
from kpi.rules.rhythm import RULE_VERSION as RHYTHM
from people.models import Attachment, Membership, User, company_day

MOST = 7
LARGEST = 8
LOST = 180  # days
LATELY = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sums:
    """`before` is None where the ledger does not hold the twelve months before."""

    accounts: int
    keys: int
    revenue: Decimal
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class Handover:
    """An assignment that began lately or ends soon."""

    account: Account
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class LargeAccount:
    score: AccountScore
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    manager: User
    sums: Sums
    change: Decimal | None


def own_accounts(user: User) -> QuerySet[Account]:
    """Accounts the reader answers for today, in any role, among those they may open."""
    today = Assignment.objects.today().filter(user=user).values("account")
    return Account.objects.visible_to(user).present().filter(pk__in=today)


def served_accounts(user: User) -> QuerySet[Account]:
    """What an assistant may open: the accounts of the managers they serve, and their own."""
    return Account.objects.visible_to(user).present()


def sums(accounts: QuerySet[Account], *, compares: bool) -> Sums:
    found = AccountScore.objects.filter(account__in=accounts).aggregate(
        accounts=Count("pk"),
        keys=Count("pk", filter=Q(is_key=True, counts_with=None)),
        revenue=Sum("revenue", filter=Q(counts_with=None)),
        before=Sum("revenue_before", filter=Q(counts_with=None)),
    )
    zero = Decimal(0)
    before = found["before"] or zero if compares else None
    return Sums(found["accounts"], found["keys"], found["revenue"] or zero, before)


def month_sums(accounts: QuerySet[Account], last: dt.date) -> tuple[Decimal | None, Decimal | None]:
    """Net of the month up to `last` and of the same days a year earlier."""
    first = last.replace(day=1)
    now = Q(day__gte=first, day__lte=last)
    then = Q(day__gte=year_before(first), day__lte=same_day(last))
    found = AccountDay.objects.filter(now | then, account__in=accounts).aggregate(
        now=Sum("net", filter=now), then=Sum("net", filter=then)
    )
    return found["now"], found["then"]


def tiles(
    own: Sums, month: tuple, silent: list[SilentAccount], *, last: dt.date, currency: str
) -> list[Tile]:
    value, unit = short_money(own.revenue, currency)
    return [
        accounts_tile(own),
        month_tile(month, last, currency),
        Tile(
            label=_("Revenue, twelve months"),
            value=value,
            unit=unit,
            note=compared(
                change_of(own.revenue, own.before), _("{change} against the twelve months before")
            ),
            why=Why(
                _("What your accounts bought in twelve months, less credit notes."),
                [
                    (_("Now"), formats.money(own.revenue, currency, 0)),
                    (_("Twelve months before"), formats.money(own.before, currency, 0)),
                ],
                url=places.accounts(view="mine", sort="-revenue"),
                link=_("Show the accounts"),
            ),
        ),
        silent_tile(silent, own.accounts),
    ]


def assistant_tiles(own: Sums, silent: list[SilentAccount], managers: list[User]) -> list[Tile]:
    """No sums of money: an assistant's page works without them."""
    names = ", ".join(manager.name for manager in managers)
    return [
        accounts_tile(own, _("Accounts I help with")),
        Tile(
            label=_("Managers I assist"),
            value=formats.number(len(managers)),
            note=names or _("Nobody yet; a team lead or an administrator attaches you"),
        ),
        silent_tile(silent, own.accounts),
    ]


def accounts_tile(own: Sums, label: str = "") -> Tile:
    keys = ngettext("%(count)s of them is key", "%(count)s of them are key", own.keys)
    return Tile(
        label=label or _("My accounts"),
        value=formats.number(own.accounts),
        note=keys % {"count": formats.number(own.keys)} if own.keys else _("None of them is key"),
        why=Why(
            _("Accounts you answer for today: as owner, as deputy or as an assistant."),
            url=places.accounts(),
            link=_("Show the accounts"),
        ),
    )


def silent_tile(silent: list[SilentAccount], of: int) -> Tile:
    alarms = [item for item in silent if item.silence.is_alarm]
    more = len(silent) - len(alarms)
    others = ngettext(
        "%(count)s more is silent for unusually long",
        "%(count)s more are silent for unusually long",
        more,
    )
    return Tile(
        label=_("Silent past alarm"),
        value=formats.number(len(alarms)),
        unit=_("of %(count)s") % {"count": formats.number(of)},
        note=others % {"count": formats.number(more)} if more else _("No other silence is unusual"),
        why=Why(
            _(
                "Days since the last order against the account's own gaps, drawn to those of all"
                " customers: one that stays is silent this long 1 time in 20. Accounts with fewer"
                " than three order days in 36 months are left out: it is too early to tell."
            ),
            rule=RHYTHM,
            url=places.accounts(view="silent"),
            link=_("Show the accounts"),
        ),
    )


def matters(silent: list[SilentAccount], *, currency: str) -> list[Matter]:
    """Whom to call: the silence that is longest against the account's usual gap first.

    Those silent for half a year come last: they are rather lost than late.
    """
    longest = sorted(silent, key=lambda item: (item.silence.days > LOST, -item.silence.times))
    longest = longest[:MOST]
    return [
        Matter(
            item.sentence,
            item.evidence,
            Action(_("Open the account"), places.account(item.account.pk)),
            stake=item.revenue,
            stake_words=formats.money_short(item.revenue, currency)
            if currency
            else days_words(item.silence.days),
            period=_("in 12 months") if currency else _("silent"),
        )
        for item in longest
    ]


def largest(accounts: QuerySet[Account], *, compares: bool) -> list[LargeAccount]:
    """The accounts that bring most, with their owner."""
    alone = AccountScore.objects.filter(account__in=accounts, counts_with=None, revenue__gt=0)
    rows = alone.select_related("account__owner").order_by("-revenue")[:LARGEST]
    return [
        LargeAccount(score, change_of(score.revenue, score.revenue_before) if compares else None)
        for score in rows
    ]


def handovers(user: User) -> list[Handover]:
    """Assignments of the reader that began lately or end at a known day; at most six."""
    today = company_day()
    rows = (
        Assignment.objects.on(today)
        .filter(Q(valid_from__gt=today - LATELY) | Q(valid_to__isnull=False), user=user)
        .filter(account__in=Account.objects.visible_to(user))
        .select_related("account")
        .order_by("-valid_from", "account__name")[:6]
    )
    return [Handover(row.account, _handover_words(row), row.reason) for row in rows]


def _handover_words(row: Assignment) -> str:
    words = {
        AssignmentRole.OWNER: (_("Yours since %(day)s"), _("Yours until %(day)s")),
        AssignmentRole.DEPUTY: (
            _("You stand in since %(day)s"),
            _("You stand in until %(day)s"),
        ),
        AssignmentRole.ASSISTANT: (_("You assist since %(day)s"), _("You assist until %(day)s")),
        AssignmentRole.CONTROL: (
            _("Under your control since %(day)s"),
            _("Under your control until %(day)s"),
        ),
    }
    words[AssignmentRole.TEAM] = (_("You help since %(day)s"), _("You help until %(day)s"))
    since, until = words[AssignmentRole(row.role)]
    if row.valid_to:
        return until % {"day": formats.day(row.valid_to, "short")}
    return since % {"day": formats.day(row.valid_from, "short")}


def team(user: User, *, compares: bool) -> list[TeamRow]:
    """For a team lead: each manager's book, the largest first; empty for everybody else."""
    led = Membership.objects.on(company_day()).filter(team__lead=user).exclude(user=user)
    managers = {row.user_id: row.user for row in led.select_related("user")}
    if not managers:
        return []
    rows = (
        AccountScore.objects.filter(
            account__owner__in=managers, account__in=Account.objects.visible_to(user)
        )
        .values("account__owner")
        .annotate(
            accounts=Count("pk"),
            keys=Count("pk", filter=Q(is_key=True, counts_with=None)),
            net=Sum("revenue", filter=Q(counts_with=None)),
            former=Sum("revenue_before", filter=Q(counts_with=None)),
        )
    )
    by_owner = {row["account__owner"]: row for row in rows}
    found = [_team_row(person, by_owner.get(pk), compares) for pk, person in managers.items()]
    return sorted(found, key=lambda row: -row.sums.revenue)


def _team_row(person: User, row: dict | None, compares: bool) -> TeamRow:
    zero = Decimal(0)
    if row is None:
        return TeamRow(person, Sums(0, 0, zero, zero), None)
    before = row["former"] or zero if compares else None
    own = Sums(row["accounts"], row["keys"], row["net"] or zero, before)
    return TeamRow(person, own, change_of(own.revenue, own.before))


def managers_served(user: User) -> list[User]:
    rows = Attachment.objects.on(company_day()).filter(assistant=user)
    return [row.manager for row in rows.select_related("manager").order_by("manager__name")]

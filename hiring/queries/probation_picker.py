"""Accounts proposed for a trial, each with the rules it meets as sentences, and those like them."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import AccountStatus, Tier
from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    CareSettings,
    ManagerProfile,
    ServiceMonth,
)
from common import formats
from hiring.models import Probation
from hiring.queries.probation_bars import bars
from hiring.queries.probation_baseline import Baseline, baselines, newest_ledger_day
from hiring.rules import matching, picker
from hiring.rules.matching import Likeness, Pair
from hiring.rules.picker import Code, Facts, Peers, Proposal, Reason
from people.models import Company, User

YEAR = 365
YEARS_BACK = 5
LEAST_ORDER_DAYS = 2
MOST_CANDIDATES = 2_000


@dataclass(frozen=True)
class Choice:
    """One proposed account: what it brings, why it may grow, what a year may bring more."""

    account: Account
    owner: User | None
    tier: str
    revenue: float
    revenue_before: float
    order_days: int
    last_spoken_days: int | None
    score: int
    gap: float
    reasons: tuple[Reason, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Picking:
    """`as_of` is the last ledger day the figures hold; `considered` how many were looked at."""

    as_of: dt.date | None
    choices: tuple[Choice, ...]
    considered: int
    can_grow: int


def picking(
    probation: Probation, reader: User, *, segment: int | None = None,
    territory: int | None = None, shown: int = picker.SHOWN,
) -> Picking:  # fmt: skip
    """The best proposals for this plan; the number of queries does not grow with the book.

    Only directors choose accounts: for everybody else it is empty.
    """
    as_of = newest_ledger_day(before=probation.starts_on)
    if as_of is None or not reader.is_director:
        return Picking(as_of, (), 0, 0)
    rows = candidates(probation, as_of)
    facts = facts_of(rows, as_of)
    peers = picker.peers_of(facts_of_peers(as_of))
    asked = [row for row in rows if segment in (None, row.segment_id)
             and territory in (None, row.territory_id)]  # fmt: skip
    days = (probation.ends_on - probation.starts_on).days + 1
    found = picker.proposals((facts[row.pk] for row in asked), peers, trial_days=days)
    by_id = {row.pk: row for row in asked}
    money = Company.current().currency
    choices = tuple(_choice(by_id[one.facts.account], one, money) for one in found[:shown])
    return Picking(as_of, choices, len(asked), len(found))


def reasons_of(
    probation: Probation, account_ids: Collection[int], as_of: dt.date
) -> dict[int, tuple[Reason, ...]]:
    """The rules that accounts chosen by hand meet, proposed or not."""
    rows = list(Account.objects.filter(pk__in=account_ids).select_related("score", "rhythm"))
    peers = picker.peers_of(facts_of_peers(as_of))
    days = (probation.ends_on - probation.starts_on).days + 1
    return {
        pk: picker.reasons(one, peers.get(one.segment, Peers()), trial_days=days)
        for pk, one in facts_of(rows, as_of).items()
    }


def _choice(account: Account, found: Proposal, money: str) -> Choice:
    facts = found.facts
    return Choice(
        account=account, owner=account.owner, tier=account.score.tier, revenue=facts.revenue,
        revenue_before=facts.revenue_before, order_days=facts.order_days,
        last_spoken_days=facts.silent_days, score=found.score, gap=found.gap,
        reasons=found.reasons, sentences=tuple(reason_words(one, money) for one in found.reasons),
    )  # fmt: skip


def candidates(probation: Probation | None, as_of: dt.date) -> list[Account]:
    """Active small accounts that buy, without the barred ones; the largest two thousand."""
    tier_b = list(
        AccountScore.objects.filter(tier=Tier.B, account__status=AccountStatus.ACTIVE)
        .order_by("revenue").values_list("revenue", flat=True)
    )  # fmt: skip
    small = AccountScore.objects.filter(
        tier__in=(Tier.B, Tier.C), is_key=False, order_days__gte=LEAST_ORDER_DAYS, revenue__gt=0,
        account__status=AccountStatus.ACTIVE, counts_with=None,
    ).order_by("-revenue", "account")  # fmt: skip
    if tier_b:
        middle = len(tier_b) // 2
        edge = tier_b[middle] if len(tier_b) % 2 else (tier_b[middle - 1] + tier_b[middle]) / 2
        small = small.filter(revenue__lt=edge)
    ids = list(small.values_list("account", flat=True)[:MOST_CANDIDATES])
    barred = bars(ids, probation=probation)
    free = [pk for pk in ids if pk not in barred]
    rows = Account.objects.filter(pk__in=free).select_related("score", "rhythm", "owner", "segment")
    return list(rows.order_by("pk"))


def facts_of(accounts: Iterable[Account], as_of: dt.date) -> dict[int, Facts]:
    """Everything the rules ask, in five queries; accounts come with their score and rhythm."""
    rows = {row.pk: row for row in accounts}
    years = _years(rows, as_of)
    lines = _lines(rows, as_of)
    has, most = _owners({row.owner_id for row in rows.values()} - {None})
    found = {}
    for pk, row in rows.items():
        (now, days), (before, days_before), *earlier = years[pk]
        rhythm = getattr(row, "rhythm", None)
        spoken = rhythm.last_two_way_on if rhythm else None
        found[pk] = Facts(
            account=pk, segment=row.segment_id, revenue=now, revenue_before=before,
            best_year=max([before, *(net for net, _days in earlier)]), order_days=days,
            order_days_before=days_before, lines=lines.get(pk, 0),
            silent_days=(as_of - spoken).days if spoken else None,
            owner=row.owner_id, owner_has=has.get(row.owner_id, 0),
            owner_most=most.get(row.owner_id, 0),
        )  # fmt: skip
    return found


def _years(account_ids: Collection[int], as_of: dt.date) -> dict[int, list[tuple[float, int]]]:
    """(net, order days) of each of five windows of 365 days, the newest first."""
    sums = {}
    for back in range(YEARS_BACK):
        when = Q(day__range=picker.window(as_of, YEAR, back))
        sums[f"net{back}"] = Sum("net", filter=when)
        sums[f"days{back}"] = Count("id", filter=when & Q(net__gt=0))
    first, _last = picker.window(as_of, YEAR, YEARS_BACK - 1)
    rows = AccountDay.objects.filter(account__in=account_ids, day__range=(first, as_of))
    found = {pk: [(0.0, 0)] * YEARS_BACK for pk in account_ids}
    for row in rows.values("account").annotate(**sums):
        found[row["account"]] = [
            (float(row[f"net{back}"] or 0), row[f"days{back}"]) for back in range(YEARS_BACK)
        ]
    return found


def _lines(account_ids: Collection[int], as_of: dt.date) -> dict[int, int]:
    """How many service lines each bought in the last twelve months."""
    start = picker.window(as_of, YEAR)[0].replace(day=1)
    rows = ServiceMonth.objects.filter(account__in=account_ids, month__range=(start, as_of))
    rows = rows.filter(net__gt=0).values("account")
    counted = rows.annotate(n=Count("service_line", distinct=True))
    return dict(counted.values_list("account", "n"))


def _owners(owner_ids: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many accounts each owner has, and how many are thought to be enough for them."""
    care = CareSettings.current()
    rows = Account.objects.filter(owner__in=owner_ids, status=AccountStatus.ACTIVE)
    has = dict(rows.values("owner").annotate(n=Count("id")).values_list("owner", "n"))
    own = dict(
        ManagerProfile.objects.filter(user__in=owner_ids).values_list("user", "most_regular")
    )
    return has, {pk: own.get(pk) or care.most_regular for pk in owner_ids}


def facts_of_peers(as_of: dt.date) -> list[Facts]:
    """What is usual in the segments: revenue, order days and service lines of all that buy."""
    scores = AccountScore.objects.filter(
        account__status=AccountStatus.ACTIVE, order_days__gt=0
    ).exclude(account__segment=None)
    start = picker.window(as_of, YEAR)[0].replace(day=1)
    months = ServiceMonth.objects.filter(
        month__range=(start, as_of), net__gt=0, account__status=AccountStatus.ACTIVE
    ).exclude(account__segment=None)
    counted = months.values("account").annotate(n=Count("service_line", distinct=True))
    lines = dict(counted.values_list("account", "n"))
    return [
        Facts(pk, segment, float(revenue), 0.0, 0.0, days, 0, lines.get(pk, 0), None, None)
        for pk, segment, revenue, days in scores.values_list(
            "account", "account__segment", "revenue", "order_days"
        )
    ]


def reason_words(reason: Reason, money: str) -> str:
    """A rule with its figures, as one sentence; `money` is the company's currency."""
    figure, other = reason.figure, reason.other
    if reason.code == Code.BOUGHT_MORE:
        return _("Bought for %(best)s in an earlier year, now for %(now)s.") % {
            "best": formats.money_short(other, money), "now": formats.money_short(figure, money),
        }  # fmt: skip
    if reason.code == Code.FEWER_ORDERS:
        return _("Ordered on %(now)s days in the last year, on %(before)s the year before.") % {
            "now": _figure(figure), "before": _figure(other),
        }  # fmt: skip
    if reason.code == Code.FEWER_LINES:
        return _("Buys %(now)s of our service lines; its segment usually %(usual)s.") % {
            "now": _figure(figure), "usual": _figure(other),
        }  # fmt: skip
    if reason.code == Code.SMALLER_ORDERS:
        return _("An order brings %(now)s; in its segment usually %(usual)s.") % {
            "now": formats.money_short(figure, money), "usual": formats.money_short(other, money),
        }  # fmt: skip
    if reason.code == Code.IN_TIME:
        return _("About %(orders)s orders are to be awaited within the trial.") % {
            "orders": formats.number(round(figure, 1))
        }
    return _cared_words(reason)


def _figure(value: float) -> str:
    """A median may lie between two: 2.5, but 3."""
    return formats.number(int(value) if value == int(value) else round(value, 1))


def _cared_words(reason: Reason) -> str:
    if reason.code == Code.NO_OWNER:
        return _("Nobody answers for it.")
    if reason.code == Code.BUSY_OWNER:
        return _("Its manager has %(has)s accounts; %(most)s are thought to be enough.") % {
            "has": formats.number(reason.figure), "most": formats.number(reason.other),
        }  # fmt: skip
    if reason.figure is None:
        return _("Nobody of ours has ever noted a talk with them: nobody cared for them.")
    days = int(reason.figure)
    return ngettext(
        "Nobody of ours has spoken with them for %(days)s day.",
        "Nobody of ours has spoken with them for %(days)s days.", days,
    ) % {"days": formats.number(days)}  # fmt: skip


def reason_of(stored: dict) -> Reason:
    """A reason as it was kept in `ProbationAccount.why`."""
    return Reason(Code(stored["code"]), stored["figure"], stored["other"], stored["gap"])


# The others, to compare with


def matched(
    probation: Probation, account_ids: Collection[int], as_of: dt.date, *, each: int = 1
) -> list[Pair]:
    """The nearest accounts that are not given, by the same exclusions."""
    given = list(Account.objects.filter(pk__in=account_ids))
    others = [row for row in candidates(probation, as_of) if row.pk not in set(account_ids)]
    base = baselines([row.pk for row in (*given, *others)], as_of)
    return matching.pairs(
        [_likeness(row, base[row.pk]) for row in given],
        [_likeness(row, base[row.pk]) for row in others],
        each=each,
    )


def _likeness(account: Account, base: Baseline) -> Likeness:
    return Likeness(
        account.pk, account.segment_id, float(base.net), float(base.before), base.orders.count,
        matching.quarters_of(base.months),
    )  # fmt: skip

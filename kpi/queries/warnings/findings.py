"""Every warning that is true on a day, of the whole book: a handful of queries, none per account.

Read by the night. What excuses a silence is looked up only for those who are silent.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from accounts.choices import AccountStatus
from accounts.models import Account, AccountScore
from accounts.queries.cadence import cadences_of
from common.dates import year_before
from common.money import to_units
from kpi.choices import AlertCause, AnswerVerb
from kpi.models import AlertAnswer
from kpi.queries.warnings import excuses
from kpi.queries.warnings.signals import health_signals
from kpi.rules import warnings as rule
from kpi.rules.warnings import Finding
from people.models import company_zone

SILENCES = (AlertCause.RHYTHM, AlertCause.CHANCE)
TOLD = (
    "first_order", "last_order", "order_days", "usual_gap", "amber_day", "alarm_day", "p_order",
    "revenue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """`found` stand; `waiting`: accounts whose silence is excused today, and why (AlertEnd)."""

    found: list[Finding]
    paused: set[int]
    waiting: set[int]


@dataclass(frozen=True, slots=True)
class Excuses:
    paused: set[int]
    orders: set[int]
    seasons: dict[int, dt.date]


def findings(day: dt.date) -> Findings:
    silent = _silences(day)
    rest = [*_contacts(day), *health_signals(day)]
    excused = _excuses(silent, day)
    lost = _lost()
    waiting = excused.orders | {pk for pk, ends in excused.seasons.items() if ends > day}
    found = [
        row
        for row, score in silent
        if row.account not in excused.paused | waiting
        and not _is_lost(lost, row.account, score.last_order)
    ]
    found += [row for row, score in rest
              if row.account not in excused.paused
              and not _is_lost(lost, row.account, score.last_order)]  # fmt: skip
    seasonal = excuses.same_weeks({row.account for row in found} & set(excused.seasons), day)
    scores = {row.account: score for row, score in (*silent, *rest)}
    found = [_with_stake(row, scores[row.account], seasonal.get(row.account)) for row in found]
    return Findings(found, excused.paused, waiting)


Seen = list[tuple[Finding, AccountScore]]


def _silences(day: dt.date) -> Seen:
    """Silent for unusually long; else, where a chance is told, unlikely to order."""
    rows = AccountScore.objects.filter(counts_with=None, account__status=AccountStatus.ACTIVE)
    rows = rows.only(*TOLD)
    beyond = rows.filter(amber_day__lte=day, alarm_day__gte=day - rule.GONE)
    unlikely = rows.filter(amber_day__gt=day, p_order__lte=rule.UNLIKELY, revenue__gt=0)
    found = []
    for score in (*beyond, *unlikely):
        cause, level = AlertCause.RHYTHM, rule.silence_level(day, score.amber_day, score.alarm_day)
        raised, red = score.amber_day, score.alarm_day if level == rule.RED else None
        if not level:
            cause, level = AlertCause.CHANCE, rule.chance_level(score.p_order)
            raised, red = day, day if level == rule.RED else None
        data = {
            "usual": score.usual_gap, "orders": score.order_days, "p": score.p_order,
            "amber": score.amber_day.isoformat(), "alarm": score.alarm_day.isoformat(),
        }  # fmt: skip
        finding = Finding(
            score.account_id, cause, level, score.last_order, raised, red, stake=0, data=data
        )
        found.append((finding, score))
    return found


def _contacts(day: dt.date) -> Seen:
    """Key accounts whose last two-way contact is longer ago than agreed, and no meeting is planned.

    Where no contact is recorded at all nobody knows, and nothing is claimed.
    """
    rows = Account.objects.filter(
        Q(rhythm__next_on=None) | Q(rhythm__next_on__lt=day),
        rhythm__last_two_way_on__isnull=False,
        score__is_key=True,
        score__counts_with=None,
        status=AccountStatus.ACTIVE,
    ).select_related("score", "rhythm")
    read = [f"score__{name}" for name in ("tier", *TOLD)]
    rows = rows.only("id", "rhythm__last_two_way_on", "rhythm__next_on", *read)
    accounts = {row.pk: row for row in rows}
    found = []
    for pk, now in cadences_of(accounts.values(), day).items():
        if not now.every or now.last_on is None or (now.next_on and now.next_on >= day):
            continue
        level = rule.contact_level(now.last_on, now.every, day)
        if not level:
            continue
        raised = now.last_on + dt.timedelta(days=now.every + 1)
        red = raised + dt.timedelta(days=now.every) if level == rule.RED else None
        data = {"every": now.every}
        finding = Finding(pk, AlertCause.CADENCE, level, now.last_on, raised, red, 0, data)
        found.append((finding, accounts[pk].score))
    return found


def _excuses(silent: Seen, day: dt.date) -> Excuses:
    accounts = {row.account for row, _score in silent}
    return Excuses(
        set(excuses.pauses(day)), excuses.open_orders(accounts, day), _seasons(silent, day)
    )


def _seasons(silent: Seen, day: dt.date) -> dict[int, dt.date]:
    """Account → when its season ends, for those that were silent in the same weeks of last year."""
    back = year_before(day)
    long_known = {
        row.account: score
        for row, score in silent
        if score.first_order and score.first_order <= year_before(back)
    }
    found = {}
    for pk, (before, after) in excuses.around(long_known, back).items():
        score = long_known[pk]
        unusual = (score.amber_day - score.last_order).days
        ends = rule.season_ends(
            first=score.first_order, last=score.last_order, before=before, after=after,
            unusual=unusual, day=day, back=back,
        )  # fmt: skip
        if ends:
            found[pk] = ends
    return found


def _lost() -> dict[int, dt.date]:
    """Account → the day somebody said it is lost."""
    rows = AlertAnswer.objects.valid().filter(verb=AnswerVerb.LOST).order_by("at")
    heads = rows.values_list("alert__account", "alert__account__merged_into", "at")
    zone = company_zone()
    return {merged or own: at.astimezone(zone).date() for own, merged, at in heads}


def _is_lost(lost: dict[int, dt.date], account: int, last_order: dt.date | None) -> bool:
    said = lost.get(account)
    return said is not None and (last_order is None or last_order <= said)


def _with_stake(row: Finding, score: AccountScore, same_weeks: int | None) -> Finding:
    if same_weeks is None:
        money, basis = rule.expected(to_units(score.revenue)), "year"
    else:
        money, basis = max(0, same_weeks), "season"
    data = {**row.data, "expected": money, "basis": basis, "rule": rule.RULE_VERSION}
    return replace(row, stake=rule.at_stake(money, score.p_order), data=data)


def ended(accounts: Iterable[int]) -> dict[int, tuple]:
    """Account → status and last order, to say why a warning ended."""
    found: dict[int, tuple] = {}
    for some in excuses.batches(set(accounts)):
        rows = Account.objects.filter(pk__in=some)
        found |= {row[0]: row[1:] for row in rows.values_list("pk", "status", "score__last_order")}
    return found

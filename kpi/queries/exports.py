"""Scores and figures of any day, computed from the daily facts: for files, not for pages.

Nothing stored by a night is read but people's decisions, so that a past day can be asked for
and the night's own results be checked against it.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO

import numpy as np

from accounts.choices import AssignmentRole
from accounts.models import Account, Assignment, ExternalId
from common.export import safe_text
from common.money import UNITS
from kpi.queries import state as states
from kpi.queries.chances import state_look, told_on
from kpi.queries.judgement import RULE_VERSION, Verdict, cuts_of, decisions, judge, share
from kpi.rules import key, pareto, rhythm

SCORE_COLUMNS = (
    "account",
    "name",
    "manager",
    "revenue_ttm",
    "share",
    "cumulative_before",
    "rank",
    "tier",
    "tier_strict",
    "tier_in_force",
    "key",
    "key_reason",
    "order_days",
    "last_order",
    "silent_days",
    "alarm_day",
    "silence_probability",
    "alarm",
    "p_order_90d",
    "health",
    "health_confidence",
    "rule_version",
)
DIGITS = 10
CENT = Decimal("0.01")


def verdict_on(day: dt.date) -> Verdict:
    """The book judged as of any day, from the daily facts."""
    state = states.empty_state()
    states.rebuild(state, day)
    return judge(state, decisions())


def external_ids() -> dict[int, str]:
    """Account → what its first source calls it."""
    rows = ExternalId.objects.order_by("-source_id", "-value").values_list("account_id", "value")
    return dict(rows)


def owners_on(day: dt.date) -> dict[int, str]:
    owned = Assignment.objects.on(day).filter(role=AssignmentRole.OWNER)
    return dict(owned.values_list("account_id", "user__name"))


def money(units: int) -> Decimal:
    """Units as an amount with two decimals."""
    return (Decimal(int(units)) / UNITS).quantize(CENT, rounding="ROUND_HALF_UP")


def score_rows(day: dt.date) -> Iterator[dict[str, object]]:
    """One row per account that stands for itself: largest first, equal ones by external id."""
    verdict = verdict_on(day)
    state, ranking = verdict.state, verdict.ranking
    outside, owners = external_ids(), owners_on(day)
    names = dict(Account.objects.values_list("pk", "name"))
    heads = np.flatnonzero(state.alone)
    called = [outside.get(int(state.ids[i]), f"#{state.ids[i]}") for i in heads]
    heads = heads[np.array(sorted(range(len(heads)), key=called.__getitem__), dtype=np.int64)]
    heads = heads[np.argsort(-np.maximum(verdict.basis[heads], 0), kind="stable")]
    strict = pareto.strict_tiers(
        pareto.rank_accounts(verdict.basis[heads]), cuts_of(verdict.policy)
    )
    silence = silence_columns(verdict)
    chance = told_on(day).chances(state_look(state))
    for number, at in enumerate(heads.tolist()):
        pk = int(state.ids[at])
        ranked = ranking.rank[at] > 0
        last = dt.date.fromordinal(int(state["last_order"][at])) if state["last_order"][at] else ""
        yield {
            "account": safe_text(outside.get(pk, f"#{pk}")),
            "name": safe_text(names[pk]),
            "manager": safe_text(owners.get(pk, "")),
            "revenue_ttm": money(verdict.revenue[at]),
            "share": share(max(0, int(verdict.basis[at])), ranking.total, DIGITS),
            "cumulative_before": share(int(ranking.before[at]), ranking.total, DIGITS)
            if ranked
            else "",
            "rank": int(ranking.rank[at]) if ranked else "",
            "tier": pareto.LETTERS[verdict.tier_of_day[at]],
            "tier_strict": pareto.LETTERS[strict[number]] if ranked else "",
            "tier_in_force": pareto.LETTERS[verdict.tier[at]],
            "key": "true" if verdict.key[at] else "false",
            "key_reason": key.REASONS[verdict.key_reason[at]],
            "order_days": int(state["order_days"][at]),
            "last_order": last,
            "silent_days": (day - last).days if last else "",
            **silence(at),
            "p_order_90d": "" if np.isnan(chance[at]) else f"{chance[at]:.{DIGITS}f}",
            "rule_version": RULE_VERSION,
        }


def silence_columns(verdict: Verdict) -> Callable[[int], dict[str, object]]:
    """Position → what its silence means on the verdict's day; empty where it is too early."""
    today = verdict.day.toordinal()
    found = verdict.silence
    silent = today - verdict.state["last_order"]
    probability = rhythm.silence_probability(found.rhythm, silent)
    alarm = rhythm.alarms(today, found.amber_day, found.alarm_day)

    def columns(at: int) -> dict[str, object]:
        known = alarm[at] != rhythm.TOO_EARLY
        return {
            "alarm_day": dt.date.fromordinal(int(found.alarm_day[at])) if known else "",
            "silence_probability": f"{probability[at]:.{DIGITS}f}" if known else "",
            "alarm": rhythm.ALARMS[alarm[at]],
        }

    return columns


def write_scores(file: IO[str], day: dt.date) -> int:
    """Write the rows as CSV; columns nothing computes yet stay empty. Returns how many rows."""
    writer = csv.DictWriter(file, SCORE_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in score_rows(day):
        writer.writerow(row)
        count += 1
    return count

"""Writes the rows of AccountScore that a night changed, and only those."""

import datetime as dt

import numpy as np

from accounts.models import AccountScore
from common import dbops
from kpi.queries.judgement import RULE_VERSION, Verdict
from kpi.queries.state import COLUMNS, DAYS, NEVER, SILENCE, State, Stored
from kpi.rules import key, pareto

WRITTEN = (
    "account_id",
    "as_of",
    "counts_with_id",
    *COLUMNS,
    "revenue",
    "margin",
    "uncosted",
    "revenue_before",
    "tier_of_day",
    "tier",
    "is_key",
    "key_reason",
    *SILENCE,
    "rule_version",
)


def changed_rows(verdict: Verdict, stored: Stored, before: dict[str, np.ndarray]) -> np.ndarray:
    """Positions whose row differs from what the last night stored (`before`: its state arrays)."""
    state = verdict.state
    changed = ~stored.exists | (stored.head != state.head)
    for name in COLUMNS:
        changed |= before[name] != state[name]
    changed[state.head[state.members[changed[state.members]]]] = True
    for was, now in (
        (stored.tier_of_day, verdict.tier_of_day),
        (stored.tier, verdict.tier),
        (stored.key_reason, verdict.key_reason),
        *((stored.silence[name], getattr(verdict.silence, name)) for name in SILENCE),
    ):
        changed |= was != now
    return np.flatnonzero(changed)


def write_scores(verdict: Verdict, at: np.ndarray) -> None:
    """Upsert the rows at these positions in one bulk write."""
    rows = list(zip(*_columns(verdict, at), strict=True))
    dbops.upsert_rows(AccountScore._meta.db_table, "account_id", WRITTEN, rows)


def _columns(verdict: Verdict, at: np.ndarray) -> list:
    state, size = verdict.state, len(at)
    ids, alone = state.ids, state.alone[at]
    head = np.where(alone, 0, ids[state.head[at]]).tolist()

    def shown(group: np.ndarray, own: str) -> list:
        return np.where(alone, group[at], state[own][at]).tolist()

    own_margin = state["own_revenue"] - state["own_uncosted"] - state["own_cost"]
    return [
        ids[at].tolist(),
        [verdict.day.isoformat()] * size,
        [account or None for account in head],
        *(_values(name, state, at) for name in COLUMNS),
        shown(verdict.revenue, "own_revenue"),
        np.where(alone, verdict.margin[at], own_margin[at]).tolist(),
        shown(state.rolled_up(state["own_uncosted"]), "own_uncosted"),
        shown(state.rolled_up(state["own_revenue_before"]), "own_revenue_before"),
        pareto.LETTERS[verdict.tier_of_day[at]].tolist(),
        pareto.LETTERS[verdict.tier[at]].tolist(),
        verdict.key[at].tolist(),
        [key.REASONS[code] for code in verdict.key_reason[at].tolist()],
        [days or None for days in verdict.silence.usual_gap[at].tolist()],
        _dates(verdict.silence.amber_day[at]),
        _dates(verdict.silence.alarm_day[at]),
        [RULE_VERSION] * size,
    ]


def _values(name: str, state: State, at: np.ndarray) -> list:
    return _dates(state[name][at]) if name in DAYS else state[name][at].tolist()


def _dates(numbers: np.ndarray) -> list[str | None]:
    return [
        None if number == NEVER else dt.date.fromordinal(number).isoformat()
        for number in numbers.tolist()
    ]

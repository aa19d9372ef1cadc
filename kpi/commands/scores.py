"""Writes the rows of AccountScore that a night changed, and only those."""

from collections.abc import Iterator

import numpy as np

from accounts.models import AccountScore
from common import dbops
from common.bulk import Column, upsert_columns
from kpi.queries.judgement import RULE_VERSION, Verdict
from kpi.queries.state import (
    ALARMS,
    COLUMNS,
    DAYS,
    LEVELS,
    SILENCE,
    UNSEEN,
    Stored,
    heads_before,
)
from kpi.rules import key, pareto

AT_ONCE = 250_000  # rows whose columns lie in memory at a time
TIERS = tuple(str(letter) for letter in pareto.LETTERS)


SEEN = tuple(name for name in COLUMNS if name not in UNSEEN)


def changed_rows(verdict: Verdict, stored: Stored) -> np.ndarray:
    """Positions whose row differs from what the last night left."""
    state = verdict.state
    changed = ~stored.exists | (heads_before(state, stored) != state.head)
    for name in SEEN:
        changed |= stored[name] != state[name]
    changed[state.head[state.members[changed[state.members]]]] = True
    for name in LEVELS:
        changed |= stored[name] != getattr(verdict, name)
    for name in SILENCE:
        changed |= stored[name] != getattr(verdict.silence, name)
    return np.flatnonzero(changed)


def write_scores(verdict: Verdict, at: np.ndarray) -> None:
    """Upsert the rows at these positions in bulk."""
    for some in dbops.batches(at, AT_ONCE):
        upsert_columns(AccountScore._meta.db_table, "account_id", list(_columns(verdict, some)))


def _columns(verdict: Verdict, at: np.ndarray) -> Iterator[Column]:
    state = verdict.state
    ids, alone = state.ids, state.alone[at]
    same = np.zeros(len(at), dtype=np.int64)
    own_margin = state["own_revenue"] - state["own_uncosted"] - state["own_cost"]

    def shown(name: str, group: np.ndarray, own: np.ndarray) -> Column:
        return Column(name, np.where(alone, group[at], own[at]))

    def rolled_up(name: str) -> Column:
        return shown(name, state.rolled_up(state[f"own_{name}"]), state[f"own_{name}"])

    yield Column("account_id", ids[at])
    yield Column("as_of", same + verdict.day.toordinal(), "day")
    yield Column("counts_with_id", np.where(alone, 0, ids[state.head[at]]), "some")
    for name in SEEN:
        yield Column(name, state[name][at], "day" if name in DAYS else "int")
    yield shown("revenue", verdict.revenue, state["own_revenue"])
    yield shown("margin", verdict.margin, own_margin)
    yield rolled_up("uncosted")
    yield rolled_up("revenue_before")
    yield Column("tier_of_day", verdict.tier_of_day[at], "word", TIERS)
    yield Column("tier", verdict.tier[at], "word", TIERS)
    yield Column("is_key", verdict.key[at], "bool")
    yield Column("key_reason", verdict.key_reason[at], "word", tuple(key.REASONS))
    for name in SILENCE:
        values = getattr(verdict.silence, name)[at]
        yield Column(name, values, "day" if name in ALARMS else "some")
    yield Column("rule_version", same, "word", (RULE_VERSION,))

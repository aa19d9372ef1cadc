"""Which accounts are key by a policy, and the one reason to give for each (domain 2).

Pins decide first. Then the single-customer share, tier A and strategic criteria let an account
in; the cap drops the lowest of those let in by tier or criteria, never a pin or the share rule.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kpi.rules import pareto

RULE_VERSION = "key-1"

NO, PIN, SHARE, TIER, CRITERIA, CAP, PIN_OUT = range(7)
REASONS = ("", "pin", "share", "tier", "criteria", "cap", "pin_out")
PINNED_IN, PINNED_OUT = 1, -1


@dataclass(frozen=True, slots=True)
class KeyRules:
    """The rules of a policy; None switches a rule off. Percentages are of positive revenue."""

    tier_a: bool = True
    cap: int | None = None
    share_percent: Decimal | None = Decimal(10)
    criteria_threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """`key` bool[n], `reason` int8[n] (index into REASONS), `dropped`: how many the cap cost."""

    key: np.ndarray
    reason: np.ndarray
    dropped: int


def key_accounts(
    *,
    tier: np.ndarray,
    revenue: np.ndarray,
    basis: np.ndarray,
    criteria_score: np.ndarray,
    pin: np.ndarray,
    rules: KeyRules,
) -> Keys:
    """Decide for all accounts at once.

    `tier`: int8 levels in force; `revenue`: int64 units for the share rule; `basis`: what the
    policy ranks by, for the cap; `criteria_score`: sum of the marks in force; `pin`: 1, -1 or 0.
    """
    reason = np.zeros(len(tier), dtype=np.int8)
    if rules.criteria_threshold is not None:
        reason[criteria_score >= rules.criteria_threshold] = CRITERIA
    if rules.tier_a:
        reason[tier == pareto.A] = TIER
    reason[holds_share(revenue, rules.share_percent)] = SHARE
    reason[pin == PINNED_IN] = PIN
    reason[pin == PINNED_OUT] = PIN_OUT
    dropped = _over_the_cap(reason, basis, rules.cap)
    reason[dropped] = CAP
    return Keys(np.isin(reason, (PIN, SHARE, TIER, CRITERIA)), reason, len(dropped))


def holds_share(revenue: np.ndarray, percent: Decimal | None) -> np.ndarray:
    """bool[n]: at least `percent` of positive revenue comes from this account alone."""
    total = int(revenue[revenue > 0].sum())
    if percent is None or not total:
        return np.zeros(len(revenue), dtype=bool)
    return revenue >= pareto.cut_bound(total, percent)


def _over_the_cap(reason: np.ndarray, basis: np.ndarray, cap: int | None) -> np.ndarray:
    """Indices to drop: the lowest first; of equal ones the later in the input goes first."""
    candidates = np.flatnonzero(np.isin(reason, (TIER, CRITERIA)))
    if cap is None:
        return candidates[:0]
    room = max(0, cap - int(np.isin(reason, (PIN, SHARE)).sum()))
    return candidates[np.argsort(-basis[candidates], kind="stable")][room:]
